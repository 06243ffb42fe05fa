import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, mlarch, root, type Run } from './run.ts';

/** Median and 99th percentile of an exponential time with mean 40 ms, so that ten replicas of one request each are M/M/10. */
const EXPONENTIAL = 'service_time p50 27.72588722 ms p99 184.2068074 ms';
const system = (name: string, peak: string): string => `system ${name} {\n  consumer Web { peak ${peak} slo p99 <= 250 ms growth 8 %/month }\n  model M\n  service Api : realtime { serves M replicas 10 concurrency 1 ${EXPONENTIAL} runs_on aws.g5_xlarge }\n  Web -> Api\n}\n`;

const folder = folderWith({
  'a.mlarch': system('S', '200 req/s'),
  'b.mlarch': system('T', '500 req/s'),
  'wrong.mlarch': system('W', '200 ms'),
  'two/both.mlarch': `${system('One', '100 req/s')}${system('Two', '150 req/s')}`,
  'silent.mlarch': 'system Silent {\n  service Api : realtime\n}\n',
});
const run = (line: string): Run => mlarch(['estimate', ...line.split(' ')], { cwd: folder });

/** What a run that succeeds writes. */
function said(line: string): string {
  const { code, stdout, stderr } = run(line);
  expect({ code, stderr }, line).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const validator = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(JSON.parse(readFileSync(path.join(root, 'schemas/estimate.schema.json'), 'utf8')) as object);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the schema says
function json(line: string): any {
  const found: unknown = JSON.parse(said(`${line} --format json`));
  validator(found);
  expect(validator.errors ?? [], line).toEqual([]);
  return found;
}

describe('estimate', () => {
  it('reads well', () => {
    expect(said('a.mlarch --traffic 1,1.5 --today 2026-11-21').split('\n')).toEqual([
      'S  a.mlarch',
      'Api is full first: at 1.3× today’s peak, about 2027-02-17 at 8 % growth a month (1.1 to 1.4, measured)',
      '',
      'Latency Web to Api  objective p99 ≤ 250 ms',
      expect.stringMatching(/^ {5}1× {2}p50 {3}36 ms {2}p95 {2}130 ms {2}p99 {2}200 ms {2}p99 \d+ ms to \d+ ms .*\? open/),
      expect.stringMatching(/^ {3}1\.5× {2}overloaded: Api {2}needs Api ×15$/),
      '',
      expect.stringMatching(/^Stations at 1×, 1\.5× today’s peak/),
      expect.stringMatching(/^ {2}Api +200 req\/s +takes 250 req\/s .* 80 % ×10 .* 120 % ×10$/),
      '',
      expect.stringMatching(/^Cost {2}7,350 USD a month/),
      expect.stringMatching(/^ {2}for 1,000 answers/),
      expect.stringMatching(/^ {2}Api +7,350$/),
      expect.stringMatching(/^ {4}machines +7,350 .*10 × 730\.5 h × 1\.006 USD\/h$/),
      '  list prices of aws.g5_xlarge (2026-07-20)',
      '',
      expect.stringMatching(/^Beside the bill/),
      expect.stringMatching(/^ {2}Build or buy/),
      '',
    ]);
  });

  it('has the figures of M/M/10 in JSON, in SI units, as its schema says', () => {
    const { schemaVersion, systems } = json('a.mlarch');
    expect(schemaVersion).toBe(1);
    expect(systems).toHaveLength(1);
    const [{ name, file, multiples, stations, paths, cost }] = systems;
    expect({ name, file, multiples }).toEqual({ name: 'S', file: 'a.mlarch', multiples: [1, 5, 10] });
    const [{ traffic, capacity, at }] = stations;
    expect(traffic).toMatchObject({ value: 200, unit: 'req/s', provenance: 'measured' });
    expect(capacity.value).toBeCloseTo(250, 5);
    expect(at[0].utilisation.value).toBeCloseTo(0.8, 6);
    expect(at[0].latency.p50.value).toBeCloseTo(0.0364857844, 6);
    expect(at[0].latency.p99.value).toBeCloseTo(0.1978444531, 6);
    expect(at[1]).toMatchObject({ replicas: 10, needed: 50, overloaded: { takes: expect.closeTo(0.25, 6) } });
    expect(at[1]).not.toHaveProperty('latency');
    expect(paths[0].objective).toEqual({ holder: 'Web', percentile: 'p99', seconds: 0.25 });
    expect(cost.total.value).toBeCloseTo(10 * 730.5 * 1.006, 6);
    expect(cost.total.unit).toBe('USD/month');
  });

  it('takes a day, which moves the date at which it is full and nothing else', () => {
    const at = (day: string) => json(`a.mlarch --today ${day}`).systems[0];
    const [now, later] = [at('2026-11-21'), at('2028-02-29')];
    // ln 1.25 / ln 1.08 = 2.899 months of 30.4375 days: 88.25 days.
    expect(now.bottleneck.exhausted.months.value).toBeCloseTo(Math.log(1.25) / Math.log(1.08), 6);
    expect([now.bottleneck.exhausted.date, later.bottleneck.exhausted.date]).toEqual(['2027-02-17', '2028-05-27']);
    expect({ ...later, bottleneck: undefined }).toEqual({ ...now, bottleneck: undefined });
  });

  it('takes multiples in any order, once each', () => {
    expect(json('a.mlarch --traffic 10×,1,2.5x,1,.5,1e2').systems[0].multiples).toEqual([0.5, 1, 2.5, 10, 100]);
  });

  it('of several files, of a folder and of a file with two systems has each', () => {
    expect(json('a.mlarch b.mlarch two').systems.map(({ name }: { name: string }) => name)).toEqual(['S', 'T', 'One', 'Two']);
    expect(said('a.mlarch b.mlarch').split('\n').filter((line) => /^[ST] {2}/.test(line))).toEqual(['S  a.mlarch', 'T  b.mlarch']);
  });

  it('reads from standard input', () => {
    expect(mlarch(['estimate', '-'], { input: system('S', '200 req/s') })).toMatchObject({ code: 0, stdout: expect.stringContaining('Api is full first: at 1.3×') });
  });

  it('of a file that declares nothing says what is not known, and no figure', () => {
    expect(said('silent.mlarch')).toContain('cannot be said');
    expect(json('silent.mlarch').systems[0]).toMatchObject({ bottleneck: null, missing: expect.arrayContaining([expect.objectContaining({ component: 'Api' })]) });
  });

  it('tries techniques only where it is asked to', () => {
    const { whatIf } = json('a.mlarch --what-if').systems[0];
    expect(whatIf.length).toBeGreaterThan(0);
    for (const { component, techniques, edits } of whatIf) expect([component, techniques.length > 0, edits.length > 0]).toEqual(['Api', true, true]);
    expect(json('a.mlarch').systems[0]).not.toHaveProperty('whatIf');
    expect(said('a.mlarch --what-if')).toContain('What if  (each solved anew at today’s peak)');
    expect(said('a.mlarch')).not.toContain('What if');
  });

  it('compares with a simulation, which finds the closed form of M/M/10', () => {
    const { schemaVersion, stations } = JSON.parse(said('a.mlarch --validate --format json'));
    expect(schemaVersion).toBe(1);
    expect(stations.map(({ system: name, component, percentile }: Record<string, string>) => [name, component, percentile])).toEqual([['S', 'Api', 'p50'], ['S', 'Api', 'p95'], ['S', 'Api', 'p99']]);
    for (const { closedForm, simulated } of stations) expect(Math.abs(closedForm / simulated - 1)).toBeLessThan(0.03);
    expect(stations[2].closedForm).toBeCloseTo(0.1978444531, 6);
    expect(said('a.mlarch --validate')).toMatch(/^S\.Api +80 % {2}p50 {2}closed form +36\.5 ms {2}simulated +3[67](\.\d)? ms +-?\d\.\d %$/m);
    // Overloaded: there is no latency to compare.
    expect(said('b.mlarch --validate')).toBe('No station with declared times and a known traffic below 95 % busy: there is nothing to simulate.\n');
  });

  it('ends with 0 also where an objective is missed or a station is overloaded: it judges nothing', () => {
    expect(said('b.mlarch')).toMatch(/already beyond what it takes: at 0\.5× /);
  });

  it.each(['wrong.mlarch', 'a.mlarch wrong.mlarch', 'a.mlarch wrong.mlarch --format json', 'wrong.mlarch --what-if', 'wrong.mlarch --validate', '.'])('names file, line and column of an error in %s and estimates nothing', (line) => {
    const { code, stdout, stderr } = run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^wrong\.mlarch:2:23 error 200 ms is not a rate/m);
  });

  it.each([
    ...['', ',', '0', '-1', '1,,5', '1,', '1;5', '1-5', 'NaN', 'Infinity', '1e7', '0x10', 'ten', '1,-5'].map((text): [string, RegExp] => [`--traffic=${text}`, /--traffic takes multiples of today’s peak, above 0 and up to a million/]),
    ...['', 'tomorrow', '2026-02-30', '2026-13-01', '21.11.2026', '2026-11-21T10:00'].map((text): [string, RegExp] => [`--today=${text}`, /--today takes a date such as 2026-11-21/]),
    ['--format=xml', /--format takes pretty, json; found xml/],
    ['--what-if=batching', /--what-if.* See: mlarch estimate --help/],
    ['--validate --traffic 2', /--validate compares at today’s peak .* leave --traffic out/],
    ['--validate --what-if', /leave --what-if out/],
    ['--nonsense', /Unknown option '--nonsense'.* See: mlarch estimate --help/],
    ['gone.mlarch', /gone\.mlarch: there is no such file/],
  ])('refuses %s', (words, message) => {
    const { code, stdout, stderr } = run(`a.mlarch ${words}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/internal error/);
  });

  it('has help that names each option', () => {
    const { code, stdout } = run('--help');
    expect(code).toBe(0);
    for (const option of ['--traffic MULTIPLES', '--what-if', '--format FORMAT', '--validate', '--today DATE']) expect(stdout).toContain(option);
    expect(stdout).toMatch(/Usage: mlarch estimate \[PATH…\] .*--what-if.*\n +mlarch estimate \[PATH…\] --validate/);
  });
});
