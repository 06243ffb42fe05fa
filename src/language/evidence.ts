/** Whether evidence is an address on a network; those are never looked up. */
export const isAddress = (target: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(target);

/** The path of a piece of evidence without the heading that it may point to. */
export const pathOf = (target: string): string => target.replace(/#.*$/, '');

export const isMarkdown = (file: string): boolean => /\.(md|markdown)$/i.test(file);

/** Bytes of the largest document whose headings are looked at. */
export const MAX_DOCUMENT = 1_000_000;

/** The headings of a Markdown text, lower case. */
export function headingsIn(text: string): string[] {
  return [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => (match[1] ?? '').toLowerCase());
}
