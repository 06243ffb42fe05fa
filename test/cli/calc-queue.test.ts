import { afterEach, describe, expect, it, vi } from 'vitest';
import { queue } from '../../src/cli/calc/queue.ts';
import { parseInvocation } from '../../src/cli/command.ts';
import { Failure } from '../../src/cli/failure.ts';

afterEach(() => vi.restoreAllMocks());

async function say(line: string): Promise<string> {
  let written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written += String(text)), true));
  expect(await queue.run(parseInvocation(queue, [...line.split(' '), '--no-color']))).toBe(0);
  return written;
}

const json = async (line: string) => JSON.parse(await say(`${line} --format json`));

const USUAL = '--rate 200/s --service 40ms';

describe('calc queue', () => {
  it('gives the exact figures of M/M/c, in seconds', async () => {
    const found = await json(`${USUAL} --servers 10`);
    expect(Object.keys(found)).toEqual(['servers', 'utilisation', 'waitProbability', 'latency']);
    expect(found.utilisation).toBe(0.8);
    expect(found.waitProbability).toBeCloseTo(0.409180150796, 10);
    expect(found.latency).toEqual({ mean: expect.closeTo(0.0481836030159, 10), p50: expect.closeTo(0.0364857844242, 9), p95: expect.closeTo(0.133130987142, 9), p99: expect.closeTo(0.197844453104, 9) });
  });

  it('takes any unit of rate and time, and variations', async () => {
    const found = await json('--rate 12000/min --service 0.04s --servers 10 --scv-service 0 --scv-arrival 1');
    expect(found.utilisation).toBeCloseTo(0.8, 12);
    // M/D/10 at 0.8: the exact wait is 0.10982779 service times.
    expect(found.latency.mean / 0.04 - 1).toBeCloseTo(0.10982779, 3);
    expect((await json(`${USUAL} --servers 10 --scv-arrival 4`)).notes).toEqual(['bursty arrivals']);
  });

  it('says how many servers an objective needs, and how far those at hand go', async () => {
    const found = await json('--rate 100/s --service 50ms --servers 8 --slo 250ms');
    expect(found).toMatchObject({ needed: 6, slo: { percentile: 0.95, limit: 0.25, kept: true } });
    expect(found.slo.takes).toBeGreaterThan(1);
    expect(await json('--rate 500/s --service 100ms --servers 51 --slo 500ms --percentile 99%')).toMatchObject({ needed: 53, slo: { kept: false } });
    expect(await json('--rate 500/s --service 100ms --slo 500ms --percentile 99%')).toMatchObject({ servers: 53, needed: 53, slo: { kept: true } });
  });

  it('says of too much traffic which multiple it takes, and no latency', async () => {
    const found = await json('--rate 500/s --service 40ms --servers 10');
    expect(found).toEqual({ servers: 10, utilisation: 2, saturated: true, takes: 0.5 });
    expect(await json('--rate 250/s --service 40ms --servers 10')).toEqual({ servers: 10, utilisation: 1, saturated: true, takes: 1 });
    expect(await json('--rate 500/s --service 40ms --servers 10 --slo 250ms')).toMatchObject({ saturated: true, needed: 21, slo: { kept: false } });
    expect(await say('--rate 500/s --service 40ms --servers 10')).toBe('10 servers cannot keep up: busy 200 %. They take 0.5 times this traffic, and the line grows without end.\n');
  });

  it('says where no number of servers is enough', async () => {
    expect(await json(`${USUAL} --servers 10 --slo 100ms`)).toMatchObject({ atBest: expect.closeTo(0.04 * Math.log(20), 9), slo: { kept: false, takes: 0 } });
    expect(await say(`${USUAL} --servers 10 --slo 100ms`)).toContain('no number of servers keeps it: without any waiting it takes 120 ms');
    await expect(say(`${USUAL} --slo 100ms`)).rejects.toThrow('No number of servers keeps the objective');
  });

  it('reads well', async () => {
    expect((await say('--rate 200/s --service 40ms --servers 10 --slo 250ms --percentile 99%')).split('\n')).toEqual([
      '10 servers, busy 80 % of the time; 40.9 % of the requests wait',
      'mean 48.2 ms   p50 36.5 ms   p95 133 ms   p99 198 ms',
      expect.stringMatching(/^99 % within 250 ms: kept, up to 1\.\d+ times this traffic$/),
      '9 servers are enough for it',
      '',
    ]);
    expect(await say('--rate 243/s --service 40ms --servers 10')).toContain('near saturation');
    expect(await say('--rate 1/s --service 40ms --servers 1')).toContain('1 server, busy 4 %');
  });

  it('gives numbers for anything that is one', async () => {
    for (const line of ['--rate 0/s --service 1ms --servers 1', '--rate 1e-9/s --service 1ms --servers 1', '--rate 9.9e6/s --service 100ms --servers 1000000', '--rate 1/s --service 100ms --servers 1 --scv-service 100 --scv-arrival 1000', '--rate 1/s --service 100ms --servers 1 --scv-service 0 --scv-arrival 0']) {
      const { latency } = await json(line);
      for (const value of Object.values(latency)) expect(Number.isFinite(value) && (value as number) >= 0, line).toBe(true);
      expect(latency.p50).toBeLessThanOrEqual(latency.p95);
      expect(latency.p95).toBeLessThanOrEqual(latency.p99);
    }
  });

  it.each([
    ['--service 40ms --servers 10', '--rate is needed'],
    ['--rate 200/s --servers 10', '--service is needed'],
    ['--rate 200/s --service 40ms', '--servers is needed'],
    ['--rate 200/s --service 0ms --servers 10', '--service must be above zero'],
    ['--rate 200/s --service 40ms --servers 0', '--servers must be at least 1'],
    ['--rate 200/s --service 40ms --servers 2.5', '--servers must be a whole number'],
    ['--rate 200 --service 40ms --servers 10', '--rate takes a'],
    ['--rate -1/s --service 40ms --servers 10', '--rate'],
    ['--rate 200/s --service 40/s --servers 10', '--service takes a'],
    ['--rate 200/s --service 40ms --servers 10 --scv-service -1', '--scv-service'],
    ['--rate 200/s --service 40ms --servers 10 --percentile 95%', 'give --slo too'],
    ['--rate 200/s --service 40ms --servers 10 --slo 1s --percentile 100%', '--percentile must be above'],
    ['--rate 200/s --service 40ms --servers 10 --slo 1s --percentile 120%', '--percentile must be between'],
    ['200/s', 'takes options only'],
  ])('refuses %s', async (line, message) => {
    await expect(say(line)).rejects.toThrow(message);
    await expect(say(line)).rejects.toBeInstanceOf(Failure);
  });
});
