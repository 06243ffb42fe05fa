import { batchingCapacity, type BatchingStation } from '../queueing/batching-capacity.ts';
import { respondInBatches, type BatchingResponse } from '../queueing/batching.ts';
import { banded, inQuadrature, type Banded, type Refusal } from '../quantity.ts';
import type { LinearBatchLaw } from './batch-law.ts';

/**
 * Fixed and variable work from what is published of most servers: seconds of a request alone, and items per second of one
 * device that never waits for work, on which the fixed work of one batch hides behind the variable work of the others.
 */
export function workFromThroughput(alone: number, perSecond: number): LinearBatchLaw | Refusal {
  if (!(alone > 0) || !(perSecond > 0) || !Number.isFinite(alone + perSecond)) return { refused: 'the time of a request and the throughput of a device must be above zero' };
  const perItem = Math.min(alone, 1 / perSecond);
  return { fixed: alone - perItem, perItem };
}

/** Percentiles of the time of a request in a server that groups requests. */
export interface LoadedPercentiles {
  readonly utilisation: number;
  /** Batches at work at once on one device. */
  readonly streams: number;
  readonly p50: Banded;
  readonly p99: Banded;
}

/** Too near to the maximum: requests per second that are taken at most. */
export interface BatchSaturation {
  readonly saturatesAt: number;
  readonly utilisation: number;
}

/** Beyond, an error of one percent of the capacity moves the wait by a fifth and more. */
const MOST_UTILISATION = 0.95;

/**
 * Errors against five runs of MLPerf Inference 1.1 (2021) whose batching is published: what is off without any queue, and
 * how far an error of the capacity of this size moves the wait.
 */
const LOG_SD = { p50: 0.1, p99: 0.18, capacity50: 0.008, capacity99: 0.015 } as const;

/**
 * Streams of a device share its arithmetic, so that a server uses only as many as its load needs: with more of them each batch
 * takes longer, with fewer batches queue. The number that serves half the requests soonest is taken, and for the tail the
 * one that serves 99 % of them soonest.
 */
export function loadedPercentiles(station: BatchingStation): LoadedPercentiles | BatchSaturation {
  const capacity = batchingCapacity(station);
  const utilisation = station.arrivalRate / capacity;
  if (!(utilisation < MOST_UTILISATION)) return { saturatesAt: capacity, utilisation };
  const responses = Array.from({ length: station.instances ?? 1 }, (_, index) => index + 1).flatMap((streams) => {
    const response = respondInBatches({ ...station, instances: streams });
    return 'saturated' in response ? [] : [{ streams, response }];
  });
  const [first] = responses;
  if (!first) return { saturatesAt: capacity, utilisation };
  const soonest = (p: number): { streams: number; response: BatchingResponse } => responses.reduce((best, next) => (next.response.quantile(p) < best.response.quantile(p) ? next : best), first);
  const [half, tail] = [soonest(0.5), soonest(0.99)];
  const pressure = utilisation / (1 - utilisation);
  const p50 = half.response.quantile(0.5);
  return {
    utilisation,
    streams: half.streams,
    p50: banded(p50, 's', 'transferred', inQuadrature(LOG_SD.p50, LOG_SD.capacity50 * pressure)),
    p99: banded(Math.max(p50, tail.response.quantile(0.99)), 's', 'transferred', inQuadrature(LOG_SD.p99, LOG_SD.capacity99 * pressure)),
  };
}
