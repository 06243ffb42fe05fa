import type { DraftValue, Literal, Stated } from './architecture.ts';
import type { Quantity } from './quantity.ts';
import { dimensions, UNITLESS, type DimensionName } from './units.ts';
import type { ValueType } from './value-type.ts';

/** Units in which people write a quantity, smallest first. */
const PREFERRED: Readonly<Record<DimensionName, readonly string[]>> = {
  duration: ['ns', 'us', 'ms', 's', 'min', 'h', 'days', 'years'],
  rate: ['req/day', 'req/h', 'req/s'],
  size: ['B', 'KB', 'MB', 'GB', 'TB', 'PB'],
  bandwidth: ['B/s', 'KB/s', 'MB/s', 'GB/s', 'TB/s'],
  ratio: ['%'],
  growth: ['%/month'],
  money: ['USD'],
  spend: ['USD/month'],
  unit_price: ['USD/Mreq', 'USD/kreq', 'USD/req'],
  token_price: ['USD/Mtok'],
  tokens: ['tokens'],
  token_rate: ['tokens/min', 'tokens/s'],
  parameters: ['params'],
  compute: ['GFLOPS', 'TFLOPS', 'PFLOPS'],
  count: [''],
  number: [''],
};

/** The text of a value, as an author would write it after the key. Reading it back gives the value again. */
export function printValue(type: ValueType, value: DraftValue): string {
  if (isLiteral(value)) return printLiteral(value);
  switch (type.type) {
    case 'quantity':
      return printQuantity(type.dimension, value as Quantity);
    case 'quantities':
      return `[${(value as Quantity[]).map((item) => printQuantity(type.dimension, item)).join(', ')}]`;
    case 'text':
    case 'time':
      return quoted(value as string);
    case 'texts':
      return `[${(value as string[]).map(quoted).join(', ')}]`;
    case 'names':
      return printList((value as string[]).map((item) => (/^(?!(?:none|unknown)$)[A-Za-z_]\w*(?:[.-]\w+)*$/.test(item) ? item : quoted(item))));
    case 'flag':
      return value === true ? 'yes' : 'no';
    case 'choices':
    case 'keys':
      return `[${(value as string[]).join(', ')}]`;
    case 'references':
      return printList(value as string[]);
    case 'record':
      return printRecord(type, value as Record<string, unknown>);
    default:
      return String(value);
  }
}

/** What was said of a property, as it stands after the key: the value or `none`, `n/a because …`, then the evidence for it. */
export function printStated(type: ValueType | undefined, stated: Stated): string {
  const held = stated.state === 'present' ? stated.value : stated;
  const text = type || isLiteral(held) ? printValue(type ?? { type: 'text' }, held) : typeof held === 'string' ? held : JSON.stringify(held);
  // A path that is the value itself counts as evidence too, and is not written twice.
  const evidence = 'evidence' in stated ? (stated.evidence ?? []).filter(({ target }) => target !== held) : [];
  return evidence.length === 0 ? text : `${text} evidence ${evidence.map(({ target }) => quoted(target)).join(' ')}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text in quotes, with the escapes that the language reads. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign)}"`;
const printList = (items: readonly string[]): string => (items.length === 1 ? (items[0] ?? '') : `[${items.join(', ')}]`);

function isLiteral(value: DraftValue): value is Literal {
  return typeof value === 'object' && value !== null && 'state' in value && typeof value.state === 'string' && ['none', 'unknown', 'not-applicable', 'planned'].includes(value.state);
}

function printLiteral(literal: Literal & { readonly evidence?: readonly { readonly target: string }[] }): string {
  if (literal.evidence) return [printLiteral({ ...literal, evidence: undefined }), 'evidence', ...literal.evidence.map(({ target }) => quoted(target))].join(' ');
  if (literal.state === 'not-applicable') return `n/a because ${quoted(literal.because)}`;
  return literal.state === 'planned' ? `planned by ${literal.by}` : literal.state;
}

function printRecord(type: Extract<ValueType, { type: 'record' }>, value: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(type.fields).filter((name) => value[name] !== undefined);
  const first = names.filter((name) => name === type.positional);
  const rest = names.filter((name) => name !== type.positional);
  return [...first, ...rest]
    .map((name) => {
      const field = type.fields[name]?.value;
      if (!field) return '';
      const text = printValue(field, value[name]);
      return name === type.positional ? text : `${name} ${text}`;
    })
    .join(' ');
}

export function printQuantity(dimension: DimensionName, { low, high, unit }: Quantity): string {
  const name = unitFor(dimension, high, unit);
  const factor = factorOf(dimension, name);
  const text = (value: number): string => digits(value / factor);
  const suffix = name === '' ? '' : ` ${name}`;
  return low === high ? `${text(high)}${suffix}` : `${text(low)}..${text(high)}${suffix}`;
}

/** Money for time in the unit of machines: `1.006 USD/h`. */
export function printPerHour({ low, high, unit }: Quantity): string {
  const name = `${unit.slice(0, 3)}/h`;
  const text = (value: number): string => digits(value / factorOf('spend', name));
  return low === high ? `${text(high)} ${name}` : `${text(low)}..${text(high)} ${name}`;
}

/** The largest unit in which the number is at least one and short; money keeps its currency. */
function unitFor(dimension: DimensionName, value: number, unit: string): string {
  if (UNITLESS.has(dimension)) return '';
  const currency = /^[A-Z]{3}/.exec(unit)?.[0] ?? 'USD';
  const names = PREFERRED[dimension].map((name) => name.replace('USD', currency));
  const short = names.filter((name) => digits(value / factorOf(dimension, name)).length <= 6);
  return short.findLast((name) => value / factorOf(dimension, name) >= 1) ?? short[0] ?? names[0] ?? '';
}

function factorOf(dimension: DimensionName, name: string): number {
  const units: Readonly<Record<string, { factor: number }>> = dimensions[dimension].units;
  return units[name]?.factor ?? 1;
}

/** Without exponent or the noise of binary fractions; thousands apart from 10,000 on. */
function digits(value: number): string {
  const rounded = Number(value.toPrecision(12));
  if (Number.isInteger(rounded) && rounded >= 10_000 && rounded < 1e15) return rounded.toLocaleString('en-US').replaceAll(',', '_');
  return rounded >= 1e21 || (rounded !== 0 && Math.abs(rounded) < 1e-6) ? rounded.toExponential() : String(rounded);
}
