import { estimate } from '../../src/analysis/estimation/estimate.ts';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import type { Diagram, ViewName } from '../../src/diagram/diagram.ts';
import type { Knowledge } from '../../src/diagram/views/elements.ts';
import { systemView } from '../../src/diagram/views/system.ts';
import type { Architecture } from '../../src/model/architecture.ts';
import { loadExample, SYSTEMS } from '../support/examples.ts';
import { loadText } from '../support/load.ts';

type Part = Pick<Diagram, 'nodes' | 'edges' | 'lanes' | 'groups'>;

/** Every view whose layout is measured: the one place to add another. */
export const MEASURED_VIEWS: Readonly<Partial<Record<ViewName, (knowledge: Knowledge) => Part>>> = {
  system: systemView,
};

const TODAY = '2026-11-21';

/** A picture of a system with its findings and figures, as the product draws it. */
export function diagramOf(architecture: Architecture, view: ViewName = 'system'): Diagram {
  const knowledge = { architecture, review: review(architecture, { today: TODAY }), estimation: estimate({ architecture, settings: DEFAULT_SETTINGS, today: TODAY }) };
  const part = MEASURED_VIEWS[view];
  if (!part) throw new Error(`The view ${view} is not measured.`);
  return { system: architecture.system.name, view, state: 'current', title: `${architecture.system.name}: ${view}`, subtitle: TODAY, ...part(knowledge) };
}

/** A picture of the first system of a text. */
export function diagramOfText(text: string, view: ViewName = 'system'): Diagram {
  const [architecture] = loadText(text).architectures;
  if (!architecture) throw new Error('There is no system in the text.');
  return diagramOf(architecture, view);
}

/** Every view of every example, by a name that stays. */
export const exampleDiagrams = (): ReadonlyMap<string, Diagram> =>
  new Map(SYSTEMS.flatMap((file) => loadExample(file).architectures.flatMap((architecture) => (Object.keys(MEASURED_VIEWS) as ViewName[]).map((view) => [`${architecture.system.name} ${view}`, diagramOf(architecture, view)] as const))));
