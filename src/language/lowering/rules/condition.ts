import type { Comparison, Condition, Relation } from '../../../model/custom-rule.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { EVERY_KIND, hasProperty, readPath, type ConditionScope, type ReadPath } from './scope.ts';
import { ANY, readSelector } from './selector.ts';
import { readComparison, readHas, readIs } from './tests.ts';
import { markAt, nodeAt, peek, take, textOf, wrong, type Words } from './words.ts';

/** Deeper than any rule needs. */
const MAX_DEPTH = 50;

/** The relations of components, by the words that ask for them. */
export const RELATIONS: readonly { readonly words: readonly string[]; readonly relation: Relation }[] = [
  { words: ['reaches'], relation: 'reaches' },
  { words: ['reached', 'by'], relation: 'reached-by' },
  { words: ['calls'], relation: 'calls' },
  { words: ['called', 'by'], relation: 'called-by' },
  { words: ['dominates'], relation: 'dominates' },
  { words: ['dominated', 'by'], relation: 'dominated-by' },
];

/** The words that may begin a term beside the properties of its subject. */
export const TERM_WORDS = ['not', 'some', 'every', ...RELATIONS.map(({ words: [first = ''] }) => first)];

/** A condition up to where nothing joins on: `or` binds least, then `and`, then `not`. */
export function readCondition(words: Words, scope: ConditionScope): Condition | undefined {
  return readJoined(words, 'or', () => readJoined(words, 'and', () => readTerm(words, scope)));
}

/** A condition that takes all that is left of its line. */
export function readWholeCondition(words: Words, scope: ConditionScope): Condition | undefined {
  if (!nodeAt(words)) return wrong(words, 'missing-value', `${words.line.key} lacks its condition.`);
  const condition = readCondition(words, scope);
  return condition && isAtEnd(words) ? condition : undefined;
}

/** Reports what is left of a line. */
export function isAtEnd(words: Words): boolean {
  if (!nodeAt(words)) return true;
  const word = peek(words);
  const instead = word === undefined ? undefined : nearest(word, ['and', 'or', 'is', 'has', 'where', 'except', 'declared']);
  wrong(words, 'unexpected-value', `Unexpected ${textOf(nodeAt(words))}.${didYouMean(instead)} Conditions are joined by and, or; where and except choose what a rule is about.`, { instead });
  return false;
}

function readJoined(words: Words, op: 'and' | 'or', read: () => Condition | undefined): Condition | undefined {
  const first = read();
  if (!first) return undefined;
  const parts = [first];
  while (take(words, op)) {
    const next = read();
    if (!next) return undefined;
    parts.push(next);
  }
  return parts.length === 1 ? first : { op, parts };
}

function readTerm(words: Words, scope: ConditionScope): Condition | undefined {
  if (words.depth >= MAX_DEPTH) return wrong(words, 'unexpected-value', `More than ${MAX_DEPTH} levels of nesting in a condition.`);
  words.depth += 1;
  try {
    if (take(words, 'not')) {
      const part = readTerm(words, scope);
      return part && { op: 'not', part };
    }
    return markAt(words) === '(' ? readParentheses(words, scope) : readSimple(words, scope);
  } finally {
    words.depth -= 1;
  }
}

function readParentheses(words: Words, scope: ConditionScope): Condition | undefined {
  words.at += 1;
  const inner = readCondition(words, scope);
  if (!inner) return undefined;
  if (markAt(words) !== ')') return wrong(words, 'unexpected-value', `Expected ) but found ${nodeAt(words) ? textOf(nodeAt(words)) : 'the end of the line'}.`);
  words.at += 1;
  return inner;
}

function readSimple(words: Words, scope: ConditionScope): Condition | undefined {
  if (peek(words) === 'some' && !hasProperty(scope, 'some')) {
    take(words, 'some');
    const selector = readSelector(words, readTerm);
    return selector && { op: 'some', selector };
  }
  if (peek(words) === 'every' && peek(words, 1) === 'path') return readEveryPath(words, scope);
  const relation = RELATIONS.find((entry) => entry.words.every((word, index) => peek(words, index) === word) && (!hasProperty(scope, entry.words[0] ?? '') || beginsSelector(words, entry.words.length)));
  if (relation) return readRelation(words, scope, relation);
  const read = readPath(words, scope, scope.related ? TERM_WORDS : ['not', 'some']);
  return read && readTest(words, read);
}

/** Some kinds have properties that are spelt as a relation is; a relation is followed by a kind. */
function beginsSelector(words: Words, ahead: number): boolean {
  const word = peek(words, ahead);
  return words.values[words.at + ahead]?.list === true || word === ANY || (word !== undefined && EVERY_KIND.includes(word));
}

function readRelation(words: Words, scope: ConditionScope, { words: form, relation }: (typeof RELATIONS)[number]): Condition | undefined {
  if (!isRelated(words, scope)) return undefined;
  take(words, ...form);
  const selector = readSelector(words, readTerm);
  return selector && { op: 'related', relation, selector };
}

function readEveryPath(words: Words, scope: ConditionScope): Condition | undefined {
  if (!isRelated(words, scope)) return undefined;
  take(words, 'every', 'path');
  const direction = peek(words) === 'from' ? 'from' : 'to';
  if (!take(words, direction)) return wrong(words, 'unexpected-value', `Expected to or from after every path: every path to training passes validation.`);
  const others = readSelector(words, readTerm);
  if (!others) return undefined;
  if (!take(words, 'passes')) return wrong(words, 'unexpected-value', `Expected passes, and what every path passes: every path ${direction} ${others.text} passes validation.`);
  const gates = readSelector(words, readTerm);
  return gates && { op: 'every-path', direction, others, gates };
}

function isRelated(words: Words, scope: ConditionScope): boolean {
  if (!scope.related) wrong(words, 'unexpected-value', `${scope.owner} has no relations; ${peek(words) ?? ''} is asked of components. For whether there is a component, write some and its kind.`);
  return scope.related;
}

const COMPARISONS: readonly string[] = ['<', '<=', '>', '>=', '='];

function readTest(words: Words, read: ReadPath): Condition | undefined {
  const property = read.path;
  const operator = nodeAt(words)?.operator;
  if (operator !== undefined && COMPARISONS.includes(operator)) {
    words.at += 1;
    return readComparison(words, read, operator as Comparison);
  }
  if (take(words, 'declared')) return { op: 'declared', property };
  if (take(words, 'is')) {
    const negated = take(words, 'not');
    const condition = readIs(words, read);
    return condition && negated ? { op: 'not', part: condition } : condition;
  }
  if (take(words, 'has')) return readHas(words, read);
  return { op: 'present', property };
}
