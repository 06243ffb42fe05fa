import { requestServices } from '../../analysis/serving/services.ts';
import { modelsMadeBy } from '../../model/graph/cones.ts';
import { edgesOf, graphOf } from '../../model/graph/edges.ts';
import { reachable } from '../../model/graph/paths.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Knowledge } from './elements.ts';
import { carries, elementsOf, lanesOf, partOf, type ViewContent } from './part.ts';

/** From predictions over what becomes of them back to the next model: logs, feedback, labels, monitors, alerts, retraining. */
export function feedbackView(knowledge: Knowledge): ViewContent {
  const { architecture } = knowledge;
  const { edges } = edgesOf(architecture);
  const services = requestServices(architecture).map(({ name }) => name);
  const trainings = componentsOf(architecture, 'training');
  const models = trainings.flatMap((training) => modelsMadeBy(architecture, training));
  const backFlows = edges.filter(carries('predictions', 'feedback', 'labels', 'events', 'data', 'features'));
  const graph = graphOf(backFlows);
  const after = reachable(graph, services, { direction: 'downstream' });
  const ends = [...componentsOf(architecture, 'training', 'monitor', 'alert', 'evaluation', 'rollout', 'labels')].map(({ name }) => name);
  const before = reachable(graph, ends, { direction: 'upstream' });
  // Where predictions are kept is part of the loop even if nothing reads them: then it is seen to be open.
  const kept = backFlows.filter(({ from, payload }) => services.includes(from) && payload === 'predictions').map(({ to }) => to);
  const names = new Set([...services, ...kept, ...trainings.map(({ name }) => name), ...models.map(({ name }) => name), ...ends, ...[...after].filter((name) => before.has(name))]);
  const closing = edges.filter(({ payload, from, to }) => payload === 'artifact' && names.has(from) && names.has(to));
  const elements = elementsOf(knowledge, partOf(architecture, names, [...backFlows, ...closing]));
  return { ...elements, lanes: lanesOf(elements.nodes), groups: [] };
}
