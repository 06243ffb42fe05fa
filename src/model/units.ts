/**
 * Units of measure: what an author may write, and the one canonical unit per dimension that the model holds.
 *
 * Canonical units are SI base units (seconds, bytes, per second), money in the currency that was written.
 */

export interface Unit {
  /** Multiply the written number by this to get the canonical unit. */
  readonly factor: number;
  readonly currency?: string;
}

export interface Dimension {
  readonly title: string;
  /** The unit in which the model holds the quantity. */
  readonly canonical: string;
  readonly units: Readonly<Record<string, Unit>>;
}

const unit = (factor: number): Unit => ({ factor });

/** A mean month: a twelfth of a Julian year (365.25 days). */
export const SECONDS_PER_MONTH = 2_629_800;
const SECONDS_PER_YEAR = 12 * SECONDS_PER_MONTH;

const duration: Record<string, Unit> = {
  ns: unit(1e-9),
  us: unit(1e-6),
  ms: unit(1e-3),
  s: unit(1),
  second: unit(1),
  seconds: unit(1),
  min: unit(60),
  minute: unit(60),
  minutes: unit(60),
  h: unit(3600),
  hour: unit(3600),
  hours: unit(3600),
  d: unit(86_400),
  day: unit(86_400),
  days: unit(86_400),
  week: unit(604_800),
  weeks: unit(604_800),
  month: unit(SECONDS_PER_MONTH),
  months: unit(SECONDS_PER_MONTH),
  year: unit(SECONDS_PER_YEAR),
  years: unit(SECONDS_PER_YEAR),
};

const PERIODS: Record<string, number> = {
  s: 1,
  min: 60,
  h: 3600,
  day: 86_400,
  week: 604_800,
  month: SECONDS_PER_MONTH,
  year: SECONDS_PER_YEAR,
};

/** `req/s`, `events/day` …: every counted noun over every period. */
function per(nouns: Record<string, number>, periods: readonly string[]): Record<string, Unit> {
  return Object.fromEntries(
    Object.entries(nouns).flatMap(([noun, factor]) =>
      periods.map((period) => [`${noun}/${period}`, unit(factor / (PERIODS[period] ?? 1))]),
    ),
  );
}

const bytes: Record<string, number> = {
  B: 1,
  KB: 1e3,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

const CURRENCIES = ['USD', 'EUR', 'GBP'] as const;

function money(suffixes: Record<string, number>): Record<string, Unit> {
  return Object.fromEntries(
    CURRENCIES.flatMap((currency) =>
      Object.entries(suffixes).map(([suffix, factor]) => [`${currency}${suffix}`, { factor, currency }]),
    ),
  );
}

const tokens = { tokens: 1, token: 1, tok: 1, ktok: 1e3, Mtok: 1e6 };

export const dimensions = {
  duration: { title: 'duration', canonical: 's', units: duration },
  rate: {
    title: 'rate',
    canonical: 'req/s',
    units: {
      qps: unit(1),
      rps: unit(1),
      ...per(
        { req: 1, requests: 1, events: 1, messages: 1, records: 1, rows: 1, predictions: 1, calls: 1, files: 1, alerts: 1 },
        Object.keys(PERIODS),
      ),
    },
  },
  size: {
    title: 'size',
    canonical: 'B',
    units: Object.fromEntries(Object.entries(bytes).map(([name, factor]) => [name, unit(factor)])),
  },
  bandwidth: { title: 'data rate', canonical: 'B/s', units: per(bytes, ['s', 'h', 'day', 'month']) },
  ratio: { title: 'share', canonical: '1', units: { '%': unit(0.01) } },
  growth: {
    title: 'growth rate',
    canonical: '1/month',
    units: { '%/month': unit(0.01), '%/week': unit((0.01 * SECONDS_PER_MONTH) / 604_800), '%/year': unit(0.01 / 12) },
  },
  money: { title: 'amount of money', canonical: 'money', units: money({ '': 1 }) },
  spend: {
    title: 'money over time',
    canonical: 'money/month',
    units: money({
      '/month': 1,
      '/year': 1 / 12,
      '/week': SECONDS_PER_MONTH / 604_800,
      '/day': SECONDS_PER_MONTH / 86_400,
      '/h': SECONDS_PER_MONTH / 3600,
    }),
  },
  unit_price: {
    title: 'price of one request',
    canonical: 'money/req',
    units: money({ '/req': 1, '/prediction': 1, '/kreq': 1e-3, '/Mreq': 1e-6 }),
  },
  token_price: {
    title: 'price of tokens',
    canonical: 'money/token',
    units: money({ '/Mtok': 1e-6, '/ktok': 1e-3 }),
  },
  tokens: { title: 'number of tokens', canonical: 'tokens', units: Object.fromEntries(Object.entries(tokens).map(([n, f]) => [n, unit(f)])) },
  token_rate: { title: 'token rate', canonical: 'tokens/s', units: { ...per(tokens, ['s', 'min', 'h', 'day']), TPM: unit(1 / 60) } },
  parameters: { title: 'number of parameters', canonical: 'params', units: { params: unit(1), parameters: unit(1) } },
  compute: {
    title: 'arithmetic rate',
    canonical: 'FLOP/s',
    units: { GFLOPS: unit(1e9), TFLOPS: unit(1e12), PFLOPS: unit(1e15), TOPS: unit(1e12), POPS: unit(1e15) },
  },
  count: {
    title: 'count',
    canonical: '1',
    units: Object.fromEntries(
      ['users', 'people', 'keys', 'features', 'samples', 'models', 'steps', 'rows', 'entities', 'runs'].map((n) => [n, unit(1)]),
    ),
  },
  number: { title: 'number', canonical: '1', units: {} },
} satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof dimensions;

/** Dimensions whose numbers stand without a unit. */
export const UNITLESS: ReadonlySet<DimensionName> = new Set(['count', 'number']);

/** Every unit of every dimension, longest first, so that a pattern made of them matches greedily. */
export function allUnits(): string[] {
  const names = new Set(Object.values(dimensions).flatMap((dimension) => Object.keys(dimension.units)));
  return [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

export function unitOf(dimension: DimensionName, name: string): Unit | undefined {
  const units: Readonly<Record<string, Unit>> = dimensions[dimension].units;
  return Object.hasOwn(units, name) ? units[name] : undefined;
}

const MULTIPLIERS: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** Splits the text of a quantity token, e.g. `14M req/day`, into its number and its unit ('' when it has none). */
export function splitQuantity(text: string): { value: number; unit: string } {
  const match = /^([\d_]+(?:\.\d+)?(?:[eE][+-]?\d+)?)([kKMBT](?![A-Za-z]))?[ \t]*(.*)$/s.exec(text);
  if (!match) return { value: Number.NaN, unit: '' };
  const value = Number((match[1] ?? '').replaceAll('_', '')) * (MULTIPLIERS[match[2] ?? ''] ?? 1);
  return { value, unit: match[3] ?? '' };
}
