/**
 * A text as one line without what no document shows: control characters and line breaks are spaces; halves of characters,
 * and marks that turn the direction of what follows, become the replacement character. Spaces at its ends stay one space.
 */
export const plainLine = (text: string): string => shown(text).replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, (space) => (/^\u00A0+$/.test(space) ? space : ' '));

/** The same for lines that keep their breaks and spaces; a tab is four spaces. */
export const plainLines = (text: string): string[] => shown(text).split(/\r\n?|\n|\u2028|\u2029/).map((line) => line.replaceAll('\t', '    ').replaceAll(/\p{Cc}/gu, '\uFFFD'));

const shown = (text: string): string => text.replaceAll(/\p{Cs}|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, '\uFFFD');
