import { modelsMadeBy, trainCone } from '../../model/graph/cones.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Kind } from '../../model/architecture.ts';
import type { Knowledge } from './elements.ts';
import { elementsOf, lanesOf, neighbours, partOf, type ViewContent } from './part.ts';

/** What keeps a record of training, judges it or starts it. */
const BESIDE: ReadonlySet<Kind> = new Set(['evaluation', 'registry', 'tracker', 'orchestrator', 'compute', 'validation']);

/** From the sources to a registered model: everything that a model learns from, and what records, judges and starts it. */
export function trainingView(knowledge: Knowledge): ViewContent {
  const { architecture } = knowledge;
  const trainings = componentsOf(architecture, 'training');
  const made = [...trainings.flatMap((training) => modelsMadeBy(architecture, training)), ...componentsOf(architecture, 'model').filter((model) => trainCone(architecture, model).names.size > 0)];
  const names = new Set([...trainings, ...made].map(({ name }) => name));
  for (const model of made) for (const name of trainCone(architecture, model).names) names.add(name);
  for (const name of neighbours(architecture, new Set([...trainings, ...made].map((component) => component.name)), BESIDE)) names.add(name);
  const elements = elementsOf(knowledge, partOf(architecture, names));
  return { ...elements, lanes: lanesOf(elements.nodes), groups: [] };
}
