/**
 * Compares the closed forms of queueing with simulation and prints the accuracy: stations over a grid of 375, with a
 * million requests each unless another number is given, then fork and join, hedged requests, and the variation along a line.
 *
 *     node scripts/validate-queueing.ts [requests]
 */
import { forkJoinMean, hedgedStation } from '../src/analysis/estimation/queueing/fan-out.ts';
import { solveNetwork, type NetworkNode } from '../src/analysis/estimation/queueing/network.ts';
import { respond, type Station } from '../src/analysis/estimation/queueing/station.ts';
import { simulateNetwork } from '../src/analysis/estimation/simulation/network.ts';
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

const node = (changes: Partial<NetworkNode>): NetworkNode => ({ external: 0, externalScv: 1, servers: 1, serviceTime: 1, serviceScv: 1, ...changes });
/** Takes no time and hands all on. */
const entry = (external: number): NetworkNode => node({ external, serviceTime: 0, serviceScv: 0 });
const fewer = Math.ceil(requests / 4);

console.log('\nfork and join, one line before each leaf: mean, estimate over simulation less one');
for (const leaves of [2, 4, 8, 16, 32]) {
  const errors = [0.2, 0.5, 0.8].map((rho) => {
    const network = { nodes: [entry(rho), ...Array.from({ length: leaves }, () => node({}))], routes: Array.from({ length: leaves }, (_, leaf) => ({ from: 0, to: leaf + 1, calls: 1 })) };
    return (forkJoinMean({ arrivalRate: rho, serviceTime: 1, leaves }) ?? 0) / simulateNetwork(network, { requests: fewer, seed: leaves }).mean - 1;
  });
  console.log(`${String(leaves).padStart(3)} leaves  ${[0.2, 0.5, 0.8].map((rho, index) => `busy ${rho} ${percent(errors[index] ?? 0)}`).join('   ')}`);
}

console.log('\nhedged at the p95: p99, estimate over simulation less one; * where the estimate says that it holds');
for (const servers of [1, 2, 4, 10, 50]) {
  const cells = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7].map((rho) => {
    const estimate = hedgedStation({ arrivalRate: rho * servers, serviceTime: 1, servers, arrivalScv: 1, serviceScv: 1 }, 0.95);
    if ('saturated' in estimate) return 'full';
    const { quantile, nodes } = simulateNetwork({ nodes: [entry(rho * servers), node({ servers })], routes: [{ from: 0, to: 1, calls: 1, timeout: estimate.delay, attempts: 2, hedged: true }] }, { requests: fewer, seed: servers });
    const collapsed = (nodes[1]?.utilisation ?? 0) > estimate.utilisation * 1.2;
    return `${rho}${collapsed ? 'collapse'.padStart(9) : percent(estimate.latency.quantile(0.99) / quantile(0.99) - 1)}${estimate.reliable ? '*' : ' '}`;
  });
  console.log(`${String(servers).padStart(3)} servers  ${cells.join('  ')}`);
}

console.log('\ntwo stations in a line: mean time at the second, estimate over simulation less one (and if its arrivals were Poisson)');
for (const externalScv of [1, 4]) {
  for (const serviceScv of [0, 0.25, 4]) {
    const cells = [0.5, 0.8, 0.9].map((rho) => {
      const network = { nodes: [node({ external: 1, externalScv, serviceTime: rho, serviceScv }), node({ serviceTime: rho })], routes: [{ from: 0, to: 1, calls: 1 }] };
      const simulated = simulateNetwork(network, { requests: fewer, seed: 7 }).nodes[1]?.sojourn ?? 0;
      const error = (arrivalScv: number): number => {
        const response = respond({ arrivalRate: 1, serviceTime: rho, servers: 1, arrivalScv, serviceScv: 1 });
        return 'saturated' in response ? Number.NaN : response.mean / simulated - 1;
      };
      return `busy ${rho} ${percent(error(solveNetwork(network).nodes[1]?.arrivalScv ?? 1))} (${percent(error(1)).trim()})`;
    });
    console.log(`arrivals ${externalScv}, first service ${String(serviceScv).padEnd(4)}  ${cells.join('   ')}`);
  }
}
