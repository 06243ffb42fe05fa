import type { Diagram, DiagramState, ViewName } from '../../diagram/diagram.ts';
import { layOut, type Layouter } from '../../diagram/layout/layout.ts';
import { MERMAID_LIMITS, mermaidOf } from '../../diagram/mermaid.ts';
import { pictureOf } from '../../diagram/picture.ts';
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

/** Lays out and draws what a report shows of a system. A view with nothing to show is left out. */
export async function reportPictures(context: Context, review: Review, run: Layouter): Promise<ReadonlyMap<string, Picture>> {
  const pictures = new Map<string, Picture>();
  for (const [view, state, target = 'derived'] of SHOWN) {
    if (target === 'declared' && context.architecture.targets.length === 0) continue;
    const diagram = pictureOf(context, review, { view, state, target });
    if ('because' in diagram || diagram.nodes.length === 0) continue;
    const svg = svgOf(await layOut(diagram, run), { theme: 'print' });
    const id = target === 'declared' ? `${view}-${state}-declared` : `${view}-${state}`;
    pictures.set(id, { id: `diagram-${id}`, title: diagram.title, description: describe(diagram), svg, wide: true, ...mermaid(diagram) });
  }
  return pictures;
}

const describe = ({ title, subtitle, nodes, edges }: Diagram): string => `${title}: ${subtitle}. ${nodes.length} components, ${edges.length} flows.`;

/** GitHub draws no more than so much. */
function mermaid(diagram: Diagram): { readonly mermaid: string } | undefined {
  const text = mermaidOf(diagram);
  return text.length <= MERMAID_LIMITS.characters && diagram.edges.length <= MERMAID_LIMITS.edges ? { mermaid: text } : undefined;
}
