import { codeSpan } from './escape-markdown.ts';
import { docsUrl } from './links.ts';

/** GitHub refuses a comment of more than 65,536 characters. */
export const COMMENT_LIMIT = 60_000;

/** Blocks one after the other, as many as fit; `rest` says how many of the last do not. */
export function fitted(blocks: readonly string[], limit: number, rest: (left: number) => string): string {
  let text = '';
  for (const [index, block] of blocks.entries()) {
    if (text.length + block.length > limit) return `${text}${rest(blocks.length - index)}\n`;
    text += `${block}\n\n`;
  }
  return text.trimEnd() === '' ? '' : `${text.trimEnd()}\n`;
}

export const details = (summary: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [fold(summary, lines.join('\n'))]);

/** The blank line after the summary makes GitHub read what follows as Markdown. */
export const fold = (summary: string, body: string): string => `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

/** In the line of a summary GitHub reads HTML and no Markdown; entities are harmless to both. Mentions and references are still found. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[&<>"'`*_[\]()~|\\:$!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/@|(?<!&)#(?=\d)/g, '$&\u200B');

/** A rule with a link to its page; what is no id of a rule is shown as code. */
export const ruleLink = (rule: string, code = codeSpan): string => (/^(?:[A-Z]+-?\d+(?:\.\d+)?|accept\/[a-z-]+)$/.test(rule) ? `[${rule}](${docsUrl(rule)})` : code(rule));

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
