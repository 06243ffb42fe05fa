import { elkLayouter } from '../../src/diagram/layout/elk.ts';
import { layOut } from '../../src/diagram/layout/layout.ts';
import { movementBetween, qualityOf, type Overlaps } from '../../src/diagram/layout/quality.ts';
import type { Diagram } from '../../src/diagram/diagram.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { EDITS } from './edits.ts';

const run = elkLayouter();
export const placed = (diagram: Diagram): Promise<Scene> => layOut(diagram, run);

/** What is recorded of a picture: smaller is better. */
export interface Figures {
  readonly crossings: number;
  readonly bendsPerEdge: number;
  readonly stretch: number;
  readonly areaPerNode: number;
  /** How far the aspect is from that of a page, either way: 1 is 4:3. */
  readonly oddness: number;
  readonly labelsOnEdges: number;
  /** Share of the nodes that an edit moves by more than half a card: the mean over the edits; of the system view alone, which has most of them. */
  readonly moved?: number;
}

const PAGE = 4 / 3;

export async function figuresOf(diagram: Diagram): Promise<{ figures: Figures; overlaps: Overlaps; scene: Scene }> {
  const scene = await placed(diagram);
  const quality = qualityOf(scene);
  const moved: number[] = [];
  const edited = diagram.view === 'system' && diagram.state === 'current';
  for (const edit of edited ? Object.values(EDITS) : []) moved.push(movementBetween(scene, await layOut(edit(diagram), run, scene)).far);
  const figures = {
    crossings: quality.crossings,
    bendsPerEdge: short(quality.bendsPerEdge),
    stretch: short(quality.stretch),
    areaPerNode: Math.round(quality.areaPerNode),
    oddness: short(Math.max(quality.aspect / PAGE, PAGE / quality.aspect)),
    labelsOnEdges: quality.overlaps.labelsOnEdges.length,
    ...(edited && { moved: short(moved.reduce((sum, share) => sum + share, 0) / moved.length) }),
  };
  return { figures, overlaps: quality.overlaps, scene };
}

const short = (figure: number): number => Number(figure.toFixed(3));
