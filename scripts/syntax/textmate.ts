/** The part of the TextMate grammar format that is used here. */
export interface Grammar {
  readonly information_for_contributors: readonly string[];
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes?: readonly string[];
  readonly injectionSelector?: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}

export interface Pattern {
  readonly include?: string;
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly captures?: Captures;
  readonly begin?: string;
  readonly end?: string;
  readonly while?: string;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Pattern[];
}

export type Captures = Readonly<Record<string, { readonly name: string }>>;

/** A pattern with a scope for each of its groups, in order; undefined for a group without one. */
export function match(source: string, ...scopes: readonly (string | undefined)[]): Pattern {
  return { match: source, captures: captures(...scopes) };
}

export function captures(...scopes: readonly (string | undefined)[]): Captures {
  return Object.fromEntries(scopes.flatMap((name, index) => (name === undefined ? [] : [[String(index + 1), { name }]])));
}

export const include = (...names: readonly string[]): Pattern[] => names.map((name) => ({ include: `#${name}` }));

/** One of the words, whole. The words are tried in the order of the alphabet, so that the result does not depend on that of the tables. */
export const oneOf = (words: Iterable<string>): string => `(?:${[...words].sort().map(escape).join('|')})`;

export const escape = (text: string): string => text.replaceAll(/[.+*?^$()[\]{}|\\-]/g, String.raw`\$&`);
