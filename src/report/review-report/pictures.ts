import type { Diagram, DiagramState, ViewName } from '../../diagram/diagram.ts';
import { layOut, type Layouter } from '../../diagram/layout/layout.ts';
import { MERMAID_LIMITS, mermaidOf } from '../../diagram/mermaid.ts';
import { pictureOf } from '../../diagram/picture.ts';
import type { Scene } from '../../diagram/scene.ts';
import { svgOf } from '../../diagram/svg/svg.ts';
import type { Review } from '../../analysis/review.ts';
import type { Context } from '../../analysis/rule.ts';
import type { Picture } from '../document/block.ts';

/** The diagrams that a report shows, by view and state; the target is the derived one unless it says otherwise. */
const SHOWN: readonly (readonly [ViewName, DiagramState, 'declared'?])[] = [
  ['system', 'current'],
  ['training', 'current'],
  ['serving', 'current'],
  ['feedback', 'current'],
  ['deployment', 'current'],
  ['system', 'diff'],
  ['serving', 'target'],
  ['system', 'diff', 'declared'],
];

/** Lays out and draws what a report shows of a system. A view with nothing to show is left out. Layouts are asked for all at once. */
export async function reportPictures(context: Context, review: Review, run: Layouter): Promise<ReadonlyMap<string, Picture>> {
  const shown = SHOWN.flatMap(([view, state, target]) => {
    if (target === 'declared' && context.architecture.targets.length === 0) return [];
    const diagram = pictureOf(context, review, { view, state, target: target ?? 'derived' });
    if ('because' in diagram || diagram.nodes.length === 0) return [];
    return [{ id: target === 'declared' ? `${view}-${state}-declared` : `${view}-${state}`, diagram, scene: layOut(diagram, run) }];
  });
  const scenes = await Promise.all(shown.map(({ scene }) => scene));
  return new Map(shown.map(({ id, diagram }, index) => [id, { id: `diagram-${id}`, title: diagram.title, description: describe(diagram), svg: svgOf(scenes[index] as Scene, { theme: 'print' }), wide: true, ...mermaid(diagram) }]));
}

const describe = ({ title, subtitle, nodes, edges }: Diagram): string => `${title}: ${subtitle}. ${nodes.length} components, ${edges.length} flows.`;

/** GitHub draws no more than so much. */
function mermaid(diagram: Diagram): { readonly mermaid: string } | undefined {
  const text = mermaidOf(diagram);
  return text.length <= MERMAID_LIMITS.characters && diagram.edges.length <= MERMAID_LIMITS.edges ? { mermaid: text } : undefined;
}
