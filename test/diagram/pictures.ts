import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import type { Diagram, DiagramState, ViewName } from '../../src/diagram/diagram.ts';
import { pictureOf, type PictureOptions } from '../../src/diagram/picture.ts';
import type { Architecture } from '../../src/model/architecture.ts';
import { loadExample, SYSTEMS } from '../support/examples.ts';
import { loadText } from '../support/load.ts';

/** Every picture whose layout is measured: the one place to add another. */
const MEASURED: readonly { readonly view: ViewName; readonly state: DiagramState }[] = [
  { view: 'system', state: 'current' },
  { view: 'system', state: 'diff' },
  { view: 'training', state: 'current' },
  { view: 'serving', state: 'current' },
  { view: 'feedback', state: 'current' },
  { view: 'deployment', state: 'current' },
];

const TODAY = '2026-11-21';

/** A picture of a system with its findings and figures, as the product draws it; undefined where there is none. */
function diagramOf(architecture: Architecture, choice: Pick<PictureOptions, 'view' | 'state' | 'collapse' | 'opened'>): Diagram | undefined {
  const picture = pictureOf({ architecture, settings: DEFAULT_SETTINGS, today: TODAY }, review(architecture, { today: TODAY }), choice);
  return 'because' in picture ? undefined : picture;
}

/** A picture of the first system of a text. */
export function diagramOfText(text: string, choice: Partial<Pick<PictureOptions, 'view' | 'state' | 'collapse' | 'opened'>> = {}): Diagram {
  const [architecture] = loadText(text).architectures;
  const diagram = architecture && diagramOf(architecture, { view: 'system', state: 'current', ...choice });
  if (!diagram) throw new Error('There is no system in the text.');
  return diagram;
}

/** Every view of every example that shows anything, by a name that stays. */
export const exampleDiagrams = (): ReadonlyMap<string, Diagram> =>
  new Map(SYSTEMS.flatMap((file) => loadExample(file).architectures).flatMap((architecture) => MEASURED.flatMap(({ view, state }) => {
    const diagram = diagramOf(architecture, { view, state });
    return diagram && diagram.nodes.length > 0 ? [[`${architecture.system.name} ${view}${state === 'current' ? '' : ` ${state}`}`, diagram] as const] : [];
  })));
