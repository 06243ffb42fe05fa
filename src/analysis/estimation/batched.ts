import type { Latency } from './latency/distribution.ts';
import { series } from './latency/compose.ts';
import type { Replica } from './replica.ts';

/** The time in replicas that group requests as they come; undefined where they do not keep up. */
export function batchedResponse(replica: Pick<Replica, 'fixed' | 'perItem' | 'scv' | 'streams'> & Required<Pick<Replica, 'batching'>>, rate: number, count: number): Latency | undefined {
  const { fixed, perItem, scv, streams, batching } = replica;
  const perStream = rate / (count * streams);
  const slack = 1 - perStream * perItem;
  if (slack <= 0) return undefined;
  const size = Math.max(1, Math.min(batching.max, (perStream * fixed) / slack));
  const time = fixed + perItem * size;
  const busy = Math.min(1, (perStream * time) / size);
  const delay = Math.min(batching.delay, (batching.max - 1) / (perStream || Number.MIN_VALUE) / 2);
  return series([uniform(busy * time), uniform(delay), gammaTime(time, scv)]);
}

const uniform = (most: number): Latency => ({ mean: most / 2, variance: most ** 2 / 12, thirdCumulant: 0, tail: (t) => Math.min(1, Math.max(0, 1 - t / most)), quantile: (p) => p * most });

const gammaTime = (mean: number, scv: number): Latency => ({ mean, variance: scv * mean ** 2, thirdCumulant: 2 * scv ** 2 * mean ** 3, tail: () => 0, quantile: () => mean });
