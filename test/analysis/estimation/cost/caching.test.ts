import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cachedCost, cachedLatency, ttlCache, ttlFor, type CacheEffect, type Popularity, type TtlCache } from '../../../../src/analysis/estimation/cost/caching.ts';
import { always } from '../../../../src/analysis/estimation/latency/distribution.ts';

const effect = (rate: number, popularity: Popularity, cache: TtlCache): CacheEffect => {
  const found = ttlCache(rate, popularity, cache);
  if ('problem' in found) throw new Error(found.problem);
  return found;
};

describe('a cache with a time to live', () => {
  it('of one key has the closed forms', () => {
    expect(effect(2, { keys: 1, exponent: 1 }, { ttlSeconds: 3 })).toEqual({ hitRate: expect.closeTo(6 / 7, 14), entries: expect.closeTo(6 / 7, 14) });
    expect(effect(2, { keys: 1, exponent: 1 }, { ttlSeconds: 3, refreshOnHit: true }).hitRate).toBeCloseTo(1 - Math.exp(-6), 14);
  });

  it('of two keys asked for 2 : 1', () => {
    // λ = 2 and 1 a second; T = 1 s.
    expect(effect(3, { keys: 2, exponent: 1 }, { ttlSeconds: 1 })).toEqual({ hitRate: expect.closeTo((2 / 3) * (2 / 3) + (1 / 3) * (1 / 2), 14), entries: expect.closeTo(2 / 3 + 1 / 2, 14) });
  });

  it('of equally popular keys does not depend on grouping', () => expect(effect(1000, { keys: 100_000, exponent: 0 }, { ttlSeconds: 50 }).hitRate).toBeCloseTo(0.5 / 1.5, 12));

  it.each([[0.6, false], [0.6, true], [1, false], [1, true], [1.4, true]])('groups ranks without visible error (exponent %d, refresh %s)', (exponent, refreshOnHit) => {
    const [keys, rate, ttlSeconds] = [200_000, 50, 600];
    let [total, hits] = [0, 0];
    for (let rank = 1; rank <= keys; rank++) total += rank ** -exponent;
    for (let rank = 1; rank <= keys; rank++) {
      const share = rank ** -exponent / total;
      const asked = share * rate * ttlSeconds;
      hits += share * (refreshOnHit ? 1 - Math.exp(-asked) : asked / (1 + asked));
    }
    expect(effect(rate, { keys, exponent }, { ttlSeconds, refreshOnHit }).hitRate).toBeCloseTo(hits, 6);
  });

  it('answers what a simulation of its requests answers', () => {
    // Poisson requests for 50 keys, from a fixed linear congruential generator.
    let state = 12_345;
    const uniform = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
    const [rate, keys, ttlSeconds] = [10, 50, 5];
    const shares = Array.from({ length: keys }, (_, index) => 1 / (index + 1));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const refreshOnHit of [false, true]) {
      const expires = new Map<number, number>();
      let [time, hits] = [0, 0];
      for (let request = 0; request < 200_000; request++) {
        time -= Math.log(1 - uniform()) / rate;
        let [left, key] = [uniform() * total, 0];
        while (key < keys - 1 && (left -= shares[key]!) > 0) key++;
        const hit = (expires.get(key) ?? 0) > time;
        if (hit) hits++;
        if (!hit || refreshOnHit) expires.set(key, time + ttlSeconds);
      }
      expect(hits / 200_000).toBeCloseTo(effect(rate, { keys, exponent: 1 }, { ttlSeconds, refreshOnHit }).hitRate, 2);
    }
  });

  it('without traffic or time answers nothing', () => {
    expect(effect(0, { keys: 10, exponent: 1 }, { ttlSeconds: 10 })).toEqual({ hitRate: 0, entries: 0 });
    expect(effect(10, { keys: 10, exponent: 1 }, { ttlSeconds: 0 }).hitRate).toBe(0);
    expect(effect(10, { keys: 10, exponent: 1 }, { ttlSeconds: Number.POSITIVE_INFINITY }).hitRate).toBe(1);
  });

  it.each([[Number.NaN, 10, 1, 1], [-1, 10, 1, 1], [1, 0, 1, 1], [1, 10, -1, 1], [1, 10, 1, -1]])('rate %d, %d keys, exponent %d, %d s is unusable', (rate, keys, exponent, ttlSeconds) => expect(ttlCache(rate, { keys, exponent }, { ttlSeconds })).toHaveProperty('problem'));

  it('hits more often with more traffic, more time, fewer keys, and with refresh', () =>
    fc.assert(fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0.01, max: 1e5, noNaN: true }), fc.boolean(), fc.double({ min: 1, max: 10, noNaN: true }), (rate, keys, exponent, ttlSeconds, refreshOnHit, factor) => {
      const hitRate = (change: Partial<{ rate: number; keys: number; ttlSeconds: number; refreshOnHit: boolean }>): number => {
        const all = { rate, keys, ttlSeconds, refreshOnHit, ...change };
        return effect(all.rate, { keys: all.keys, exponent }, all).hitRate + 1e-9;
      };
      const here = hitRate({}) - 2e-9;
      expect(here).toBeGreaterThanOrEqual(-1e-9);
      expect(here).toBeLessThanOrEqual(1);
      expect(hitRate({ rate: rate * factor })).toBeGreaterThanOrEqual(here);
      expect(hitRate({ ttlSeconds: ttlSeconds * factor })).toBeGreaterThanOrEqual(here);
      expect(hitRate({ keys: Math.ceil(keys / factor) }) + 1e-4).toBeGreaterThanOrEqual(here);
      expect(hitRate({ refreshOnHit: true })).toBeGreaterThanOrEqual(here);
      // Only λT counts: the unit of time does not.
      expect(hitRate({ rate: rate * factor, ttlSeconds: ttlSeconds / factor })).toBeCloseTo(hitRate({}), 9);
    })));

  it('reaches a hit rate with its shortest time to live', () => {
    const popularity = { keys: 10_000, exponent: 0.9 };
    const ttlSeconds = ttlFor(0.7, 20, popularity) ?? 0;
    expect(effect(20, popularity, { ttlSeconds }).hitRate).toBeCloseTo(0.7, 9);
    expect(ttlFor(1, 20, popularity)).toBeUndefined();
    expect(ttlFor(0.5, 0, popularity)).toBeUndefined();
  });
});

describe('a cache before a model', () => {
  it('saves what it answers, where the cost follows the load', () => {
    expect(cachedCost(0.7, 5000, 1, 300)).toEqual({ perMonth: expect.closeTo(1800, 9), saved: expect.closeTo(3200, 9), worthFrom: expect.closeTo(0.06, 12) });
    expect(cachedCost(0.9, 5000, 0, 300)).toEqual({ perMonth: 5300, saved: -300 });
  });

  it('leaves the percentiles above the hit rate to the model', () => {
    const latency = cachedLatency(0.7, always(0.002), always(0.2));
    expect(latency.mean).toBeCloseTo(0.0614, 12);
    expect(latency.quantile(0.69)).toBeCloseTo(0.002, 6);
    expect(latency.quantile(0.71)).toBeCloseTo(0.2, 6);
  });
});
