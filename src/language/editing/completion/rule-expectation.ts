import { vocabulary } from '../../../model/vocabulary.generated.ts';
import { EVERY_KIND } from '../../lowering/rules/scope.ts';
import { ANY } from '../../lowering/rules/selector.ts';
import type { Token } from './scan.ts';

/** What may stand next in a condition, or after `for`. */
export type RuleExpectation =
  | { readonly kind: 'kinds'; readonly forms: boolean }
  | { readonly kind: 'variants'; readonly of: readonly string[] }
  /** A property of one of the kinds, or a word that begins a term. */
  | { readonly kind: 'term'; readonly of: readonly string[] }
  | { readonly kind: 'value'; readonly of: readonly string[]; readonly property: string; readonly listed: readonly string[] }
  | { readonly kind: 'unit'; readonly of: readonly string[]; readonly property: string }
  | { readonly kind: 'words'; readonly words: readonly string[] };

const BEFORE_KINDS = new Set(['some', 'reaches', 'calls', 'dominates', 'by', 'to', 'from', 'passes']);
const BEFORE_TERM = new Set(['where', 'except', 'and', 'or', 'not', '(', 'require', 'forbid']);
const COMPARISONS = new Set(['<', '<=', '>', '>=', '=']);
const TESTS = ['is', 'has', 'declared', '>=', '<=', 'and', 'or'];

const isKind = (word: string | undefined): word is string => word !== undefined && (word === ANY || EVERY_KIND.includes(word));

/** Reads the words before the cursor, the first of which is the key of the line; `subjects` are the kinds that the rule is about. */
export function expectedInCondition(tokens: readonly Token[], subjects: readonly string[]): RuleExpectation {
  const words = tokens.map(({ text }) => text);
  const [first] = words;
  const last = words.at(-1) ?? '';
  const opening = words.lastIndexOf('[') > words.lastIndexOf(']') ? words.lastIndexOf('[') : -1;
  const before = opening < 0 ? words : words.slice(0, opening);
  const of = scopeAt(words, subjects);
  if (opening >= 0 && (before.at(-1) === 'for' || BEFORE_KINDS.has(before.at(-1) ?? ''))) return { kind: 'kinds', forms: false };
  const asked = propertyBefore(before);
  if (asked !== undefined) return { kind: 'value', of, property: asked, listed: opening < 0 ? [] : words.slice(opening + 1) };
  if (last === 'for') return { kind: 'kinds', forms: true };
  if (last === ':') return { kind: 'variants', of: isKind(words.at(-2)) ? [words.at(-2) ?? ''] : [] };
  if (last === 'every') return { kind: 'words', words: ['path'] };
  if (last === 'path') return { kind: 'words', words: ['to', 'from'] };
  if (last === 'reached' || last === 'called' || last === 'dominated') return { kind: 'words', words: ['by'] };
  if (BEFORE_KINDS.has(last)) return { kind: 'kinds', forms: false };
  if (BEFORE_TERM.has(last)) return { kind: 'term', of };
  const compared = words.at(-3);
  if (tokens.at(-1)?.type === 'number' && compared !== undefined && COMPARISONS.has(words.at(-2) ?? '')) return { kind: 'unit', of, property: compared };
  if (closesSelector(words)) return { kind: 'words', words: [...(words.includes('every') && !words.includes('passes') ? ['passes'] : []), 'where', 'except', ...(first === 'for' ? [] : ['and', 'or'])] };
  const isAfterTest = ['is', 'has', 'any', 'not'].includes(words.at(-2) ?? '') || COMPARISONS.has(words.at(-2) ?? '') || last === ')' || last === ']' || last === 'declared';
  return { kind: 'words', words: isAfterTest ? ['and', 'or', ...(first === 'for' ? ['except'] : [])] : TESTS };
}

/** The property that `is` or `has` asks for. */
function propertyBefore(words: readonly string[]): string | undefined {
  for (const form of [['is', 'not'], ['has', 'any'], ['is'], ['has']]) {
    const start = words.length - form.length;
    if (form.every((word, index) => words[start + index] === word)) return words[start - 1];
  }
  return undefined;
}

/** Whether the last word is a kind, or the variant of one, where a selector stands. */
function closesSelector(words: readonly string[]): boolean {
  const at = words.at(-2) === ':' ? words.length - 3 : words.length - 1;
  const begins = (word: string | undefined): boolean => word === 'for' || BEFORE_KINDS.has(word ?? '');
  return (isKind(words[at]) || ['system', 'flow'].includes(words[at] ?? '')) && begins(words[at - 1]);
}

/** The kinds that a term at the end of the words is about: those of the nearest selector whose `where` is still open. */
function scopeAt(words: readonly string[], subjects: readonly string[]): readonly string[] {
  const open: { readonly depth: number; readonly kinds: readonly string[] }[] = [];
  let kinds: readonly string[] = subjects;
  let depth = 0;
  for (const [index, word] of words.entries()) {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (isKind(word) && index > 0) kinds = ['[', ','].includes(words[index - 1] ?? '') ? [...(words[index - 1] === ',' ? kinds : []), word] : [word];
    if (word === 'where' || word === 'except') open.push({ depth, kinds });
    const ends = word === 'passes' || (words[0] !== 'for' && (word === 'and' || word === 'or'));
    while (open.length > 0 && (depth < (open.at(-1)?.depth ?? 0) || (ends && depth === open.at(-1)?.depth))) open.pop();
  }
  return open.at(-1)?.kinds ?? (words[0] === 'for' ? kinds : subjects);
}

/** Kinds that have a property, of some or of all where none is named. */
export function kindsWith(of: readonly string[], property: string): string[] {
  const kinds = of.length === 0 || of.includes(ANY) ? EVERY_KIND : of;
  return kinds.filter((kind) => Object.hasOwn(vocabulary.kinds[kind]?.properties ?? {}, property));
}
