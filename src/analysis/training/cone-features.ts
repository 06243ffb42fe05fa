import type { Architecture, Component } from '../../model/architecture.ts';
import { coneOf, feedsTraining } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';

/** Whether a training learns from declared feature groups. */
export function coneHasFeatures(architecture: Architecture, training: Component<'training'>): boolean {
  const { names } = coneOf(edgesOf(architecture), [training.name], feedsTraining);
  return [...names].some((name) => architecture.components.get(name)?.kind === 'features');
}
