import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Diagram } from '../diagram.ts';
import type { Scene } from '../scene.ts';
import { keepPlaces, narrow } from './across.ts';
import { cardOf } from './card.ts';
import { elkGraphOf, type LayoutGraph } from './elk-graph.ts';
import { keptOf, placesOf, type Kept } from './kept.ts';
import { routingGraph, withoutGiven } from './routing.ts';
import { isTooWide } from './rows.ts';
import { sceneOf } from './scene-of.ts';
import { inOrderOf, readsAsWell, steadied } from './steady.ts';
import { tracksOf } from './tracks.ts';

/** Width over height of a picture that was too wide. */
const ASPECT = 2.5;
/** Nodes and edges of a picture that is laid out anew after every edit: keeping places takes twice as long again. */
const MOST_STEADY = 600;

/** Runs ELK, in this thread or another. */
export type Layouter = (graph: ElkNode) => Promise<ElkNode>;

/**
 * Places everything that a diagram shows.
 *
 * @param before What somebody looks at now: what stays is kept where it was, unless the picture would read worse for it.
 */
export async function layOut(diagram: Diagram, run: Layouter, before?: Scene): Promise<Scene> {
  if (diagram.nodes.length === 0) return { diagram, width: 0, height: 0, nodes: [], edges: [], lanes: [], groups: [] };
  const cards = new Map(diagram.nodes.map((node) => [node.id, cardOf(node)]));
  const graph = elkGraphOf(diagram, cards);
  const placed = await run(graph.graph);
  const hasRows = diagram.lanes.length > 0 && diagram.groups.length === 0;
  const fresh = sceneOf(diagram, graph, hasRows && isTooWide({ width: placed.width ?? 0, height: placed.height ?? 0 }) ? await narrowed(graph, placed, run) : placed);
  if (!before || before.plain || !hasRows || before.lanes.length === 0 || before.groups.length > 0 || diagram.nodes.length + diagram.edges.length > MOST_STEADY) return fresh;
  const kept = keptOf(diagram, before);
  const keptGraph = elkGraphOf(diagram, cards, kept.rows);
  const steady = sceneOf(diagram, keptGraph, await unmoved(keptGraph, kept, run));
  return readsAsWell(steady, fresh) ? steady : fresh;
}

/** A picture of the same rows and the same order in them, as narrow as a page where there is room for it. */
async function narrowed({ graph, rows, upward }: LayoutGraph, placed: ElkNode, run: Layouter): Promise<ElkNode> {
  const tracks = tracksOf(placed, rows, upward);
  narrow(tracks, ASPECT * (placed.height ?? 0));
  return withoutGiven(await run(routingGraph(graph, placed, rows, tracks)));
}

/** A picture with what was there where it was. ELK says where among it the new nodes belong, then how ports share a side, and routes at last. */
async function unmoved({ graph, rows, upward }: LayoutGraph, kept: Kept, run: Layouter): Promise<ElkNode> {
  const places = placesOf(kept, rows);
  const swept = await run(steadied(graph, places));
  const ordered = withoutGiven(await run(inOrderOf(graph, rows, tracksOf(swept, rows, upward, places), kept)));
  const tracks = tracksOf(ordered, rows, upward, places);
  keepPlaces(tracks);
  return withoutGiven(await run(routingGraph(graph, ordered, rows, tracks)));
}
