import type { Content, ContentText, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { textWidth } from '../../../diagram/text/measure.ts';
import type { Bars, Column, Facts, Inline, Table } from '../block.ts';
import { barShare, barWords } from '../bar-share.ts';
import { styled, wordsOf } from '../inline.ts';
import { plainLine } from '../plain-line.ts';
import { MONO_WIDTH } from './breaks.ts';
import { columnWidths, type Need } from './column-widths.ts';
import { INK, LINE_HEIGHT, type Sizes } from './page.ts';
import { textNodes, type Setting } from './text.ts';

const PADDING = 4;
/** A row that would take more than half a page may be broken; no other is. */
const TALL = 340;

/** Lines below each row, and a head that comes again on each page. */
const ruled: CustomTableLayout = {
  hLineWidth: (index, { table }) => (index === 0 || index === table.body.length ? 0.8 : index === 1 ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: () => INK.line,
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};
const bare: CustomTableLayout = { ...ruled, hLineWidth: () => 0, paddingTop: () => 1.5, paddingBottom: () => 1.5 };

export function tableNodes({ columns, rows, namedRows, caption }: Table, room: number, setting: Setting): Content[] {
  const cells = rows.map((row) => columns.map((_, index) => (index === 0 && namedRows ? (row[index] ?? []).map((inline) => ({ ...styled(inline), strong: true })) : row[index] ?? [])));
  const head = columns.map(({ title }): readonly Inline[] => [{ text: title, strong: true }]);
  const { body, widths, tall } = bodyOf(columns, [head, ...cells], room, setting);
  const shaded = body.map((row, index) => (index === 0 ? row.map((cell) => ({ ...(cell as object), fillColor: INK.shade })) : row)) as TableCell[][];
  const table: Content = { table: { headerRows: 1, keepWithHeaderRows: tall ? 0 : 1, dontBreakRows: !tall, widths, body: shaded }, layout: ruled, margin: [0, 2 * setting.sizes.gap, 0, 9 * setting.sizes.gap] };
  return caption === undefined ? [table] : [...textNodes([{ text: caption, strong: true }], room, setting.sizes.table, setting).map(captioned), table];
}

/** A caption stays with what it stands above, as a heading does. */
const captioned = (node: ContentText): ContentText => ({ ...node, headlineLevel: CAPTION, margin: [0, 4, 0, 2] });
const CAPTION = 9;

export function factsNodes({ facts }: Facts, room: number, setting: Setting): Content[] {
  if (facts.length === 0) return [];
  const columns: Column[] = [{ title: '', width: 1 }, { title: '', width: 3 }];
  const { body, widths, tall } = bodyOf(columns, facts.map(({ term, definition }) => [[{ text: term, strong: true }], definition]), room, setting);
  return [{ table: { dontBreakRows: !tall, widths, body }, layout: bare, margin: [0, 0, 0, 8 * setting.sizes.gap] }];
}

const BAR = { length: 170, height: 9 } as const;

/** What is sure is filled, what is possible is pale with a border of dashes: they differ in grey too. */
export function barsNodes({ bars, caption }: Bars, room: number, setting: Setting): Content[] {
  if (bars.length === 0) return [];
  const width = (room - BAR.length - 6 * PADDING) / 2;
  const body = bars.map((bar): TableCell[] => {
    const { sure, possible } = barShare(bar);
    return [
      { stack: textNodes([bar.label], width, setting.sizes.text, setting) },
      {
        canvas: [
          { type: 'rect', x: 0, y: 1.5, w: BAR.length, h: BAR.height, lineColor: INK.quiet, lineWidth: 0.6 },
          ...(possible > sure ? [{ type: 'rect' as const, x: sure * BAR.length, y: 1.5, w: (possible - sure) * BAR.length, h: BAR.height, color: INK.possible, lineColor: INK.bar, lineWidth: 0.6, dash: { length: 2, space: 1.5 } }] : []),
          ...(sure > 0 ? [{ type: 'rect' as const, x: 0, y: 1.5, w: sure * BAR.length, h: BAR.height, color: INK.bar }] : []),
        ],
      },
      { stack: textNodes([barWords(bar)], width, setting.sizes.text, setting) },
    ];
  });
  const table: Content = { table: { dontBreakRows: true, widths: [width, BAR.length, width], body }, layout: bare, margin: [0, 2 * setting.sizes.gap, 0, 9 * setting.sizes.gap] };
  return caption === undefined ? [table] : [...textNodes([{ text: caption, strong: true }], room, setting.sizes.text, setting).map(captioned), table];
}

function bodyOf(columns: readonly Column[], rows: readonly (readonly (readonly Inline[])[])[], room: number, setting: Setting): { readonly body: TableCell[][]; readonly widths: number[]; readonly tall: boolean } {
  const content = room - columns.length * 2 * PADDING;
  // No word is wider than what each column has at the least.
  const piece = content / columns.length;
  const widths = columnWidths(columns, columns.map((_, index) => needOf(rows.map((row) => row[index] ?? []), piece, setting.sizes)), content);
  const tall = rows.some((row) => row.some((cell, index) => linesOf(cell, widths[index] ?? piece, setting.sizes) * setting.sizes.table * LINE_HEIGHT > TALL));
  const body = rows.map((row) => columns.map(({ align = 'left' }, index): TableCell => ({ stack: textNodes(row[index] ?? [], Math.min(piece, widths[index] ?? piece), setting.sizes.table, setting), alignment: align })));
  return { body, widths, tall };
}

/** Bold type and chips are wider than what is measured. */
const SPARE = 1.08;

function needOf(cells: readonly (readonly Inline[])[], piece: number, sizes: Sizes): Need {
  let [least, most] = [12, 12];
  for (const cell of cells) {
    most = Math.max(most, widthOf(cell, 4 * piece, sizes));
    for (const inline of cell.map(styled)) for (const word of plainLine(inline.text).split(' ')) if (word !== '') least = Math.max(least, Math.min(piece, widthOf([{ ...inline, text: word }], piece, sizes)));
  }
  return { least, most: Math.max(least, most) };
}

/** The width of a line, as far as it matters. */
const widthOf = (line: readonly Inline[], enough: number, sizes: Sizes): number => Math.min(enough, line.map(styled).reduce((sum, { text, code, severity }) => sum + textWidth(text.slice(0, 2000), sizes.table, 'bold') * (code ? MONO_WIDTH : 1) * SPARE + (severity ? 8 : 0), 0));

const linesOf = (cell: readonly Inline[], width: number, sizes: Sizes): number => Math.ceil((textWidth(wordsOf(cell), sizes.table, 'bold') * 1.3) / width);
