import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './repository.ts';
import { folderWith, mlarch, root, type Run } from './run.ts';

const system = (api: string, more = ''): string => `system Shop {\n  stage production\n  criticality high\n  consumer Web { peak 100 req/s slo p99 <= 250 ms }\n  model M\n  service Api : realtime { serves M concurrency 1 service_time p50 20 ms p99 60 ms runs_on aws.g5_xlarge ${api} }\n  Web -> Api\n${more}}\n`;
const [OLD, NEW] = [system('replicas 4'), system('replicas 8 rollback none', '  store Log : log\n  Api -> Log { events }\n')];
const folder = folderWith({ 'old.mlarch': OLD, 'new.mlarch': NEW, 'broken.mlarch': 'system Shop {\n  service Api : realtime { replicas many }\n}\n', 'two/a.mlarch': OLD, 'two/b.mlarch': 'system Other { model N }\n' });
const run = (line: string, input?: string): Run => mlarch(['diff', ...line.split(' '), '--today', '2026-11-21'], { cwd: folder, ...(input !== undefined && { input }) });

function said(line: string, input?: string): string {
  const { code, stdout, stderr } = run(line, input);
  expect({ code, stderr }, line).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const validator = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(JSON.parse(readFileSync(path.join(root, 'schemas/diff.schema.json'), 'utf8')) as object);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the schema says
function json(line: string): any {
  const found: unknown = JSON.parse(said(`${line} --format json`));
  validator(found);
  expect(validator.errors ?? [], line).toEqual([]);
  return found;
}

describe('diff', () => {
  it('reads well', () => {
    const text = said('old.mlarch new.mlarch');
    expect(text).toContain('old.mlarch → new.mlarch\n\nShop\nreadiness ');
    expect(text).toMatch(/^readiness .* of 4 · findings \+\d+ −\d+ · full first: Api at 1\.8× → Api at 3\.6× · cost \+2,940 USD \(\+100 %\) a month$/m);
    expect(text).toContain('Structure  2 components and 1 flow unchanged\n  ~ service Api\n      + rollback none\n      ~ replicas 4 → 8\n  + store Log\n      + variant log\n  + flow Api -> Log\n      + payload events\n');
    expect(text).toMatch(/^ {2}\+ high {5}ML10\.1 Shop\.Api {2}Api has no way back/m);
    expect(text).toMatch(/^ {2}− ML10\.1 Shop\.Api {2}How does Api go back/m);
    expect(text).toMatch(/^ {2}Api +100 req\/s, takes \d+ req\/s → takes \d+ req\/s, ×4 → ×8, .* busy → .* busy, full at 1\.8× → full at 3\.6×$/m);
    expect(text).toMatch(/^ {2}Web to Api +p99 .* → p99 .*, p99 ≤ 250 ms, (open|met)/m);
    expect(text).toMatch(/^ {2}Api +2,940 USD → 5,880 USD {2}\+2,940 USD \(\+100 %\)$/m);
  });

  it('says that nothing differs, and what was looked at', () => {
    expect(said('old.mlarch old.mlarch')).toMatch(/Shop: no difference \(3 components and 1 flow, \d+ findings\)\n$/);
    expect(json('old.mlarch old.mlarch').systems[0]).toMatchObject({ change: 'unchanged', structure: { elements: [], unchanged: { component: 3, flow: 1 } } });
  });

  it('gives programs the same, by its schema', () => {
    const [shop] = json('old.mlarch new.mlarch').systems;
    expect(shop).toMatchObject({ name: 'Shop', change: 'changed', files: { before: 'old.mlarch', after: 'new.mlarch' } });
    expect(shop.structure.elements.map((element: { change: string; name: string }) => `${element.change} ${element.name}`)).toEqual(['changed Api', 'added Log', 'added Api->Log']);
    expect(shop.cost.total.change).toBeCloseTo(shop.cost.total.after.value - shop.cost.total.before.value, 9);
    expect(shop.capacity.limit).toMatchObject({ changed: true, before: { component: 'Api' } });
    expect(shop.findings.added.map(({ id }: { id: string }) => id)).toContain('ML10.1@Shop.Api');
    json('/dev/null new.mlarch');
    json('two old.mlarch');
  });

  it('takes the parts that are the same from the older syntax trees, and says the same as without', () => {
    // Read the other way around nothing of the one can stand in the other.
    const [there, back] = [json('old.mlarch new.mlarch').systems[0], json('new.mlarch old.mlarch').systems[0]];
    expect(there.findings.added.map(({ id, finding }: { id: string; finding: { range: unknown } }) => [id, finding.range])).toEqual(back.findings.fixed.map(({ id, finding }: { id: string; finding: { range: unknown } }) => [id, finding.range]));
    expect(there.score.after).toEqual(back.score.before);
  });

  it('compares with nothing, with folders and with standard input', () => {
    expect(said('/dev/null new.mlarch')).toContain('Shop  new system\n');
    expect(said('old.mlarch /dev/null')).toContain('Shop  system removed\n');
    expect(said('two old.mlarch')).toMatch(/Other {2}system removed/);
    expect(said('- new.mlarch', OLD)).toContain('~ replicas 4 → 8');
    expect(run('- -').stderr).toContain('not both');
  });

  it('fails on request where a finding is newly open', () => {
    expect(run('old.mlarch new.mlarch').code).toBe(0);
    expect(run('old.mlarch new.mlarch --fail-on medium').code).toBe(1);
    expect(run('new.mlarch new.mlarch --fail-on low').code).toBe(0);
    expect(run('new.mlarch old.mlarch --fail-on critical').code).toBe(0);
  });

  it('refuses what it cannot use', () => {
    const errors = (line: string): [number | null, string] => {
      const { code, stderr, stdout } = run(line);
      expect(stdout).toBe('');
      return [code, stderr];
    };
    expect(errors('old.mlarch broken.mlarch')).toEqual([2, expect.stringMatching(/^broken\.mlarch:2:37 error /) as string]);
    expect(errors('broken.mlarch old.mlarch')).toEqual([2, expect.stringMatching(/^broken\.mlarch:2:37 error /) as string]);
    expect(errors('old.mlarch')).toEqual([2, expect.stringContaining('takes two versions') as string]);
    expect(errors('old.mlarch nowhere.mlarch')).toEqual([2, expect.stringContaining('no such file') as string]);
    expect(errors('old.mlarch new.mlarch --fail-on bad')).toEqual([2, expect.stringContaining('--fail-on takes') as string]);
  });

  it('writes a file whole', () => {
    said('old.mlarch new.mlarch --format markdown -o out/diff.md');
    expect(readFileSync(path.join(folder, 'out/diff.md'), 'utf8')).toMatch(/^<!-- mlarch-diff -->\n\n## Shop\n/);
  });
});

describe('diff of revisions', () => {
  const repo = repository();
  const library = 'export store Lake : lakehouse { retention 30 days }\n';
  const main = (retention: string): string => `import { Lake } from "../shared/lake.mlarch"\nsystem Shop {\n  stage production\n  store Own : online { ${retention} }\n  Lake -> Own\n  service Api : realtime\n  runbook Back for Api { covers [deployment, rollback] file "../docs/run.md" }\n}\n`;
  const first = repo.commit('first', { 'app/main.mlarch': main('replicas 2'), 'shared/lake.mlarch': library.replace('export ', ''), 'docs/run.md': '# Rollback\n' });
  repo.commit('second', { 'app/main.mlarch': main('replicas 3'), 'shared/lake.mlarch': library.replace('export ', '').replace('30', '60') });
  const at = (line: string, cwd = repo.folder): Run => mlarch(['diff', ...line.split(' '), '--today', '2026-11-21'], { cwd, environment: repo.environment });

  it('reads a file and what it imports from git', () => {
    const { stdout, stderr } = at('HEAD~1:app/main.mlarch app/main.mlarch');
    expect(stderr).toBe('');
    expect(stdout).toContain('~ replicas 2 → 3');
    expect(stdout).toContain('~ retention 30 days → 60 days');
    expect(at(`${first}:app HEAD:app`).stdout).toContain('~ retention 30 days → 60 days');
    expect(at('HEAD:app app').stdout).toContain('no difference');
    expect(at('HEAD: .').stdout).toContain('no difference');
  });

  it('takes paths from the root, or from here where they say so', () => {
    const here = path.join(repo.folder, 'app');
    expect(at('HEAD~1:./main.mlarch main.mlarch', here).stdout).toContain('~ replicas 2 → 3');
    expect(at('HEAD~1:../app/main.mlarch main.mlarch', here).stdout).toContain('~ replicas 2 → 3');
    const wrong = at('HEAD~1:main.mlarch main.mlarch', here);
    expect([wrong.code, wrong.stderr]).toEqual([2, 'mlarch: HEAD~1:main.mlarch: there is no such file or folder in this revision. Paths after a revision start at the root of the repository, as in git: HEAD~1:app/main.mlarch, or HEAD~1:./main.mlarch\n']);
  });

  it('looks evidence up in the revision, and not in the working tree', () => {
    repo.commit('third', { 'docs/run.md': '# Rollback\n' });
    const before = at('HEAD:app app --format json').stdout;
    expect(JSON.parse(before)).toMatchObject({ systems: [{ change: 'unchanged' }] });
    repo.git('rm', '-q', 'docs/run.md');
    const [shop] = (JSON.parse(at('HEAD:app app --format json').stdout) as { systems: { change: string; structure: { elements: unknown[] } }[] }).systems;
    // The text is the same; that the runbook is gone shows in what the review says.
    expect(shop?.structure.elements).toEqual([]);
    expect(shop?.change).toBe('changed');
    repo.git('checkout', '-q', 'HEAD', 'docs/run.md');
  });

  it('reviews both with the configuration of the newer version', () => {
    writeFileSync(path.join(repo.folder, 'mlarch.config.json'), JSON.stringify({ off: [{ rule: 'ML19', because: 'Not the concern of this repository' }] }));
    const findings = JSON.stringify(JSON.parse(at('HEAD:app app --format json').stdout));
    expect(findings).not.toContain('ML19.2@');
    expect(JSON.stringify(JSON.parse(at('app HEAD:app --format json').stdout))).toContain('ML19.2@');
    repo.git('clean', '-fdq');
  });

  it('says what is wrong where there is no such revision, no repository or no git', () => {
    expect(at('nowhere:app app').stderr).toBe('mlarch: nowhere is no revision of this repository.\n');
    expect(at(':app app').stderr).toContain('name the revision before the colon');
    expect(at('HEAD:../../etc app').stderr).toContain('outside the repository');
    for (const hostile of ['--output=x:app', '$(touch${IFS}pwned):app', 'HEAD;touch${IFS}pwned:app', '`touch`:app']) {
      const { code, stderr } = mlarch(['diff', '--today', '2026-11-21', '--', hostile, 'app'], { cwd: repo.folder, environment: repo.environment });
      expect([code, stderr], hostile).toEqual([2, `mlarch: ${hostile.slice(0, -4)} is no revision of this repository.\n`]);
    }
    expect(repo.git('status', '--porcelain')).toBe('');
    const alone = mlarch(['diff', 'HEAD:a.mlarch', 'old.mlarch'], { cwd: folder, environment: { GIT_CEILING_DIRECTORIES: path.dirname(folder) } });
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('is in no git repository')]);
    const without = mlarch(['diff', 'HEAD:app', 'app'], { cwd: repo.folder, environment: { PATH: folder } });
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('git is not installed')]);
  });

  it('names the revision in a fault of its text', () => {
    repo.commit('broken', { 'app/main.mlarch': 'system Shop {\n  service Api : realtime { replicas many }\n}\n' });
    repo.commit('mended', { 'app/main.mlarch': main('replicas 3') });
    const { code, stderr } = at('HEAD~1:app app');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^HEAD~1:app\/main\.mlarch:2:37 error /)]);
  });
});
