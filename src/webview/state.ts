import type { PictureResult } from '../protocol/diagram.ts';
import type { Choice } from '../protocol/page.ts';
import type { PlacedEdge, PlacedNode, Scene } from '../diagram/scene.ts';

/** The picture that a page shows. */
export interface Shown {
  readonly uri: string;
  readonly choice: Choice;
  /** Name of the picture by the server. */
  readonly id: string;
  readonly scene: Scene;
  readonly systems: readonly string[];
  readonly focusable: readonly string[];
  /** Why it is older than the text. */
  readonly stale?: string;
  /** What else is to be said of it. */
  readonly notice?: string;
}

/** What a result makes of the picture that shows: a picture, a reason that there is none, or `lost` where it is a patch of another. */
export function shownAfter(before: Shown | undefined, { uri, choice, base, result }: { readonly uri: string; readonly choice: Choice; readonly base?: string; readonly result: PictureResult }): Shown | { readonly because: string } | 'lost' {
  if (result.kind === 'none') return { because: result.because };
  const { id, stale } = result;
  if (result.kind === 'scene') {
    const { scene, systems, focusable, notice } = result;
    return { uri, choice, id, scene, systems, focusable, ...(stale !== undefined && { stale }), ...(notice !== undefined && { notice }) };
  }
  if (!before || (base !== undefined && base !== before.id)) return 'lost';
  const { stale: _, ...rest } = before;
  const scene = result.kind === 'same' ? before.scene : patched(before.scene, result);
  return { ...rest, uri, choice, id, scene, ...(stale !== undefined && { stale }) };
}

interface Patch {
  readonly title?: string;
  readonly subtitle?: string;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** The scene with some of its nodes and edges in a new form; places and all others stay. */
export function patched(scene: Scene, { title = scene.diagram.title, subtitle = scene.diagram.subtitle, nodes, edges }: Patch): Scene {
  const byNode = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const byEdge = new Map(edges.map((placed) => [placed.edge.id, placed]));
  const all = scene.nodes.map((placed) => byNode.get(placed.node.id) ?? placed);
  const flows = scene.edges.map((placed) => byEdge.get(placed.edge.id) ?? placed);
  return { ...scene, nodes: all, edges: flows, diagram: { ...scene.diagram, title, subtitle, nodes: all.map(({ node }) => node), edges: flows.map(({ edge }) => edge) } };
}

/** Whether two choices are of the same part of the same system, whatever is opened in it. */
export const sameView = (a: Choice, b: Choice): boolean => a.system === b.system && a.view === b.view && a.state === b.state && a.focus === b.focus;

export const sameChoice = (a: Choice, b: Choice): boolean => sameView(a, b) && (a.collapse ?? 'automatic') === (b.collapse ?? 'automatic') && (a.opened ?? []).join('\n') === (b.opened ?? []).join('\n');

/** The node that a component is drawn as, by itself or with others, or that shows the first of those that it stands for. */
export function placedAs({ nodes }: Scene, id: string): PlacedNode | undefined {
  const first = id.replace(/^collapsed:/, '');
  return nodes.find(({ node }) => node.id === id) ?? nodes.find(({ node }) => node.id === first || node.stands?.includes(first));
}
