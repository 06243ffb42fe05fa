import type { Latency } from '../latency/distribution.ts';
import { batchingCapacity, type BatchingStation } from './batching-capacity.ts';
import { gatheringOf } from './batching-chain.ts';
import { batchLatency } from './batching-latency.ts';
import { lineOf } from './batching-line.ts';
import { totalsOf } from './batching-totals.ts';
import { NEAR_SATURATION, waitLawOf, type Saturated } from './station.ts';
import { NO_WAIT, type WaitLaw } from './wait-law.ts';

export interface BatchingResponse extends Latency {
  /** Arrivals over capacity, below one. */
  readonly utilisation: number;
  /** Requests in a group on average. */
  readonly meanBatch: number;
  /** Share of the time that an instance works. */
  readonly busyFraction: number;
  readonly nearSaturation: boolean;
}

/**
 * The time of a request where requests are served in groups. Exact for one instance that takes what there is, in times that do
 * not vary. Against simulation, in the middle of cases and in nine of ten: percentiles of one instance within 1 % and 4 %,
 * with a delay 3 % and 10 %; of two accelerators behind one line 5 % and 11 %, of eight 12 % and 31 %, mostly too low.
 */
export function respondInBatches(station: BatchingStation): BatchingResponse | Saturated {
  const utilisation = station.arrivalRate / batchingCapacity(station);
  if (!(utilisation < 1)) return { saturated: true, utilisation, multiple: 1 / utilisation };
  const free = responseOf(station, utilisation, false);
  if ((station.instances ?? 1) === 1) return free;
  // Both ways to see instances that share an accelerator are too high where the other one holds.
  const inTurn = responseOf(station, utilisation, true);
  return inTurn.mean < free.mean ? inTurn : free;
}

function responseOf(station: BatchingStation, utilisation: number, inTurn: boolean): BatchingResponse {
  const gathering = gatheringOf(lineOf(station, inTurn), station.maxBatch);
  const totals = totalsOf(gathering.chain, gathering.shares, gathering.rows);
  const { meanBatch, busyFraction } = totals;
  const computeWait = inTurn ? NO_WAIT : computeWaitOf(station, meanBatch);
  return { utilisation, meanBatch, busyFraction, nearSaturation: utilisation > NEAR_SATURATION, ...batchLatency(gathering, totals, computeWait) };
}

/** Instances of one accelerator prepare side by side and compute in turn: the wait of a group for those before it, as in M/D/1. */
function computeWaitOf({ arrivalRate, perItem, serviceScv = 0, instances = 1, replicas = 1 }: BatchingStation, meanBatch: number): WaitLaw {
  if (instances === 1 || perItem <= 0) return NO_WAIT;
  return waitLawOf({ arrivalRate: arrivalRate / replicas / meanBatch, serviceTime: perItem * meanBatch, servers: 1, arrivalScv: 1, serviceScv });
}
