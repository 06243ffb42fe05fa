import { edgesOf } from '../../model/graph/edges.ts';
import type { Knowledge } from './elements.ts';
import { elementsOf, lanesOf, type ViewContent } from './part.ts';

/** The whole system: the layers as bands, with every component and every flow. */
export function systemView(knowledge: Knowledge): ViewContent {
  const { architecture } = knowledge;
  const elements = elementsOf(knowledge, { components: [...architecture.components.values()], edges: edgesOf(architecture).edges });
  return { ...elements, lanes: lanesOf(elements.nodes), groups: [] };
}
