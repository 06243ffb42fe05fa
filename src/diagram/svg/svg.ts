import type { Badge, Mark } from '../diagram.ts';
import { CARD, LABEL } from '../layout/card.ts';
import type { PlacedEdge, PlacedNode, Point, Scene } from '../scene.ts';
import { textWidth, wrapped } from '../text/measure.ts';
import { escapeLine } from '../xml.ts';
import { ICONS } from './icons.ts';
import { legendOf, type Legend } from './legend.ts';
import { badgeSvg, round, text } from './shapes.ts';
import { DASHES, STROKES, themes, type Theme, type ThemeName } from './theme.ts';

export interface SvgOptions {
  readonly theme?: ThemeName;
}

const MARGIN = 24;
const HEAD = 62;

/** A scene as a picture of its own: text stays text, and nothing is loaded from anywhere. */
export function svgOf(scene: Scene, { theme: name = 'light' }: SvgOptions = {}): string {
  const theme = themes[name];
  const { diagram } = scene;
  const legend = legendOf(diagram, Math.max(scene.width, 520), theme);
  const width = Math.ceil(Math.max(scene.width, legend.width, textWidth(diagram.title, 18, 'bold'), 240) + 2 * MARGIN);
  const height = Math.ceil(HEAD + scene.height + legend.height + 2 * MARGIN);
  const description = `${diagram.nodes.length} components and ${diagram.edges.length} flows.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" font-family="Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif">`,
    `<title id="title">${escapeLine(diagram.title)}</title>`,
    `<desc id="desc">${escapeLine(`${diagram.subtitle}. ${description}`)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${theme.background}"/>`,
    text({ x: MARGIN, y: MARGIN + 18, size: 18, weight: 'bold', fill: theme.text }, diagram.title),
    text({ x: MARGIN, y: MARGIN + 38, size: 11, fill: theme.quiet }, diagram.subtitle),
    `<g transform="translate(${MARGIN} ${MARGIN + HEAD - 14})">`,
    bodyOf(scene, theme),
    '</g>',
    drawnLegend(legend, MARGIN, MARGIN + HEAD + scene.height),
    '</svg>',
    '',
  ].join('\n');
}

const drawnLegend = ({ svg }: Legend, x: number, y: number): string => `<g transform="translate(${round(x)} ${round(y)})">\n${svg}\n</g>`;

/** What moves and changes with an edit: lanes, boxes, flows and nodes, without heading and legend. */
export function bodyOf(scene: Scene, theme: Theme): string {
  return [
    ...scene.lanes.map(({ lane, ...box }, index) => laneSvg({ lane, ...box }, index, theme)),
    ...scene.groups.map(({ group, ...box }) => `<g><rect x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="10" fill="${theme.group}" stroke="${theme.border}" stroke-dasharray="6 4"/>${text({ x: box.x + 12, y: box.y + 20, size: 11, weight: 'bold', fill: theme.quiet }, group.title)}</g>`),
    ...scene.edges.map((edge) => edgeSvg(edge, theme)),
    ...scene.nodes.map((node) => nodeSvg(node, theme)),
  ].join('\n');
}

/** A band with its title, which stands upright at the left where it is long enough to. */
function laneSvg({ lane, x, y, width, height }: Scene['lanes'][number], index: number, theme: Theme): string {
  const room = Math.max(40, height - 12);
  const broken = wrapped(lane.title, room, 10.5, 'bold');
  // Two lines at most, and no word in two.
  const lines = broken.length <= 2 && broken.join(' ') === lane.title ? broken : [lane.short];
  const words = lines.map((line, place) => text({ x: -(y + height / 2), y: x + 15 + place * 12, size: 10.5, weight: 'bold', fill: theme.layers[lane.layer], anchor: 'middle', turned: true }, line));
  return `<g><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${theme.lanes[index % 2]}"/><rect x="${round(x)}" y="${round(y)}" width="3" height="${round(height)}" fill="${theme.layers[lane.layer]}"/>${words.join('')}</g>`;
}

function edgeSvg({ edge, points, label }: PlacedEdge, theme: Theme): string {
  const colour = edge.mark ? theme.marks[edge.mark] : theme.payloads[edge.payload];
  const title = `${edge.from} → ${edge.to}: ${edge.payload}, ${edge.mode}${edge.label === '' ? '' : `, ${edge.label}`}${edge.mark ? `, ${edge.mark}` : ''}`;
  const dash = edge.mark === 'removed' ? '3 4' : edge.fallback || edge.shadow ? '2 4' : DASHES[edge.payload];
  const stroke = STROKES[edge.mode] + (edge.mark && edge.mark !== 'removed' ? 0.8 : 0);
  return [
    `<g data-edge="${escapeLine(edge.id)}"><title>${escapeLine(title)}</title>`,
    `<path d="${roundedPath(points)}" fill="none" stroke="${colour}" stroke-width="${stroke}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`,
    arrowHead(points, colour, edge.mode === 'async' || edge.mode === 'batch'),
    edge.mode === 'stream' ? streamMark(points, colour) : '',
    label ? text({ x: label.x, y: label.y + LABEL.size, size: LABEL.size, fill: theme.text }, label.text) : '',
    '</g>',
  ].join('');
}

const CORNER = 5;

function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  rest.forEach((point, index) => {
    const [before, after] = [points[index] as Point, rest[index + 1]];
    if (!after) return void parts.push(`L${round(point.x)} ${round(point.y)}`);
    const bend = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2);
    const [start, end] = [towards(point, before, bend), towards(point, after, bend)];
    parts.push(`L${round(start.x)} ${round(start.y)}Q${round(point.x)} ${round(point.y)} ${round(end.x)} ${round(end.y)}`);
  });
  return parts.join('');
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** A filled head where the caller waits or data streams on; an open one where nobody waits. */
function arrowHead(points: readonly Point[], colour: string, open: boolean): string {
  const [before, tip] = [points.at(-2), points.at(-1)];
  if (!before || !tip) return '';
  const [dx, dy] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const corner = (side: number): string => `${round(tip.x - 7 * dx + side * 3.5 * dy)} ${round(tip.y - 7 * dy + side * 3.5 * dx)}`;
  const path = `M${corner(1)}L${round(tip.x)} ${round(tip.y)}L${corner(-1)}`;
  return open ? `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>` : `<path d="${path}Z" fill="${colour}"/>`;
}

/** Two strokes across the first piece of a flow that never ends. */
function streamMark(points: readonly Point[], colour: string): string {
  const [before, tip] = [points.at(-2), points.at(-1)];
  if (!before || !tip || before.x !== tip.x || Math.abs(tip.y - before.y) < 22) return '';
  const side = Math.sign(tip.y - before.y);
  return [12, 15.5].map((back) => `<path d="M${round(tip.x - 3.5)} ${round(tip.y - side * back)}h7" stroke="${colour}" stroke-width="1.3"/>`).join('');
}

function nodeSvg({ node, card, x, y, width, height }: PlacedNode, theme: Theme): string {
  const colour = theme.layers[node.layer];
  const mark = node.mark && theme.marks[node.mark];
  const top = y + (height - card.height) / 2;
  const left = x + CARD.padding + CARD.icon + CARD.gap;
  const lines: string[] = [];
  let baseline = top + CARD.padding - 4;
  for (const line of card.name) lines.push(text({ x: left, y: (baseline += CARD.nameLine), size: CARD.name, weight: 'bold', fill: theme.text, struck: node.mark === 'removed' }, line));
  for (const line of card.detail) lines.push(text({ x: left, y: (baseline += CARD.line), size: CARD.detail, fill: theme.quiet }, line));
  for (const line of card.figures) lines.push(text({ x: left, y: (baseline += CARD.line), size: CARD.detail, fill: theme.text }, line));
  return [
    `<g data-node="${escapeLine(node.id)}" role="listitem" aria-label="${escapeLine(labelOf(node.name, node.kind, card.badges, node.mark))}">`,
    `<title>${escapeLine([node.name, node.detail, ...node.figures].filter((part) => part !== '').join('\n'))}</title>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${node.external ? 2 : 7}" fill="${theme.card}" stroke="${mark ?? (node.external ? theme.border : colour)}" stroke-width="${mark ? 2.4 : 1.2}"${node.external ? ' stroke-dasharray="5 3"' : ''}${node.mark === 'removed' ? ' stroke-dasharray="3 4"' : ''}/>`,
    // One frame in another: it stands for several.
    node.stands ? `<rect x="${round(x + 3)}" y="${round(y + 3)}" width="${round(width - 6)}" height="${round(height - 6)}" rx="5" fill="none" stroke="${mark ?? colour}" stroke-width="0.8"/>` : '',
    `<rect x="${round(x)}" y="${round(y + 6)}" width="3" height="${round(height - 12)}" fill="${colour}"/>`,
    `<path transform="translate(${round(x + CARD.padding)} ${round(top + CARD.padding)})" d="${ICONS[node.kind]}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
    ...lines,
    ...card.badges.map((badge, index) => badgeSvg(badge, x + width - 6 - (card.badges.length - index) * (CARD.badge + CARD.badgeGap) + CARD.badgeGap, top + 7, theme)),
    node.mark ? markSvg(node.mark, x, y, theme) : '',
    '</g>',
  ].join('');
}

function labelOf(name: string, kind: string, badges: readonly Badge[], mark: Mark | undefined): string {
  const findings = badges.map(({ severity, count }) => `${count} ${severity}`).join(', ');
  return `${kind} ${name}${mark ? `, ${mark}` : ''}${findings === '' ? '' : `, findings: ${findings}`}`;
}

const MARK_SIGNS: Readonly<Record<Mark, string>> = { added: '+ new', changed: '~ changed', removed: '× removed' };

function markSvg(mark: Mark, x: number, y: number, theme: Theme): string {
  const sign = MARK_SIGNS[mark];
  const width = textWidth(sign, 9.5, 'bold') + 10;
  return `<rect x="${round(x + 8)}" y="${round(y - 8)}" width="${round(width)}" height="15" rx="7" fill="${theme.background}" stroke="${theme.marks[mark]}" stroke-width="1.4"/>${text({ x: x + 13, y: y + 3, size: 9.5, weight: 'bold', fill: theme.marks[mark] }, sign)}`;
}
