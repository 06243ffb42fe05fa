import type { Content, ContentText } from 'pdfmake/interfaces.js';
import { anchorOf } from '../anchor.ts';
import type { Document, Section } from '../block.ts';
import { titleOf } from '../inline.ts';
import { plainLine } from '../plain-line.ts';
import { blockNodes, liesAcross } from './blocks.ts';
import { INK, ROOM, SIZES, TIGHT_SECTION, tightSizes } from './page.ts';
import { textNodes, type Setting } from './text.ts';

/** One thing after the other, before it is known which pages lie on their side. */
interface Item {
  readonly node: Content;
  /** A wide picture is called by how its page lies. */
  readonly what: 'heading' | 'block' | Orientation;
  readonly startsPage: boolean;
}

/** Everything between header and footer: the title, the contents and the sections. */
export function contentOf(document: Document, setting: Setting): Content[] {
  const { subtitle, date, sections } = document;
  const { gap } = setting.sizes;
  const head: Content[] = [
    ...textNodes([{ text: titleOf(document), strong: true }], ROOM.width, setting.sizes.title, setting).map((node) => ({ ...node, margin: [0, 6 * gap, 0, 4 * gap] as [number, number, number, number] })),
    ...(subtitle === undefined ? [] : textNodes([subtitle], ROOM.width, document.onePage ? setting.sizes.text : 12, setting)),
    { text: date, fontSize: setting.sizes.text, color: INK.quiet, margin: [0, 4 * gap, 0, 14 * gap] },
  ];
  return [...head, ...(sections.length > 1 && !document.onePage ? [contentsNode(sections, setting)] : []), ...paged(sections.flatMap((section) => itemsOf(section, 0, undefined, setting)))];
}

function itemsOf({ id, title: given, blocks, sections = [], startsPage = false, tight = false }: Section, depth: number, parent: string | undefined, around: Setting): Item[] {
  // A document of one page is tight as a whole.
  const setting = tight && around.sizes === SIZES ? { ...around, sizes: tightSizes(TIGHT_SECTION) } : around;
  const { gap } = setting.sizes;
  const anchor = anchorOf(id);
  const title = titleOf({ title: given });
  const size = setting.sizes.headings[Math.min(depth, setting.sizes.headings.length - 1)] ?? setting.sizes.text;
  const [first, ...rest] = textNodes([{ text: title, strong: true }], ROOM.width, size, setting);
  const heading: ContentText & { id: string } = { ...first, text: first?.text ?? title, id: anchor, headlineLevel: depth + 1, outline: true, outlineText: plainLine(title).slice(0, 200), ...(parent === undefined ? {} : { outlineParentId: parent }), margin: [0, (depth === 0 ? 14 : 9) * gap, 0, (depth === 0 ? 6 : 4) * gap] };
  return [
    { node: heading, what: 'heading', startsPage },
    ...rest.map((node): Item => ({ node, what: 'block', startsPage: false })),
    ...blocks.flatMap((block) => blockNodes(block, setting).map((node): Item => ({ node, what: block.kind === 'figure' && block.picture.wide ? (liesAcross(block.picture) ? 'landscape' : 'portrait') : 'block', startsPage: false }))),
    ...sections.flatMap((section) => itemsOf(section, depth + 1, anchor, setting)),
  ];
}

/** Puts wide pictures, with the headings right above them, on pages of their own, and what follows on an upright one again. */
function paged(items: readonly Item[]): Content[] {
  let alone = false;
  return items.map(({ node, startsPage }, index) => {
    const opens = opensAt(items, index);
    if (opens) {
      alone = true;
      return broken(node, opens);
    }
    if (alone && belongsToWide(items, index)) return node;
    if (alone || startsPage) {
      alone = false;
      return broken(node, 'portrait');
    }
    return node;
  });
}

type Orientation = 'portrait' | 'landscape';

/** How the page lies that a wide picture, or the first of the headings above one, opens. */
function opensAt(items: readonly Item[], index: number): Orientation | undefined {
  return items[index - 1]?.what === 'heading' ? undefined : wideAhead(items, index);
}

const belongsToWide = (items: readonly Item[], index: number): boolean => items[index - 1]?.what === 'heading' && wideAhead(items, index) !== undefined;

/** The wide picture that has nothing but headings before it from here on. */
function wideAhead(items: readonly Item[], from: number): Orientation | undefined {
  let index = from;
  while (items[index]?.what === 'heading') index++;
  const what = items[index]?.what;
  return what === 'heading' || what === 'block' ? undefined : what;
}

const broken = (node: Content, orientation: Orientation): Content => ({ ...(node as object), pageBreak: 'before', pageOrientation: orientation }) as Content;

/** Two levels, each line a link with its page. */
function contentsNode(sections: readonly Section[], setting: Setting): Content {
  const rows = sections.flatMap((section) => [entry(section, 0, setting), ...(section.sections ?? []).map((inner) => entry(inner, 1, setting))]);
  return [
    { text: 'Contents', fontSize: setting.sizes.headings[1], bold: true, margin: [0, 0, 0, 4] },
    { table: { dontBreakRows: true, widths: [ROOM.width - 46, 38], body: rows }, layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 4, paddingTop: () => 1, paddingBottom: () => 1 }, margin: [0, 0, 0, 10] },
  ];
}

function entry({ id, title: given }: Section, depth: number, setting: Setting): Content[] {
  const anchor = anchorOf(id);
  const title = titleOf({ title: given });
  const short = title.length > 160 ? `${title.slice(0, 159)}…` : title;
  return [
    { stack: textNodes([{ text: short, strong: depth === 0 }], ROOM.width - 60, setting.sizes.text, setting).map((node) => ({ ...node, linkToDestination: anchor }) as Content), margin: [depth * 14, 0, 0, 0] },
    { pageReference: anchor, alignment: 'right', fontSize: setting.sizes.text },
  ];
}
