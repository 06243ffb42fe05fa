/**
 * Text from a file, made harmless for Markdown as GitHub renders it: no markup, no HTML, no link, no mention, no
 * reference, no emoji, no formula. It stays one line.
 */
export function escapeMarkdown(text: string): string {
  const line = oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]#|~!$^]/g, '\\$&')
    // A colon before a word may start an emoji or a link; before a space it is punctuation.
    .replaceAll(/:(?=\S)/g, '\\:')
    .replaceAll(/www\./gi, (prefix) => `${prefix.slice(0, -1)}\\.`)
    // GitHub looks for mentions and references in the rendered text, where a backslash is gone: a space of no width parts them.
    .replaceAll('@', '@\u200B')
    .replaceAll(/\\#(?=\d)/g, '\\#\u200B')
    .replaceAll(/GH-(?=\d)/gi, (prefix) => `${prefix}\u200B`);
  // What would start a list, a rule or a heading at the start of a line.
  return line.replace(/^[-+=]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text from a file as code: shown as it is, interpreted nowhere. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** The same in a table, where a bar ends the cell even within code. A backslash before a bar cannot be written as code there. */
export const codeCell = (text: string): string => (text.includes('\\|') ? escapeMarkdown(text) : codeSpan(text).replaceAll('|', '\\|'));

/** White space and control characters as single spaces, so that nothing starts a new line or reaches a terminal. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
