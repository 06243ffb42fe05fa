import type { Element, Stated } from '../../model/architecture.ts';
import { pathText, type Comparison, type Condition, type PropertyPath } from '../../model/custom-rule.ts';
import type { Quantity } from '../../model/quantity.ts';
import { isComplete, presenceOf, statementOf } from '../../model/statements.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { evidenceOf } from '../presence.ts';
import { formatQuantity } from '../format.ts';
import { isFalse, isIrrelevant, isOpen, isTrue, type Judgement, type Open } from './judgement.ts';

export type PropertyCondition = Extract<Condition, { readonly property: PropertyPath }>;

/** What is declared of an element, against a condition on one of its properties. What is undeclared is open, never false. */
export function judgeProperty(element: Element, condition: PropertyCondition): Judgement {
  const { key, field } = condition.property;
  // What a kind cannot have is as absent as can be.
  if (!Object.hasOwn(tableOf(element), key)) return isFalse();
  const stated = statementOf(element, key);
  if (condition.op === 'declared') return isDeclared(stated, field) ? isTrue({ at: key }) : isFalse({ at: stated ? key : undefined });
  switch (presenceOf(element, key)) {
    case 'undeclared':
      return isOpen(openOf(element, condition.property));
    case 'unknown':
      return isOpen({ ...openOf(element, condition.property), statedUnknown: true });
    case 'not-applicable':
      return isIrrelevant(stated?.state === 'not-applicable' ? stated.because : '');
    case 'planned':
      return isFalse({ at: key, planned: stated?.state === 'planned' ? stated.by : undefined });
    case 'absent':
      return judgeAbsent(condition, stated);
    case 'present':
      return judgePresent(element, condition, stated);
  }
}

export function tableOf(element: Element): PropertyTable {
  if (element.kind === 'system' || element.kind === 'flow') return vocabulary.forms[element.kind];
  return vocabulary.kinds[element.kind]?.properties ?? {};
}

function isDeclared(stated: Stated | undefined, field: string | undefined): boolean {
  if (!stated || stated.state === 'unknown') return false;
  return field === undefined || stated.state !== 'present' || fieldOf(stated.value, field) !== undefined;
}

/** `no` is the value of a flag as well as its absence. */
function judgeAbsent(condition: PropertyCondition, stated: Stated | undefined): Judgement {
  const proof = { at: stated ? condition.property.key : undefined, evidence: evidenceOf(stated) };
  return condition.op === 'is' && condition.values.includes(false) ? isTrue(proof) : isFalse(proof);
}

function judgePresent(element: Element, condition: PropertyCondition, stated: Stated | undefined): Judgement {
  const { key, field } = condition.property;
  const whole = stated?.state === 'present' ? stated.value : undefined;
  const held = field === undefined ? whole : fieldOf(whole, field);
  const proof = { at: key, evidence: evidenceOf(stated) };
  // A record that leaves out a part says nothing of it, unless the component is declared complete.
  if (held === undefined || (field !== undefined && held === false)) return held === false || isComplete(element) ? judgeAbsent(condition, stated) : isOpen(openOf(element, condition.property));
  const holds = test(condition, held);
  if (holds === undefined) return isOpen(openComparison(element, condition, held));
  return holds ? isTrue(proof) : isFalse(proof);
}

function test(condition: PropertyCondition, held: unknown): boolean | undefined {
  switch (condition.op) {
    case 'is':
      return condition.values.includes(held as string | boolean);
    case 'has': {
      const list: readonly unknown[] = Array.isArray(held) ? held : [held];
      return condition.any ? condition.members.some((member) => list.includes(member)) : condition.members.every((member) => list.includes(member));
    }
    case 'compare':
      return isQuantity(held) ? compare(held, condition.comparison, condition.quantity) : false;
    default:
      return true;
  }
}

const fieldOf = (value: unknown, field: string): unknown => (typeof value === 'object' && value !== null && Object.hasOwn(value, field) ? (value as Readonly<Record<string, unknown>>)[field] : undefined);
const isQuantity = (value: unknown): value is Quantity => typeof value === 'object' && value !== null && 'low' in value && 'high' in value && 'unit' in value;

/** Undefined where a range lies on both sides, or the currencies differ. */
export function compare(a: Quantity, comparison: Comparison, b: Quantity): boolean | undefined {
  if (a.unit !== b.unit) return undefined;
  switch (comparison) {
    case '<':
      return a.high < b.low ? true : a.low >= b.high ? false : undefined;
    case '<=':
      return a.high <= b.low ? true : a.low > b.high ? false : undefined;
    case '>':
      return compare(b, '<', a);
    case '>=':
      return compare(b, '<=', a);
    case '=':
      if (a.high < b.low || a.low > b.high) return false;
      return a.low === a.high && b.low === b.high ? true : undefined;
  }
}

const WORDS: Readonly<Record<Comparison, string>> = { '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least', '=': 'exactly' };

function openOf(element: Element, path: PropertyPath): Open {
  return { element, property: path.key, ask: `Declare \`${path.field === undefined ? path.key : pathText(path)}\` of ${element.name}.` };
}

function openComparison(element: Element, condition: PropertyCondition, held: unknown): Open {
  if (condition.op !== 'compare' || !isQuantity(held)) return openOf(element, condition.property);
  const { property, comparison, quantity, written } = condition;
  const why = held.unit === quantity.unit ? `may be ${WORDS[comparison]} ${written} or not` : `cannot be compared with ${written}`;
  return { element, property: property.key, ask: `\`${pathText(property)}\` of ${element.name}, ${formatQuantity(held)}, ${why}: narrow it down.` };
}
