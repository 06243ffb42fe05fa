import type { Content } from 'pdfmake/interfaces.js';
import { anchorOf } from '../anchor.ts';
import type { Block, Code, Figure, List, Note, Picture } from '../block.ts';
import { plainLines } from '../plain-line.ts';
import { sizeOfSvg } from '../picture-svg.ts';
import { MONO_WIDTH, withSeams } from './breaks.ts';
import { INK, ROOM, WIDE_ROOM, type Room } from './page.ts';
import { pictureSvg } from './picture.ts';
import { runsOf } from './runs.ts';
import { barsNodes, factsNodes, tableNodes } from './table.ts';
import { textNodes, type Setting } from './text.ts';

/** A block as it stands on an upright page, with its caption before it; a wide picture as it does on a page of its own. */
export function blockNodes(block: Block, setting: Setting): Content[] {
  switch (block.kind) {
    case 'paragraph':
      return [{ stack: textNodes(block.text, ROOM.width, setting.sizes.text, setting), margin: [0, 0, 0, 6 * setting.sizes.gap] }];
    case 'list':
      return [{ ...listNode(block, ROOM.width - 16, setting), margin: [0, 0, 0, 6 * setting.sizes.gap] }];
    case 'table':
      return tableNodes(block, ROOM.width, setting);
    case 'figure':
      return [figureNode(block, setting)];
    case 'code':
      return [codeNode(block, ROOM.width, setting)];
    case 'note':
      return [noteNode(block, ROOM.width, setting)];
    case 'facts':
      return factsNodes(block, ROOM.width, setting);
    case 'bars':
      return barsNodes(block, ROOM.width, setting);
  }
}

function listNode({ ordered, items }: List, room: number, setting: Setting): { ol: Content[] } | { ul: Content[] } {
  const content = items.map(({ text, nested }): Content => [...textNodes(text, room, setting.sizes.text, setting).map((node) => ({ ...node, margin: [0, 0, 0, 2 * setting.sizes.gap] as [number, number, number, number] })), ...(nested ? [listNode(nested, Math.max(60, room - 16), setting)] : [])]);
  return ordered ? { ol: content } : { ul: content };
}

/** Room for the heading that stands above a picture, and for its caption. */
const BESIDES = 110;

/** A picture is never larger than on a screen, where a pixel is three quarters of a point. */
const PIXEL = 0.75;

/** Whether a picture is larger on a page on its side than on an upright one. */
export const liesAcross = ({ svg }: Picture): boolean => scaleIn(WIDE_ROOM, svg) > scaleIn(ROOM, svg);

function scaleIn(room: Room, svg: string): number {
  const { width, height } = sizeOfSvg(svg);
  return Math.min(PIXEL, room.width / width, (room.height - BESIDES) / height);
}

function figureNode({ picture }: Figure, setting: Setting): Content {
  const room = picture.wide && liesAcross(picture) ? WIDE_ROOM : ROOM;
  const { width, height } = sizeOfSvg(picture.svg);
  const scale = scaleIn(room, picture.svg);
  const [caption, description] = [textNodes([{ text: picture.title, strong: true }], room.width, setting.sizes.table, setting), textNodes([picture.description], room.width, setting.sizes.small, setting)];
  const svg: Content = { svg: pictureSvg(picture.svg, { width: width * scale, height: height * scale }, setting), width: width * scale, height: height * scale, margin: [0, 2, 0, 3] };
  // The first line carries the place that links point to.
  return { unbreakable: true, stack: [...caption.map((node, index) => (index === 0 ? { ...node, id: anchorOf(picture.id) } : node)), svg, ...description.map((node) => ({ ...node, color: INK.quiet }))], margin: [0, 4, 0, 10] };
}

const TIGHT = { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 8, paddingRight: () => 8, paddingTop: () => 5, paddingBottom: () => 5 };

function codeNode({ text }: Code, room: number, { faces, missing, sizes }: Setting): Content {
  const width = room - 16;
  const lines = plainLines(text.replace(/\n$/, '')).map((line): Content => ({
    text: line === '' ? ' ' : runsOf(withSeams(line, width / MONO_WIDTH, sizes.code), faces.mono, faces, missing).map((run) => ({ text: run.text, font: run.family })),
    fontSize: sizes.code,
    preserveLeadingSpaces: true,
  }));
  return { table: { widths: [width], body: [[{ stack: lines, fillColor: INK.shade }]] }, layout: TIGHT, margin: [0, 2, 0, 8] };
}

function noteNode({ tone, text }: Note, room: number, setting: Setting): Content {
  const width = room - 16;
  const label = tone === 'warning' ? 'Warning: ' : 'Note: ';
  return { table: { dontBreakRows: true, widths: [width], body: [[{ stack: textNodes([{ text: label, strong: true }, ...text], width, setting.sizes.text, setting), fillColor: tone === 'warning' ? INK.warning : INK.shade }]] }, layout: { ...TIGHT, vLineWidth: (index: number) => (index === 0 ? 3 : 0), vLineColor: () => (tone === 'warning' ? '#b35900' : INK.bar) }, margin: [0, 2 * setting.sizes.gap, 0, 8 * setting.sizes.gap] };
}

