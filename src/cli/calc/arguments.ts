import { canonicalUnit, middle, type Quantity } from '../../model/quantity.ts';
import { dimensions, splitQuantity, unitOf, UNITLESS, type DimensionName } from '../../model/units.ts';
import { textOption, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';

/** What a number may be, in the canonical unit of its dimension; both ends are allowed. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/**
 * An argument with its unit, such as `--rate 200/s`, `--service 40ms`, `--target 11%` or `--price 1.006USD/h`, in the
 * canonical unit of its dimension; undefined where the option is not given.
 *
 * @throws Failure where it is no number, has no unit or one of another dimension, or is out of its limits.
 */
export function quantityOption(invocation: Invocation, name: string, dimension: DimensionName, limits: Limits = {}): Quantity | undefined {
  const text = textOption(invocation, name);
  return text === undefined ? undefined : quantityOf(name, text, dimension, limits);
}

/** The number of `quantityOption` alone. */
export function numberOption(invocation: Invocation, name: string, dimension: DimensionName, limits?: Limits): number | undefined {
  const found = quantityOption(invocation, name, dimension, limits);
  return found && middle(found);
}

/** The number of an option that must be given. */
export function requiredNumber(invocation: Invocation, name: string, dimension: DimensionName, limits?: Limits): number {
  const found = numberOption(invocation, name, dimension, limits);
  if (found === undefined) throw new Failure(`--${name} is needed, such as --${name} ${EXAMPLES[dimension] ?? '10'}.`);
  return found;
}

function quantityOf(name: string, text: string, dimension: DimensionName, { min = 0, max, integer }: Limits): Quantity {
  const { value, unit: written } = splitQuantity(text.trim());
  if (!Number.isFinite(value)) throw new Failure(`--${name} takes a ${dimensions[dimension].title}, such as ${EXAMPLES[dimension] ?? '10'}; found ${text}.`);
  // 200/s says what is counted as well as 200 req/s does.
  const unit = dimension === 'rate' && written.startsWith('/') ? `req${written}` : written;
  const known = unitOf(dimension, unit);
  if (!known && (unit !== '' || !UNITLESS.has(dimension))) throw new Failure(`--${name} takes a ${dimensions[dimension].title} with its unit, such as ${EXAMPLES[dimension] ?? '10'}; found ${text}.`);
  const canonical = value * (known?.factor ?? 1);
  if (canonical < min || canonical > (max ?? Infinity)) throw new Failure(`--${name} must be ${max === undefined ? `at least ${readable(min, dimension)}` : `between ${readable(min, dimension)} and ${readable(max, dimension)}`}; found ${text}.`);
  if (integer === true && !Number.isInteger(canonical)) throw new Failure(`--${name} must be a whole number; found ${text}.`);
  return { low: canonical, high: canonical, unit: canonicalUnit(dimension, known?.currency) };
}

const readable = (value: number, dimension: DimensionName): string => (dimension === 'ratio' ? `${value * 100} %` : `${value}${UNITLESS.has(dimension) ? '' : ` ${dimensions[dimension].canonical}`}`);

const EXAMPLES: Partial<Record<DimensionName, string>> = {
  rate: '200/s', duration: '40ms', ratio: '10%', count: '10', number: '1.5', size: '16GB', spend: '1.006USD/h', token_price: '0.15USD/Mtok', unit_price: '0.35USD/kreq', parameters: '8Bparams', tokens: '500tokens', compute: '989TFLOPS', bandwidth: '3350GB/s', growth: '8%/month',
};
