import type { Span } from '../model/architecture.ts';

/** No answer is longer, in characters: some five thousand tokens. */
const MAX_ANSWER = 20_000;

/** One line without control characters, cut where it is too long, so that no text of a file can pass for a part of the answer. */
export function oneLine(text: string, length = 400): string {
  const line = text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}

/** `main.mlarch:12:5`, as `display` names the file. */
export function at({ file, range: { start } }: Span, display: (file: string) => string = String): string {
  return `${oneLine(display(file), 300)}:${start.line + 1}:${start.character + 1}`;
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The first few, and how many more there are. */
export function listOf(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).map((item) => oneLine(item, 120));
  return `${shown.join(', ')}${items.length > most ? ` and ${items.length - most} more` : ''}`;
}

interface List {
  readonly head: readonly string[];
  /** As texts, or as what makes them, where most are not shown. */
  readonly items: readonly (() => string)[];
  /** How many items at most. */
  readonly most: number;
  /** What to say of the items that are left out. */
  readonly rest: (count: number) => string;
  readonly separator?: string;
}

/** The head and as many items as are asked for and have room, the first one always, and how many more there are. */
export function bounded({ head, items, most, rest, separator = '\n' }: List): string {
  const parts = [...head];
  let length = parts.join(separator).length;
  let shown = 0;
  for (const item of items.slice(0, most)) {
    const text = item();
    length += text.length + separator.length;
    if (length > MAX_ANSWER && shown > 0) break;
    parts.push(text);
    shown += 1;
  }
  return [...parts, ...(shown < items.length ? [rest(items.length - shown)] : [])].join(separator);
}
