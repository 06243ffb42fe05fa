/**
 * Compares the closed forms of queueing with simulation and prints the accuracy: stations over a grid of 375, with a
 * million requests each unless another number is given.
 *
 *     node scripts/validate-queueing.ts [requests]
 */
import { respond, type Station } from '../src/analysis/estimation/queueing/station.ts';
import { simulateStation } from '../src/analysis/estimation/simulation/station.ts';

const requests = Number(process.argv[2] ?? 1_000_000);

const FIGURES = ['p50', 'p95', 'p99', 'mean'] as const;
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

interface Compared {
  readonly station: Station;
  /** Relative errors, estimate over simulation less one. */
  readonly errors: Readonly<Record<(typeof FIGURES)[number], number>>;
}

const stations: Station[] = [1, 2, 5, 10, 50].flatMap((servers) =>
  [0.5, 0.7, 0.8, 0.9, 0.95].flatMap((rho) =>
    [0, 0.25, 1, 2, 4].flatMap((serviceScv) => [0.5, 1, 2].map((arrivalScv): Station => ({ arrivalRate: rho * servers, serviceTime: 1, servers, arrivalScv, serviceScv }))),
  ),
);

const compared = stations.flatMap((station, index): Compared[] => {
  const response = respond(station);
  if ('saturated' in response) return [];
  const sample = simulateStation(station, { requests, seed: index + 1 });
  const error = (p: number): number => response.quantile(p) / sample.quantile(p) - 1;
  return [{ station, errors: { p50: error(SHARES.p50), p95: error(SHARES.p95), p99: error(SHARES.p99), mean: response.mean / sample.mean - 1 } }];
});

const quantile = (values: readonly number[], p: number): number => values[Math.min(values.length - 1, Math.floor(p * values.length))] ?? Number.NaN;
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`.padStart(8);

function table(title: string, cases: readonly Compared[]): void {
  console.log(`\n${title}: ${cases.length} stations\n${'absolute error'.padEnd(16)}  median      p90      max   mean signed`);
  for (const figure of FIGURES) {
    const signed = cases.map(({ errors }) => errors[figure]);
    const absolute = signed.map(Math.abs).sort((a, b) => a - b);
    console.log(`${figure.padEnd(14)}${[quantile(absolute, 0.5), quantile(absolute, 0.9), absolute.at(-1) ?? Number.NaN, signed.reduce((sum, error) => sum + error, 0) / signed.length].map(percent).join(' ')}`);
  }
}

table('Poisson arrivals', compared.filter(({ station }) => station.arrivalScv === 1));
table('any arrivals', compared);
for (const arrivalScv of [0.5, 2]) table(`arrivals of variation ${arrivalScv}`, compared.filter(({ station }) => station.arrivalScv === arrivalScv));
for (const serviceScv of [0, 0.25, 1, 2, 4]) table(`service of variation ${serviceScv}, Poisson arrivals`, compared.filter(({ station }) => station.serviceScv === serviceScv && station.arrivalScv === 1));

console.log('\nlargest errors of p99');
for (const { station, errors } of [...compared].sort((a, b) => Math.abs(b.errors.p99) - Math.abs(a.errors.p99)).slice(0, 8)) {
  const { servers, arrivalRate, arrivalScv, serviceScv } = station;
  console.log(`${percent(errors.p99)}  ${servers} servers, busy ${(arrivalRate / servers).toFixed(2)}, arrivals ${arrivalScv}, service ${serviceScv}`);
}
