import { estimate } from '../../src/analysis/estimation/estimate.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { load } from '../../src/cli/load.ts';

/** Stations on one way of requests: a service that asks others, which ask stores. */
const WAY = 10;

/** An architecture of so many stations in ways of ten, each with a consumer that has an objective. */
function stationsText(stations: number): string {
  const ways = Array.from({ length: Math.ceil(stations / WAY) }, (_, way) => {
    const services = Array.from({ length: WAY - 3 }, (_, index) => `  service S${way}_${index} : realtime { replicas ${2 + ((way + index) % 7)}..20 autoscale on cpu at 65 % concurrency ${1 + (index % 4)} service_time p50 ${5 + ((way * 3 + index) % 30)} ms p99 ${30 + ((way + index * 5) % 60)} ms }`);
    const stores = [0, 1].map((index) => `  store D${way}_${index} : online { technology redis capacity 20_000 req/s latency p50 1 ms p99 ${4 + index} ms }`);
    const calls = services.slice(1).map((_, index) => `  S${way}_0 -> S${way}_${index + 1} { sync }`);
    return [`  consumer C${way} { peak ${20 + (way % 50)} req/s slo p99 <= 400 ms }`, `  gateway G${way} { capacity 5_000 req/s latency p50 1 ms p99 3 ms }`, ...services, ...stores, `  C${way} -> G${way} -> S${way}_0`, ...calls, `  D${way}_0 -> S${way}_1`, `  D${way}_1 -> S${way}_2`].join('\n');
  });
  return `system Bench {\n${ways.join('\n')}\n}\n`;
}

/** Estimates before those that count: what is measured is an editor or a service at work, not one that starts. */
const warmUpOf = (stations: number): number => Math.max(12, Math.ceil(4000 / stations));

/** Median milliseconds of an estimate of a model that nothing is known of yet; the models are read before, so that their garbage is not counted. */
export function measureEstimate(stations: number, multiples: readonly number[], runs = 15): number {
  const text = stationsText(stations);
  const warmUp = warmUpOf(stations);
  const architectures = Array.from({ length: warmUp + runs }, () => {
    const [architecture] = load([{ file: 'bench.mlarch', text }]).architectures;
    if (!architecture) throw new Error('The generated architecture cannot be read.');
    return architecture;
  });
  const times = architectures.map((architecture) => {
    const start = performance.now();
    estimate({ architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' }, multiples);
    return performance.now() - start;
  });
  return times.slice(warmUp).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}
