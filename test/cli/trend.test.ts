import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './repository.ts';
import { folderWith, mlarch, root, type Run } from './run.ts';

const system = (api: string): string => `system Shop {\n  stage production\n  consumer Web { peak 100 req/s }\n  model M\n  service Api : realtime { serves M concurrency 1 service_time p50 20 ms p99 60 ms runs_on aws.g5_xlarge ${api} }\n  Web -> Api\n}\n`;

const repo = repository();
repo.commit('Start small', { 'design.mlarch': system('replicas 4'), 'README.md': 'x' }, '2026-01-05');
repo.commit('Nothing to do with it', { 'README.md': 'y' }, '2026-01-06');
repo.commit('More | of @team it', { 'design.mlarch': system('replicas 8') }, '2026-02-05');
repo.git('mv', 'design.mlarch', 'main.mlarch');
repo.commit('Another name', {}, '2026-02-06');
repo.commit('Half an edit', { 'main.mlarch': system('replicas').replace('model M', 'model M {') }, '2026-02-07');
const last = repo.commit('Mended', { 'main.mlarch': system('replicas 16') }, '2026-03-01');
const run = (...arguments_: string[]): Run => mlarch(['trend', ...arguments_, '--today', '2026-11-21'], { cwd: repo.folder, environment: repo.environment });

interface TrendVersion {
  commit: string;
  date: string;
  subject: string;
  file: string;
  unreadable?: string[];
  systems: { name: string; cost: { value: number }; limit: { multiple: { value: number } }; score: object }[];
}
const validator = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(JSON.parse(readFileSync(path.join(root, 'schemas/trend.schema.json'), 'utf8')) as object);

function versions(...arguments_: string[]): TrendVersion[] {
  const { code, stdout, stderr } = run(...arguments_, '--format', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const found = JSON.parse(stdout) as { versions: TrendVersion[] };
  validator(found);
  expect(validator.errors ?? []).toEqual([]);
  return found.versions;
}

describe('trend', () => {
  it('follows a file through its names, oldest first', () => {
    expect(versions('main.mlarch').map(({ date, subject, file, systems }) => [date, subject, file, systems.length])).toEqual([
      ['2026-01-05', 'Start small', 'design.mlarch', 1],
      ['2026-02-05', 'More | of @team it', 'design.mlarch', 1],
      ['2026-02-06', 'Another name', 'main.mlarch', 1],
      ['2026-02-07', 'Half an edit', 'main.mlarch', 0],
      ['2026-03-01', 'Mended', 'main.mlarch', 1],
    ]);
  });

  it('gives each version its figures, and one that cannot be read its reason', () => {
    const [first, second, renamed, broken, mended] = versions('main.mlarch');
    expect((second?.systems[0]?.cost.value ?? 0) / (first?.systems[0]?.cost.value ?? 1)).toBeCloseTo(2, 9);
    expect((mended?.systems[0]?.limit.multiple.value ?? 0) / (first?.systems[0]?.limit.multiple.value ?? 1)).toBeCloseTo(4, 9);
    expect(renamed?.systems).toEqual(second?.systems);
    expect(broken?.unreadable?.[0]).toMatch(/^main\.mlarch:\d+:\d+: /);
    expect(mended?.commit).toBe(last);
  });

  it('says of a version what check says of it', () => {
    const checked = JSON.parse(mlarch(['check', 'main.mlarch', '--format', 'json', '--fail-on', 'never', '--today', '2026-11-21'], { cwd: repo.folder }).stdout) as { systems: { score: { index: object; counts: object; questions: number } }[] };
    const { index, counts, questions } = checked.systems[0]!.score;
    expect(versions('main.mlarch').at(-1)?.systems[0]?.score).toMatchObject({ index, counts, questions });
  });

  it('draws it for a terminal and for Markdown', () => {
    const { stdout } = run('main.mlarch');
    expect(stdout).toContain('main.mlarch  5 versions, each reviewed as of 2026-11-21\n\nShop\n');
    expect(stdout).toMatch(/^ {2}full first {2}▁▃▃·█ {2}1\.8× → 7\.2×$/m);
    expect(stdout).toMatch(/^ {2}cost {8}▁▃▃·█ {2}2,940 a month → 11,800 a month$/m);
    expect(stdout).toMatch(/^2026-02-07 {2}[0-9a-f]{8} {2}cannot be read: main\.mlarch:/m);
    const markdown = run('main.mlarch', '--format', 'markdown').stdout;
    for (const row of markdown.split('\n').filter((line) => line.startsWith('| 2026'))) expect(row.match(/(?<!\\)\|/g), row).toHaveLength(12);
    expect(markdown).toContain('More \\| of @\u200Bteam it');
  });

  it('takes the last so many, and a folder', () => {
    expect(versions('main.mlarch', '--last', '2').map(({ subject }) => subject)).toEqual(['Half an edit', 'Mended']);
    expect(versions('.').map(({ subject }) => subject)).toEqual(['Start small', 'More | of @team it', 'Another name', 'Half an edit', 'Mended']);
  });

  it('ends with what HEAD holds, also where a merge made it', () => {
    const merged = repository();
    merged.commit('Base', { 'a.mlarch': system('replicas 4') }, '2026-01-01');
    merged.git('checkout', '-q', '-b', 'side');
    merged.commit('Side', { 'a.mlarch': system('replicas 5') }, '2026-01-02');
    merged.git('checkout', '-q', 'main');
    merged.commit('Main', { 'a.mlarch': system('replicas 6') }, '2026-01-03');
    try {
      merged.git('merge', '-q', 'side');
    } catch {
      // Both changed one line: what is committed is neither.
    }
    merged.commit('Merge', { 'a.mlarch': system('replicas 7') }, '2026-01-04');
    const { stdout } = mlarch(['trend', 'a.mlarch', '--format', 'json', '--today', '2026-11-21'], { cwd: merged.folder, environment: merged.environment });
    expect((JSON.parse(stdout) as { versions: TrendVersion[] }).versions.map(({ subject }) => subject)).toEqual(['Base', 'Side', 'Main', 'Merge']);
  });

  it('says what it cannot follow', () => {
    expect([run('other.mlarch').code, run('other.mlarch').stderr]).toEqual([2, expect.stringContaining('no commit of the history holds it')]);
    expect(run('main.mlarch', '--last', '0').stderr).toContain('--last takes a number');
    expect(run('../main.mlarch').stderr).toContain('within its repository');
    const alone = mlarch(['trend', 'a.mlarch'], { cwd: folderWith(), environment: { GIT_CEILING_DIRECTORIES: '/tmp' } });
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('is in no git repository')]);
  });
});
