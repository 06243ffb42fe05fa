import type { CatalogueEntry } from '../../model/architecture.ts';
import type { Quantity } from '../../model/quantity.ts';

/** An entry of the catalogue in a line: what it is called, and the figures that people choose by. */
export function catalogueSummary(entry: CatalogueEntry): string {
  return catalogueFacts(entry).slice(0, 4).map(({ text }) => text).join(', ');
}

export interface Fact {
  readonly term: string;
  readonly text: string;
}

const HOURS_PER_MONTH = 730.5;

/** What is known of an entry, with units; prices with their currency. The source and its day come last. */
export function catalogueFacts(entry: CatalogueEntry): Fact[] {
  const stated = entry.properties as Readonly<Record<string, unknown>>;
  const facts: Fact[] = [];
  const add = (term: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') facts.push({ term, text });
  };
  for (const [key, value] of Object.entries(stated)) if (key !== 'source' && key !== 'as_of') add(key, textOf(entry.kind, key, value));
  add('source', typeof stated['source'] === 'string' ? stated['source'] : undefined);
  add('as of', typeof stated['as_of'] === 'string' ? stated['as_of'] : undefined);
  return facts;
}

function textOf(kind: string, key: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.join(', ') : undefined;
  if (!isQuantity(value)) return undefined;
  // Prices of machines are held for a month and thought of by the hour; those of tokens by the million.
  if (kind === 'instance' && /\/month$/.test(value.unit)) return `${number(value.high / HOURS_PER_MONTH)} ${value.unit.replace('/month', '/h')}`;
  if (kind === 'llm' && value.unit.endsWith('/token')) return `${number(value.high * 1e6)} ${value.unit.replace('/token', '/Mtok')} ${key}`;
  return quantityText(value);
}

const isQuantity = (value: unknown): value is Quantity => typeof value === 'object' && value !== null && 'low' in value && 'high' in value && 'unit' in value;

const SCALES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  B: [['TB', 1e12], ['GB', 1e9], ['MB', 1e6], ['KB', 1e3]],
  'B/s': [['TB/s', 1e12], ['GB/s', 1e9], ['MB/s', 1e6]],
  'FLOP/s': [['PFLOPS', 1e15], ['TFLOPS', 1e12], ['GFLOPS', 1e9]],
  s: [['years', 31_557_600], ['days', 86_400], ['h', 3600], ['min', 60], ['s', 1], ['ms', 1e-3], ['µs', 1e-6]],
  params: [['B params', 1e9], ['M params', 1e6]],
};

/** A quantity in the unit in which people read it. */
export function quantityText({ low, high, unit }: Quantity): string {
  const [name, factor] = SCALES[unit]?.find(([, scale]) => high >= scale) ?? ([unit === '1' ? '' : unit, 1] as const);
  const text = low === high ? number(high / factor) : `${number(low / factor)} to ${number(high / factor)}`;
  return name === '' ? text : `${text} ${name}`;
}

const number = (value: number): string => String(Number(value.toPrecision(4)));
