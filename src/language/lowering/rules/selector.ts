import type { Choice, Condition, Selector } from '../../../model/custom-rule.ts';
import type { Kind } from '../../../model/architecture.ts';
import { vocabulary } from '../../../model/vocabulary.generated.ts';
import type { Value } from '../../generated/ast.ts';
import { didYouMean, listed, nearest } from '../nearest.ts';
import { EVERY_KIND, scopeOfKinds, type ConditionScope } from './scope.ts';
import { markAt, nodeAt, peek, take, textOf, wrong, type Words } from './words.ts';

/** Stands for every kind. */
export const ANY = 'component';

export type ReadCondition = (words: Words, scope: ConditionScope) => Condition | undefined;

/** `store`, `service:realtime`, `[source, store]`, `component`, each with `where …` if need be. */
export function readSelector(words: Words, readWhere: ReadCondition): Selector | undefined {
  const start = words.at;
  const kinds = readKinds(words);
  if (!kinds) return undefined;
  const variant = readVariant(words, kinds);
  if (variant === false) return undefined;
  const choice = readChoice(words, scopeOfKinds(kinds), readWhere);
  return choice && { kinds, variant, ...choice, text: written(words, start) };
}

/** `where …` and `except …`, each if it is there. */
export function readChoice(words: Words, scope: ConditionScope, read: ReadCondition): Choice | undefined {
  const where = take(words, 'where') ? read(words, scope) : 'none';
  if (where === undefined) return undefined;
  const except = take(words, 'except') ? read(words, scope) : 'none';
  if (except === undefined) return undefined;
  return { ...(where === 'none' ? {} : { where }), ...(except === 'none' ? {} : { except }) };
}

function readKinds(words: Words): Kind[] | undefined {
  const node = nodeAt(words);
  if (node?.list) {
    const kinds = node.items.map((item) => readKind(words, item));
    if (kinds.length === 0) return wrong(words, 'missing-value', 'The list names no kind.');
    words.at += 1;
    return kinds.some((kind) => kind === undefined) ? undefined : (kinds.filter((kind) => kind !== ANY) as Kind[]);
  }
  const kind = readKind(words, node);
  if (kind === undefined) return undefined;
  words.at += 1;
  return kind === ANY ? [] : [kind as Kind];
}

function readKind(words: Words, node: Value | undefined): string | undefined {
  const word = node?.ref?.$refText;
  if (word === ANY || (word !== undefined && EVERY_KIND.includes(word))) {
    if (node) words.lowering.note?.(node, { role: 'kind', kind: word });
    return word;
  }
  const instead = word === undefined ? undefined : nearest(word, [...EVERY_KIND, ANY]);
  const found = node ? ` but found ${textOf(node)}` : '';
  return wrong(words, 'unknown-word', `Expected a kind of component, such as store, or ${ANY} for any${found}.${didYouMean(instead)}`, { instead, node });
}

/** The variant after a colon; false where it is wrong. */
function readVariant(words: Words, kinds: readonly string[]): string | undefined | false {
  if (markAt(words) !== ':') return undefined;
  words.at += 1;
  const variants = (kinds.length === 0 ? EVERY_KIND : kinds).flatMap((kind) => vocabulary.kinds[kind]?.variants ?? []);
  const word = peek(words);
  const node = nodeAt(words);
  if (word !== undefined && variants.includes(word)) {
    if (node) words.lowering.note?.(node, { role: 'variant', word, kind: kinds[0] ?? '' });
    words.at += 1;
    return word;
  }
  const instead = word === undefined ? undefined : nearest(word, variants);
  const takes = variants.length === 0 ? 'It takes none.' : `It takes ${listed(new Set(variants), 30)}.`;
  wrong(words, 'unknown-variant', `There is no variant ${textOf(node)} of ${listed(kinds)}.${didYouMean(instead)} ${takes}`, { instead });
  return false;
}

/** The words from `start` on, as they were written. */
export function written({ values, at }: Words, start: number): string {
  return values.slice(start, at).map(textOf).join(' ').replaceAll(/\s*:\s*/g, ':').replaceAll(/\(\s+/g, '(').replaceAll(/\s+\)/g, ')').replaceAll(/\s+/g, ' ');
}
