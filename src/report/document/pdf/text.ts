import type { ContentText } from 'pdfmake/interfaces.js';
import { themes } from '../../../diagram/svg/theme.ts';
import type { Inline, StyledText } from '../block.ts';
import { styled, targetOf } from '../inline.ts';
import { plainLine } from '../plain-line.ts';
import { MONO_WIDTH, withSeams } from './breaks.ts';
import type { Faces } from './fonts.ts';
import { INK, type Sizes } from './page.ts';
import { runsOf, type Missing } from './runs.ts';

/** What setting text needs to know of the document. */
export interface Setting {
  readonly faces: Faces;
  readonly sizes: Sizes;
  readonly places: ReadonlySet<string>;
  /** Grows as text is set. */
  readonly missing: Missing;
}

/** Finding where lines break takes the square of what is in a paragraph; longer ones become several. */
const PARAGRAPH = 6000;

/** A line of the document as paragraphs of the page: one, but for very long texts. Words wider than `most` points can be broken. */
export function textNodes(line: readonly Inline[], most: number, size: number, setting: Setting): ContentText[] {
  const paragraphs: ContentText[][] = [[]];
  let length = 0;
  for (const inline of line.map(styled)) {
    for (const part of parts(plainLine(inline.text))) {
      if (length > 0 && length + part.length > PARAGRAPH) {
        paragraphs.push([]);
        length = 0;
      }
      length += part.length;
      paragraphs.at(-1)?.push(...pieces(part, inline, most, size, setting));
    }
  }
  return paragraphs.map((text) => ({ text: text.length === 0 ? [{ text: ' ' }] : text, fontSize: size }));
}

const parts = (text: string): string[] => (text.length <= PARAGRAPH ? [text] : text.match(new RegExp(`.{1,${PARAGRAPH}}`, 'gsu')) ?? []);

/** A marked word stays in one piece; what is longer is no word. */
const CHIP = 20;

function pieces(text: string, inline: StyledText, most: number, size: number, { faces, places, missing }: Setting): ContentText[] {
  const room = inline.code ? most / MONO_WIDTH : most;
  const content = inline.severity === undefined || text.length > CHIP ? text : `\u00A0${text.trim().replaceAll(' ', '\u00A0')}\u00A0`;
  return runsOf(withSeams(content, room, size), inline.code ? faces.mono : faces.text, faces, missing).map((run) => ({ text: run.text, font: run.family, ...styleOf(inline, size, places) }));
}

function styleOf(inline: StyledText, size: number, places: ReadonlySet<string>): Partial<ContentText> {
  const target = targetOf(inline, places);
  const chip = inline.severity && themes.light.severities[inline.severity];
  return {
    ...(inline.strong || chip ? { bold: true } : {}),
    ...(inline.emphasis ? { italics: true } : {}),
    // Monospaced letters look larger than others of their size.
    ...(inline.code ? { fontSize: size * 0.93 } : {}),
    ...(target ? { color: INK.link, decoration: 'underline' as const, ...(target.to === 'web' ? { link: target.url } : { linkToDestination: target.id }) } : {}),
    ...(chip ? { background: chip.fill, color: chip.text } : {}),
  };
}
