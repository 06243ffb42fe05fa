import type { DiagramNode } from '../diagram/diagram.ts';
import type { PlacedEdge, PlacedNode, Scene } from '../diagram/scene.ts';
import { bodyOf } from '../diagram/svg/svg.ts';
import type { Theme } from '../diagram/svg/theme.ts';
import { drawn, setAttributes, svg } from './element.ts';
import { edgeName, nodeName } from './names.ts';

/** The drawing: one layer of elements over the other, and what each was made from. */
export interface Drawing {
  readonly root: SVGSVGElement;
  /** Moves and grows with the viewport. */
  readonly world: SVGGElement;
  readonly nodes: ReadonlyMap<string, SVGElement>;
  readonly edges: ReadonlyMap<string, SVGElement>;
  /** Over everything: what an overlay writes. */
  readonly tags: SVGGElement;
  /** Draws a scene: only what looks different from before is made anew. */
  draw(scene: Scene, theme: Theme): void;
}

interface Made {
  readonly markup: string;
  readonly element: SVGElement;
}

export function createDrawing(): Drawing {
  const [ground, flows, cards, tags] = [svg('g'), svg('g'), svg('g'), svg('g', { class: 'tags', 'aria-hidden': 'true' })];
  const world = svg('g', {}, ground, flows, cards, tags);
  const root = svg('svg', { class: 'drawing', 'font-family': "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif" }, world);
  const [nodes, edges] = [new Map<string, SVGElement>(), new Map<string, SVGElement>()];
  const [madeNodes, madeEdges] = [new Map<string, Made>(), new Map<string, Made>()];
  let groundMarkup = '';
  return {
    root,
    world,
    nodes,
    edges,
    tags,
    draw: (scene, theme) => {
      const empty = { ...scene, nodes: [], edges: [] };
      const bare = { ...empty, lanes: [], groups: [] };
      const below = bodyOf(empty, theme);
      if (below !== groundMarkup) ground.replaceChildren(...drawn((groundMarkup = below)));
      update(flows, madeEdges, edges, scene.edges.map((placed) => [placed.edge.id, bodyOf({ ...bare, edges: [placed] }, theme), (element) => prepareEdge(element, placed)]));
      update(cards, madeNodes, nodes, scene.nodes.map((placed) => [placed.node.id, bodyOf({ ...bare, nodes: [placed] }, theme), (element) => prepareNode(element, placed)]));
    },
  };
}

/** Brings the children of a layer into the state of the entries, in their order, and leaves alone those that are as they should be. */
function update(layer: SVGGElement, made: Map<string, Made>, elements: Map<string, SVGElement>, entries: readonly (readonly [id: string, markup: string, prepare: (element: SVGElement) => void])[]): void {
  const wanted = new Set(entries.map(([id]) => id));
  for (const [id, { element }] of made) {
    if (wanted.has(id)) continue;
    element.remove();
    made.delete(id);
    elements.delete(id);
  }
  let next = layer.firstElementChild;
  for (const [id, markup, prepare] of entries) {
    const before = made.get(id);
    if (before?.markup === markup) {
      // Words for screen readers hang on more than what is drawn.
      prepare(before.element);
      if (before.element === next) next = next.nextElementSibling;
      else layer.insertBefore(before.element, next);
      continue;
    }
    const element = drawn(markup)[0];
    if (!element) continue;
    prepare(element);
    if (before) {
      const [focused, className] = [document.activeElement === before.element, before.element.getAttribute('class')];
      setAttributes(element, { class: className ?? undefined, tabindex: before.element.getAttribute('tabindex') ?? undefined });
      if (before.element === next) next = next.nextElementSibling;
      before.element.remove();
      layer.insertBefore(element, next);
      if (focused) element.focus({ preventScroll: true });
    } else layer.insertBefore(element, next);
    made.set(id, { markup, element });
    elements.set(id, element);
  }
}

function prepareNode(element: SVGElement, { node }: PlacedNode): void {
  // A card with more of it opens instead.
  for (const title of element.querySelectorAll('title')) title.remove();
  setAttributes(element, { role: 'button', 'aria-label': nodeName(node), ...(element.hasAttribute('tabindex') ? {} : { tabindex: -1 }) });
}

function prepareEdge(element: SVGElement, { edge }: PlacedEdge): void {
  setAttributes(element, { role: 'img', 'aria-label': edgeName(edge) });
  if (element.querySelector('.hit') !== null) return;
  const line = element.querySelector('path')?.getAttribute('d');
  // A line is too thin to point at.
  if (line) element.append(svg('path', { class: 'hit', d: line }));
}

/** The node or edge that an element is part of. */
export function partAt(target: EventTarget | null): { readonly node?: string; readonly edge?: string } {
  if (!(target instanceof Element)) return {};
  const node = target.closest<SVGElement>('[data-node]')?.dataset['node'];
  const edge = target.closest<SVGElement>('[data-edge]')?.dataset['edge'];
  return node !== undefined ? { node } : edge !== undefined ? { edge } : {};
}

export const nodeOf = (scene: Scene, id: string): DiagramNode | undefined => scene.nodes.find(({ node }) => node.id === id)?.node;
