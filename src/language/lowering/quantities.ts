import type { Quantity } from '../../model/quantity.ts';
import { canonicalUnit } from '../../model/quantity.ts';
import { dimensions, splitQuantity, unitOf, UNITLESS, type DimensionName, type Unit } from '../../model/units.ts';
import type { Value } from '../generated/ast.ts';
import { listed, nearest } from './nearest.ts';
import { report, type Lowering } from './reporter.ts';

interface QuantityType {
  readonly dimension: DimensionName;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** No figure of an architecture is larger; what is larger is a slip of the pen. */
const ABSURD = 1e18;

/** Reads `45 ms` or `20..40 ms`. `next` is the value after it, which may be a misspelt unit; `used` counts it then. */
export function lowerQuantity(lowering: Lowering, node: Value, type: QuantityType, next: Value | undefined): { quantity?: Quantity; used: number } {
  const high = splitQuantity(node.high ?? node.low ?? '');
  const low = splitQuantity(node.low ?? '');
  // In `20..40 ms` the unit stands once, at the end.
  if (low.unit === '') low.unit = high.unit;
  const misspelt = high.unit === '' && !UNITLESS.has(type.dimension) && next?.ref !== undefined && !next.list ? next.ref.$refText : undefined;
  const unit = misspelt === undefined ? undefined : nearestUnit(misspelt, type.dimension);
  if (unit !== undefined) {
    report(lowering, 'unknown-unit', next, `Unknown unit ${misspelt}. Did you mean ${unit}? ${takes(type.dimension)}`, { instead: unit });
    return { used: 2 };
  }
  const lowUnit = unitFor(lowering, node, low.unit, type.dimension);
  const highUnit = unitFor(lowering, node, high.unit, type.dimension);
  if (!lowUnit || !highUnit) return { used: 1 };
  const quantity: Quantity = { low: times(low.value, lowUnit.factor), high: times(high.value, highUnit.factor), unit: canonicalUnit(type.dimension, highUnit.currency) };
  return { quantity: withinBounds(lowering, node, quantity, type) ? quantity : undefined, used: 1 };
}

/** Without the noise of binary fractions: 9 ms are 0.009 s. */
const times = (value: number, factor: number): number => (factor === 1 ? value : Number((value * factor).toPrecision(15)));

function unitFor(lowering: Lowering, node: Value, name: string, dimension: DimensionName): Unit | undefined {
  if (name === '' && UNITLESS.has(dimension)) return { factor: 1 };
  const unit = unitOf(dimension, name) ?? (dimension === 'number' ? unitOf('ratio', name) : undefined);
  if (unit) return unit;
  const written = node.$cstNode?.text ?? '';
  const message = name === '' ? `${written} lacks a unit. ${takes(dimension)}` : `${written} is not a ${dimensions[dimension].title}. ${takes(dimension)}`;
  report(lowering, 'wrong-unit', node, message);
  return undefined;
}

function takes(dimension: DimensionName): string {
  const { title, units } = dimensions[dimension];
  const names = Object.keys(units);
  if (names.length === 0) return 'It takes a number without a unit.';
  return `A ${title} takes ${UNITLESS.has(dimension) ? 'no unit, or ' : ''}${listed(names)}.`;
}

function nearestUnit(word: string, dimension: DimensionName): string | undefined {
  return nearest(word, Object.keys(dimensions[dimension].units));
}

function withinBounds(lowering: Lowering, node: Value, { low, high }: Quantity, { min, max, integer, dimension }: QuantityType): boolean {
  const written = node.$cstNode?.text ?? '';
  const fail = (message: string): false => {
    report(lowering, 'out-of-range', node, message);
    return false;
  };
  if (!Number.isFinite(low) || !Number.isFinite(high) || high > ABSURD) return fail(`${written} is larger than anything an architecture can have.`);
  if (low > high) return fail(`The range ${written} runs backwards; write the smaller number first.`);
  if (max !== undefined && high > max) return fail(dimension === 'ratio' ? `${written} is more than ${max * 100} %.` : `${written} is more than ${max}.`);
  if (min !== undefined && low < min) return fail(`${written} is less than ${min}.`);
  if (integer && !(Number.isInteger(low) && Number.isInteger(high))) return fail(`${written} is not a whole number.`);
  return true;
}
