/** Text for XML: marks are drawn as themselves, lines end in `\n`, and what XML 1.0 cannot hold in any form becomes the replacement character. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The same on one line, also for attributes between single quotes. */
export const escapeLine = (text: string): string => escapeXml(text).replaceAll("'", '&#39;').replaceAll(/[\t\n]+/g, ' ');
