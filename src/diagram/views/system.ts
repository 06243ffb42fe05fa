import { edgesOf } from '../../model/graph/edges.ts';
import { collapsed } from './collapse.ts';
import type { Knowledge } from './elements.ts';
import { elementsOf, lanesOf, type ViewContent } from './part.ts';

/** The whole system: the layers as bands, with every component and every flow; above so many components those that are alike are one. */
export function systemView(knowledge: Knowledge, collapseAbove?: number): ViewContent {
  const { architecture } = knowledge;
  const elements = collapsed(elementsOf(knowledge, { components: [...architecture.components.values()], edges: edgesOf(architecture).edges }), collapseAbove);
  return { ...elements, lanes: lanesOf(elements.nodes), groups: [] };
}
