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
  /** What it was drawn from: the same thing again need not even be written. */
  readonly from: PlacedNode | PlacedEdge;
  readonly markup: string;
  readonly element: SVGElement;
}

/** The elements of one sort, by id, and how they came about. */
interface Layer<T extends PlacedNode | PlacedEdge> {
  readonly parent: SVGGElement;
  readonly made: Map<string, Made>;
  readonly elements: Map<string, SVGElement>;
  idOf(placed: T): string;
  markupOf(placed: T): string;
  prepare(element: SVGElement, placed: T): void;
}

export function createDrawing(): Drawing {
  const [ground, flows, cards, tags] = [svg('g'), svg('g'), svg('g'), svg('g', { class: 'tags', 'aria-hidden': 'true' })];
  const world = svg('g', {}, ground, flows, cards, tags);
  const root = svg('svg', { class: 'drawing', 'font-family': "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif" }, world);
  const [nodes, edges] = [new Map<string, SVGElement>(), new Map<string, SVGElement>()];
  const [madeNodes, madeEdges] = [new Map<string, Made>(), new Map<string, Made>()];
  let [groundMarkup, before]: [string, Theme | undefined] = ['', undefined];
  return {
    root,
    world,
    nodes,
    edges,
    tags,
    draw: (scene, theme) => {
      const bare = { ...scene, nodes: [], edges: [], lanes: [], groups: [] };
      const below = bodyOf({ ...scene, nodes: [], edges: [] }, theme);
      if (below !== groundMarkup) ground.replaceChildren(...drawn((groundMarkup = below)));
      const known = JSON.stringify(theme) === JSON.stringify(before);
      before = theme;
      update<PlacedEdge>({ parent: flows, made: madeEdges, elements: edges, idOf: ({ edge }) => edge.id, markupOf: (placed) => bodyOf({ ...bare, edges: [placed] }, theme), prepare: prepareEdge }, scene.edges, known);
      update<PlacedNode>({ parent: cards, made: madeNodes, elements: nodes, idOf: ({ node }) => node.id, markupOf: (placed) => bodyOf({ ...bare, nodes: [placed] }, theme), prepare: prepareNode }, scene.nodes, known);
    },
  };
}

/** Brings a layer into the state of a scene, in its order, and leaves alone what is as it should be. `known`: in the theme of before. */
function update<T extends PlacedNode | PlacedEdge>({ parent, made, elements, idOf, markupOf, prepare }: Layer<T>, all: readonly T[], known: boolean): void {
  const wanted = new Set(all.map(idOf));
  for (const [id, { element }] of made) {
    if (wanted.has(id)) continue;
    element.remove();
    made.delete(id);
    elements.delete(id);
  }
  const looks = all.flatMap((placed) => {
    const earlier = made.get(idOf(placed));
    if (known && earlier?.from === placed) return [];
    return [{ placed, earlier, markup: markupOf(placed) }];
  });
  const different = looks.filter(({ earlier, markup }) => earlier?.markup !== markup);
  // Words for screen readers hang on more than what is drawn.
  for (const { placed, earlier, markup } of looks) {
    if (earlier?.markup !== markup) continue;
    prepare(earlier.element, placed);
    made.set(idOf(placed), { ...earlier, from: placed });
  }
  // Read all at once: a reader for each would take several times as long.
  const fresh = drawn(different.map(({ markup }) => markup).join(''));
  different.forEach(({ placed, earlier, markup }, index) => {
    const element = fresh[index];
    if (!element) return;
    prepare(element, placed);
    made.set(idOf(placed), { from: placed, markup, element });
    elements.set(idOf(placed), element);
    if (earlier) takePlace(element, earlier.element);
  });
  let next = parent.firstElementChild;
  for (const placed of all) {
    const element = made.get(idOf(placed))?.element;
    if (!element) continue;
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

/** The new element is where the old one was, and what the old one was: in the order of keys, marked, in focus. */
function takePlace(element: SVGElement, old: SVGElement): void {
  const focused = document.activeElement === old;
  setAttributes(element, { class: old.getAttribute('class') ?? undefined, tabindex: old.getAttribute('tabindex') ?? undefined });
  old.replaceWith(element);
  if (focused) element.focus({ preventScroll: true });
}

function prepareNode(element: SVGElement, { node }: PlacedNode): void {
  // A card with more of it opens instead.
  for (const title of element.querySelectorAll('title')) title.remove();
  setAttributes(element, { role: 'button', 'aria-label': nodeName(node), 'aria-expanded': node.stands ? 'false' : undefined, ...(element.hasAttribute('tabindex') ? {} : { tabindex: -1 }) });
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
