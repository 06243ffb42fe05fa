import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, type Estimation } from '../../../src/analysis/estimation/estimate.ts';
import { respond } from '../../../src/analysis/estimation/queueing/station.ts';
import type { RetryLoad } from '../../../src/analysis/estimation/retry-load.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { estimateJson } from '../../../src/report/estimate-json.ts';
import { estimateText } from '../../../src/report/estimate-text.ts';
import { loadText } from '../../support/load.ts';

const PLAIN = { bold: String, dim: String, red: String, yellow: String, green: String };

function estimateOf(lines: readonly string[]): Estimation {
  const { architectures, problems } = loadText(`system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return estimate({ architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: '2026-11-21' }, [1]);
}

const retriesOf = (lines: readonly string[], name = 'Api'): RetryLoad | undefined => estimateOf(lines).stations.find(({ component }) => component === name)?.retries;

/** Exponential times with a mean of 40 ms. */
const EXPONENTIAL = 'service_time p50 27.72588722 ms p99 184.2068074 ms';
const web = (peak: number): string => `consumer Web { peak ${peak} req/s }`;
const api = (replicas: number): string => `service Api : realtime { replicas ${replicas} concurrency 1 ${EXPONENTIAL} }`;
const calling = (timeout: number, retries: number): string => `Web -> Api { sync timeout ${timeout} ms retries ${retries} }`;

describe('retries of calls that time out', () => {
  it('agree with the time of M/M/1 under the traffic that they make', () => {
    // P(T > t) = e^−(25 − λ)t of M/M/1; with λ = 10 · (1 + p) and t = 0.2 s, p = e^−(5 − 2 − 2p), so p = e^−3 · e^(2p): the smaller root.
    let p = 0;
    for (let round = 0; round < 200; round++) p = Math.exp(-3 + 2 * p);
    expect(p).toBeCloseTo(0.0556, 4);
    const retries = retriesOf([web(10), api(1), calling(200, 1)]);
    expect(retries?.settles).toBe(true);
    expect(retries?.timedOut?.value).toBeCloseTo(p, 5);
    expect(retries?.factor?.value).toBeCloseTo(1 + p, 5);
    expect(retries?.factor?.low).toBeLessThan(1 + p);
    expect(retries?.factor?.high).toBeGreaterThan(1 + p);
  });

  it('are a geometric sum where there are several', () => {
    const retries = retriesOf([web(10), api(1), calling(250, 3)]);
    const p = retries?.timedOut?.value ?? 0;
    expect(p).toBeGreaterThan(0.02);
    expect(retries?.factor?.value).toBeCloseTo(1 + p + p ** 2 + p ** 3, 6);
    const traffic = 10 * (retries?.factor?.value ?? 0);
    expect(p).toBeCloseTo(Math.exp(-(25 - traffic) * 0.25), 5);
  });

  it('are a storm where no traffic below what it takes agrees with them', () => {
    // λ = 20 · (1 + p + p² + p³) and t = 0.1 s: p = e^−0.5 at the start, and 20 · 1.99 is beyond 25.
    const estimation = estimateOf([web(20), api(1), calling(100, 3)]);
    expect(estimation.stations[0]?.retries).toEqual({ settles: false });
    expect(estimateText(estimation, PLAIN)).toContain('a retry storm: does not settle');
    expect(JSON.parse(JSON.stringify(estimateJson([estimation])))).toMatchObject({ systems: [{ stations: [{ retries: { settles: false } }] }] });
  });

  it('leave the traffic itself as it is', () => {
    const estimation = estimateOf([web(10), api(1), calling(200, 1)]);
    expect(estimation.stations[0]?.traffic?.value).toBe(10);
    expect(estimation.stations[0]?.at[0]?.utilisation?.value).toBeCloseTo(0.4, 6);
    expect(estimateText(estimation, PLAIN)).toContain('5.6 % time out, retries make it 1.06× the traffic');
  });

  it('weigh callers by how much they send', () => {
    // Half of the traffic tries again once.
    const retries = retriesOf(['consumer Web { peak 5 req/s }', 'consumer Patient { peak 5 req/s }', api(1), calling(200, 1), 'Patient -> Api { sync timeout 200 ms }']);
    const p = retries?.timedOut?.value ?? 0;
    expect(retries?.factor?.value).toBeCloseTo(1 + p / 2, 6);
    expect(p).toBeCloseTo(Math.exp(-(25 - 10 * (1 + p / 2)) * 0.2), 5);
  });

  it('wait for what is called in turn', () => {
    const slow = [web(1), 'service Api : realtime { replicas 4 concurrency 1 service_time p50 1 ms p99 2 ms }', `service Deep : realtime { replicas 40 concurrency 1 ${EXPONENTIAL} }`, 'Api -> Deep', calling(120, 1)];
    // e^−3 of exponential times of 40 ms take longer than 120 ms, and a little more with a millisecond before them.
    expect(retriesOf(slow)?.timedOut?.value).toBeGreaterThan(Math.exp(-3));
    expect(retriesOf(slow)?.timedOut?.value).toBeLessThan(Math.exp(-2.9));
  });

  it('are not told where nobody tries again, waits for ever, or no time is known', () => {
    expect(retriesOf([web(10), api(1), 'Web -> Api { sync timeout 200 ms }'])).toBeUndefined();
    expect(retriesOf([web(10), api(1), 'Web -> Api { sync retries 3 }'])).toBeUndefined();
    expect(retriesOf([web(10), 'service Api : realtime { replicas 2 throughput 25 req/s }', calling(200, 1)])).toBeUndefined();
    expect(retriesOf([web(100), 'service Api : realtime { service_time p50 20 ms p99 60 ms }', calling(100, 1)])).toBeUndefined();
  });

  it('say nothing in the text below one in a thousand', () => {
    const estimation = estimateOf([web(10), api(10), calling(2000, 2)]);
    expect(estimation.stations[0]?.retries?.timedOut?.value).toBeLessThan(0.001);
    expect(estimateText(estimation, PLAIN)).not.toContain('time out');
  });

  it('rest at the smallest traffic that agrees with them', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 5, max: 85 }), fc.integer({ min: 60, max: 600 }), fc.integer({ min: 1, max: 4 }), (servers, busy, timeout, tries) => {
      const rate = (servers * 25 * busy) / 100;
      const retries = retriesOf([web(rate), api(servers), calling(timeout, tries)]);
      const gained = (factor: number): number => {
        const response = respond({ arrivalRate: rate * factor, serviceTime: 0.04, servers, arrivalScv: 1, serviceScv: 1 });
        if ('saturated' in response) return 1 + tries;
        const p = response.tail(timeout / 1000);
        return Array.from({ length: tries + 1 }, (_, index) => p ** index).reduce((sum, share) => sum + share, 0);
      };
      const factor = retries?.factor?.value;
      if (retries?.settles === true && factor !== undefined) {
        expect(gained(factor)).toBeCloseTo(factor, 3);
        // Below it every traffic makes more of itself.
        for (const part of [0, 0.25, 0.5, 0.75, 0.95]) expect(gained(1 + (factor - 1) * part)).toBeGreaterThanOrEqual((1 + (factor - 1) * part) * (1 - 1e-4));
      }
      if (retries?.settles === false) for (let share = busy / 100; share < 0.94; share += 0.02) expect(gained((share * 100) / busy)).toBeGreaterThan(((share * 100) / busy) * (1 - 1e-4));
    }), { numRuns: 40 });
  });
});
