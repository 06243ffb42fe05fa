import type { Latency } from '../latency/distribution.ts';
import { oneOf } from '../latency/compose.ts';

/**
 * What is asked for and how often: keys whose popularity falls with their rank like 1/rank^exponent (Zipf). The web
 * traces of Breslau et al. (1999) have exponents of 0.64 to 0.83.
 */
export interface Popularity {
  readonly keys: number;
  /** 0: all keys are asked for equally often. */
  readonly exponent: number;
}

/** A cache that forgets an entry a fixed time after it was written, or after it was last asked for. */
export interface TtlCache {
  readonly ttlSeconds: number;
  /** Whether a hit renews the time to live. */
  readonly refreshOnHit?: boolean;
}

/** What a cache answers in the long run. */
export interface CacheEffect {
  /** Share of the requests that it answers, 0 to 1. */
  readonly hitRate: number;
  /** Entries that it holds in the mean. */
  readonly entries: number;
}

/** Inputs with which there is no answer, and why. */
export interface Unusable {
  readonly problem: string;
}

/** Ranks that are summed one by one; beyond, groups of ranks of growing width stand for their middle. */
const EXACT_RANKS = 2000;
const GROUP_GROWTH = 1.005;

/**
 * Hit rate of a cache of unlimited size under independent requests: Σ pᵢ λᵢT/(1 + λᵢT) where a hit does not renew the time
 * to live, Σ pᵢ (1 − e^{−λᵢT}) where it does (Jung, Berger and Balakrishnan 2003; Fofack et al. 2012). Requests that come
 * in waves for the same key do better. The share of the time in which a key is in the cache is the same as its hit rate.
 *
 * @param rate Requests a second over all keys.
 */
export function ttlCache(rate: number, { keys, exponent }: Popularity, { ttlSeconds, refreshOnHit = false }: TtlCache): CacheEffect | Unusable {
  if (!(rate >= 0) || !Number.isFinite(rate)) return { problem: `the rate is ${rate}` };
  if (!(ttlSeconds >= 0)) return { problem: `the time to live is ${ttlSeconds} s` };
  if (!(keys >= 1) || !Number.isFinite(keys)) return { problem: `there are ${keys} keys` };
  if (!(exponent >= 0) || !Number.isFinite(exponent)) return { problem: `the exponent of the popularity is ${exponent}` };
  if (rate === 0 || ttlSeconds === 0) return { hitRate: 0, entries: 0 };
  const ranks = rankGroups(Math.round(keys));
  const weights = ranks.map(({ rank }) => rank ** -exponent);
  const total = ranks.reduce((sum, { width }, index) => sum + width * (weights[index] ?? 0), 0);
  let [hitRate, entries] = [0, 0];
  ranks.forEach(({ width }, index) => {
    const share = (weights[index] ?? 0) / total;
    const asked = share * rate * ttlSeconds;
    const held = asked === Number.POSITIVE_INFINITY ? 1 : refreshOnHit ? -Math.expm1(-asked) : asked / (1 + asked);
    hitRate += width * share * held;
    entries += width * held;
  });
  return { hitRate: Math.min(1, hitRate), entries };
}

/** The shortest time to live, in seconds, that reaches a hit rate; undefined where none does. */
export function ttlFor(hitRate: number, rate: number, popularity: Popularity, refreshOnHit = false): number | undefined {
  if (!(hitRate > 0 && hitRate < 1) || !(rate > 0)) return undefined;
  const reached = (ttlSeconds: number): number => {
    const effect = ttlCache(rate, popularity, { ttlSeconds, refreshOnHit });
    return 'problem' in effect ? 0 : effect.hitRate;
  };
  let [low, high] = [0, 1 / rate];
  while (reached(high) < hitRate) {
    [low, high] = [high, high * 4];
    if (high > 1e12) return undefined;
  }
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (reached(middle) < hitRate) low = middle;
    else high = middle;
  }
  return high;
}

function rankGroups(keys: number): { readonly rank: number; readonly width: number }[] {
  const groups: { rank: number; width: number }[] = [];
  for (let rank = 1; rank <= Math.min(keys, EXACT_RANKS); rank++) groups.push({ rank, width: 1 });
  for (let from = EXACT_RANKS + 1; from <= keys; ) {
    const to = Math.min(keys, Math.max(from, Math.floor(from * GROUP_GROWTH)));
    groups.push({ rank: (from + to) / 2, width: to - from + 1 });
    from = to + 1;
  }
  return groups;
}

/** Money for a request with a cache before the model, against that without. */
export interface CachedCost {
  /** Money a month: what the model still costs, and the cache. */
  readonly perMonth: number;
  /** Money a month that is saved; negative where the cache costs more than it saves. */
  readonly saved: number;
  /** Hit rate from which the cache pays for itself; undefined where no hit rate does. */
  readonly worthFrom?: number;
}

/**
 * The cost of the model falls with the share that still reaches it, and only so far as it follows the load: machines that
 * are always on cost the same.
 *
 * @param modelPerMonth Money a month without the cache.
 * @param followsLoad Share of that which falls with the traffic, 0 to 1: 1 for a price a call, 0 for machines that stay.
 * @param cachePerMonth Money a month for the cache.
 */
export function cachedCost(hitRate: number, modelPerMonth: number, followsLoad: number, cachePerMonth: number): CachedCost {
  const saving = modelPerMonth * followsLoad;
  const saved = saving * hitRate - cachePerMonth;
  const worthFrom = saving > 0 ? cachePerMonth / saving : Number.POSITIVE_INFINITY;
  return { perMonth: modelPerMonth - saved, saved, ...(worthFrom <= 1 ? { worthFrom } : {}) };
}

/** Time for an answer with a cache before the model: a mixture, so that percentiles above the hit rate are those of the model. */
export const cachedLatency = (hitRate: number, hit: Latency, miss: Latency): Latency => oneOf([{ latency: hit, share: hitRate }, { latency: miss, share: 1 - hitRate }]);
