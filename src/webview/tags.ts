import type { PlacedEdge, PlacedNode, Scene } from '../diagram/scene.ts';
import { textWidth } from '../diagram/text/measure.ts';
import type { Drawing } from './draw.ts';
import { html, svg } from './element.ts';
import type { Overlay, Tag } from './overlays.ts';

const [SIZE, HEIGHT, MOST] = [9.5, 16, 28] as const;
const LOOKS = [...[0, 1, 2, 3].map((level) => `level-${level}`), ...[0, 1, 2, 3, 4, 5].map((sort) => `sort-${sort}`), 'unknown'];

/** Writes an overlay on the drawing: a look for each node, and its words on the upper border, beside the flows that end there. */
export function drawTags({ nodes, tags: layer }: Drawing, scene: Scene, { tags }: Overlay): void {
  for (const [id, element] of nodes) {
    const tag = tags.get(id);
    element.classList.remove(...LOOKS);
    element.classList.toggle('tagged', tag !== undefined);
    if (tag) element.classList.add(tag.look);
    if (tag) element.setAttribute('aria-description', tag.text);
    else element.removeAttribute('aria-description');
  }
  const entering = new Map<string, number[]>();
  for (const { edge, points } of scene.edges) entering.set(edge.to, [...(entering.get(edge.to) ?? []), ...tipOf(points)]);
  layer.replaceChildren(...scene.nodes.flatMap((placed) => {
    const tag = tags.get(placed.node.id);
    return tag ? [tagElement(placed, tag, entering.get(placed.node.id) ?? [])] : [];
  }));
}

const tipOf = (points: PlacedEdge['points']): number[] => points.slice(-1).map(({ x }) => x);

function tagElement({ x, y, width }: PlacedNode, { text, look }: Tag, tips: readonly number[]): SVGElement {
  const shown = [...text].length > MOST ? `${[...text].slice(0, MOST - 1).join('').trimEnd()}…` : text;
  const length = Math.ceil(textWidth(shown, SIZE, 'bold')) + 12;
  // From the right to the left: the first place where no flow ends.
  const places = [...Array(12).keys()].map((step) => x + width - length - 6 - (step * Math.max(0, width - length - 12)) / 11);
  const left = places.find((place) => tips.every((tip) => tip < place - 5 || tip > place + length + 5)) ?? places[0] ?? x;
  const words = svg('text', { x: left + length / 2, y: y + 1.5, 'font-size': SIZE, 'font-weight': 600, 'text-anchor': 'middle' }, shown);
  return svg('g', { class: `tag ${look}` }, svg('rect', { x: left, y: y - 2 - HEIGHT / 2, width: length, height: HEIGHT, rx: HEIGHT / 2 }), words);
}

/** What the looks of an overlay mean. */
export const overlayLegend = (title: string, { legend }: Overlay): HTMLElement[] =>
  legend.length === 0 ? [] : [html('strong', {}, title), html('ul', { class: 'looks' }, ...legend.map(({ text, look }) => html('li', {}, html('span', { class: `swatch ${look}`, 'aria-hidden': 'true' }), html('span', {}, text))))];
