/** Text from a file, made harmless for Markdown: every sign of punctuation is escaped, and it stays one line. */
export function plain(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim().replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/** Text from a file as code within a line. */
export function code(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return line === '' ? '' : `${fence}${space}${line}${space}${fence}`;
}

/** The same in a table, where a bar would end the cell. */
export const cell = (text: string): string => (text.includes('|') ? plain(text) : code(text));

/** Lines of the language as a block of code that nothing within can end. */
export function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}mlarch\n${text}\n${fence}`;
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
