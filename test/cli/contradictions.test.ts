import { describe, expect, it } from 'vitest';
import { folderWith, mlarch } from './run.ts';

const inSystem = (...lines: readonly string[]): string => `system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const service = (text: string): string => inSystem('service Api : realtime {', `  ${text}`, '}');

/** The text, the place of the value that cannot be, what stands there, and what is said of it. */
const CASES: readonly [string, text: string, line: number, value: string, message: string][] = [
  ['a hit rate over 100 %', service('cache hit_rate 150 %'), 3, '150 %', '150 % is more than 100 %.'],
  ['a hit rate over one', service('cache hit_rate 1.5'), 3, '1.5', '1.5 lacks a unit. A share takes %.'],
  ['a negative hit rate', inSystem('cache Answers { hit_rate -10 % }'), 2, '-10 %', 'negative'],
  ['replicas whose range runs backwards', service('replicas 5..2'), 3, '5..2', 'The range 5..2 runs backwards'],
  ['at most fewer replicas than at least', service('replicas 5 autoscale on cpu at 60 % max 2'), 3, '2', 'At most 2 replicas are fewer than the 5'],
  ['at most fewer replicas than the least of a range', service('replicas 5..8 autoscale max 4 on cpu'), 3, '4', 'At most 4 replicas are fewer than the 5'],
  ['a target of scaling over 100 %', service('autoscale on cpu at 160 %'), 3, '160 %', '160 % is more than 100 %.'],
  ['p50 above p99', service('service_time p50 50 ms p99 20 ms'), 3, '20 ms', 'p50 cannot be more than p99'],
  ['p50 above p99, which is stated first', service('service_time p99 20 ms p50 50 ms'), 3, '20 ms', 'p50 cannot be more than p99'],
  ['p50 above p95', service('service_time p50 50 ms p95 40 ms p99 60 ms'), 3, '40 ms', 'p50 cannot be more than p95'],
  ['p95 above p99', service('service_time p50 10 ms p95 60 ms p99 20 ms'), 3, '20 ms', 'p95 cannot be more than p99'],
  ['p50 above p99 in other units', service('service_time p50 1 s p99 900 ms'), 3, '900 ms', 'p50 cannot be more than p99'],
  ['percentiles of a store', inSystem('store Values : online { latency p95 9 ms p99 2 ms }'), 2, '2 ms', 'p95 cannot be more than p99'],
  ['percentiles of an objective', inSystem('consumer Web { peak 10 req/s slo p50 <= 2 s p99 <= 1 s }'), 2, '1 s', 'p50 cannot be more than p99'],
  ['percentiles of a load test', service('load_test at 100 req/s p50 30 ms p95 20 ms p99 90 ms'), 3, '20 ms', 'p50 cannot be more than p95'],
  ['percentiles of a flow', inSystem('service A : realtime', 'service B : realtime', 'A -> B { latency p50 9 ms p99 5 ms }'), 4, '5 ms', 'p50 cannot be more than p99'],
  ['a mean above its peak', inSystem('consumer Web { peak 10 req/s average 20 req/s }'), 2, '20 req/s', 'The mean rate (average) cannot be above the peak.'],
];

describe('values that cannot be', () => {
  it.each(CASES)('%s', (_, text, line, value, message) => {
    const written = text.split('\n')[line - 1] ?? '';
    const column = written.lastIndexOf(value) + 1;
    expect(column).toBeGreaterThan(0);
    for (const command of ['estimate', 'check']) {
      const { code, stdout, stderr } = mlarch([command, 'a.mlarch'], { cwd: folderWith({ 'a.mlarch': text }) });
      expect(code).toBe(2);
      const [found, ...others] = (stdout + stderr).split('\n').filter((said) => /:\d+:\d+ error /.test(said));
      expect(others).toEqual([]);
      expect(found).toContain(`a.mlarch:${line}:${column} error `);
      expect(found).toContain(message);
    }
  });

  it.each([
    ['percentiles that are equal', service('service_time p50 20 ms p95 20 ms p99 20 ms')],
    ['percentiles whose ranges meet', service('service_time p50 20..30 ms p99 25 ms')],
    ['as many replicas at most as at least', service('replicas 5 autoscale on cpu max 5')],
    ['a hit rate of 100 %', service('cache hit_rate 100 %')],
    ['a mean as large as its peak', inSystem('consumer Web { peak 10 req/s average 10 req/s }')],
  ])('%s can be', (_, text) => {
    expect(mlarch(['estimate', 'a.mlarch'], { cwd: folderWith({ 'a.mlarch': text }) })).toMatchObject({ code: 0, stderr: '' });
  });
});
