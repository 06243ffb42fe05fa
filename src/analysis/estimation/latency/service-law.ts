import { lowerGammaInverse, normalQuantile } from '../../statistics/special-functions.ts';
import type { Percentiles } from './distribution.ts';

/** First two moments of a service time: mean in seconds, and variance over the squared mean. */
export interface ServiceLaw {
  readonly mean: number;
  readonly scv: number;
}

/** Squared coefficient of variation where only one figure of a service time is known: between constant work and exponential. */
export const USUAL_SCV = 0.25;

/** Work that does not depend on the request hardly varies; a gamma law needs some width to be solvable. */
const LEAST_SCV = 1e-4;
const MOST_SCV = 16;

/**
 * The gamma law through a median and a tail of a service time: without waiting its percentiles are those declared.
 * Undefined where no percentile is known.
 */
export function serviceLawOf({ p50, p95, p99 }: Percentiles): ServiceLaw | undefined {
  const tail = p99 !== undefined ? { p: 0.99, time: p99 } : p95 !== undefined ? { p: 0.95, time: p95 } : undefined;
  if (p50 !== undefined && p50 > 0 && tail && tail.time >= p50) return withMedian(p50, scvOf(tail.time / p50, tail.p));
  const only = p50 !== undefined ? { p: 0.5, time: p50 } : tail;
  if (!only) return undefined;
  return { mean: only.time / standardQuantile(USUAL_SCV, only.p), scv: USUAL_SCV };
}

const withMedian = (median: number, scv: number): ServiceLaw => ({ mean: median / standardQuantile(scv, 0.5), scv });

/** Quantile of a gamma law with mean one. */
const standardQuantile = (scv: number, p: number): number => lowerGammaInverse(1 / scv, p) * scv;

const MOST_STEPS = 20;

const clamped = (logScv: number): number => Math.min(Math.log(MOST_SCV), Math.max(Math.log(LEAST_SCV), logScv));

const known = new Map<string, number>();

/** The squared coefficient of variation at which the tail is so many times the median. */
function scvOf(ratio: number, p: number): number {
  const key = `${p} ${ratio.toPrecision(6)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const target = Math.log(ratio);
  const missing = (logScv: number): number => Math.log(standardQuantile(Math.exp(logScv), p) / standardQuantile(Math.exp(logScv), 0.5)) - target;
  // A log-normal law of the same ratio is near; from there the secant closes in.
  let [before, here] = [clamped(Math.log(Math.expm1((target / normalQuantile(p)) ** 2))), 0];
  let [missedBefore, missed] = [missing(before), 0];
  here = clamped(before - missedBefore);
  for (let step = 0; step < MOST_STEPS && here !== before; step++) {
    missed = missing(here);
    if (Math.abs(missed) < 1e-9 || missed === missedBefore) break;
    const next = clamped(here - (missed * (here - before)) / (missed - missedBefore));
    [before, missedBefore, here] = [here, missed, next];
  }
  const scv = Math.exp(here);
  // What is declared repeats; what is derived may not, so the memory is bounded.
  if (known.size < 1000) known.set(key, scv);
  return scv;
}
