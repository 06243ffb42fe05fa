import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedTemplates } from '../../src/cli/init.ts';
import { folderWith, mlarch, root } from './run.ts';

const startup = 'examples/published/startup-on-one-machine.mlarch';
const NEVER = ['--fail-on', 'never', '--today', '2026-11-21'];
const LOW_RISK = 'system S {\n  stage production\n  criticality medium\n  service Api : realtime {\n    replicas 1\n    autoscale none\n  }\n}\n';

interface Json {
  readonly schemaVersion: number;
  readonly systems: readonly { readonly name: string; readonly findings: readonly { readonly id: string; readonly severity: string; readonly range: { start: { line: number } } }[]; readonly score: { readonly headline: string } }[];
}
const json = (arguments_: readonly string[], cwd = root): Json => JSON.parse(mlarch(['check', '--format', 'json', ...NEVER, ...arguments_], { cwd }).stdout) as Json;

describe('exit codes', () => {
  it('is 1 at or above --fail-on, 0 below, and high by default', () => {
    expect(mlarch(['check', startup]).code).toBe(1);
    expect(mlarch(['check', startup, '--fail-on', 'never']).code).toBe(0);
    const folder = folderWith({ 'a.mlarch': 'system S {\n  owner "x"\n}\n' });
    expect(mlarch(['check', 'a.mlarch'], { cwd: folder }).code).toBe(0);
    expect(mlarch(['check', 'a.mlarch', '--fail-on', 'low'], { cwd: folder }).code).toBe(0);
  });

  it('follows the threshold', () => {
    const worst = json([startup]).systems[0]?.findings[0]?.severity;
    expect(worst).toBe('critical');
    expect(mlarch(['check', startup, '--fail-on', 'critical']).code).toBe(1);
  });
});

describe('--framework', () => {
  it('prints the coverage by the ids of a framework, and keeps the exit code', () => {
    const { stdout, code } = mlarch(['check', startup, '--framework', 'ml-test-score', '--today', '2026-11-21']);
    expect(code).toBe(1);
    expect(stdout).toContain('ML Test Score (2017)\n28 items:');
    expect(stdout).toMatch(/open +Infra 7 rollback +ML01\.1/);
    const json = JSON.parse(mlarch(['check', startup, '--framework', 'ml-test-score', '--format', 'json', ...NEVER]).stdout) as { coverage: { items: { id: string; state: string }[] }[] };
    expect(json.coverage[0]?.items.find(({ id }) => id === 'Infra 7')).toMatchObject({ state: 'open' });
    expect(mlarch(['check', startup, '--framework', 'ml-test-score', '--format', 'markdown', ...NEVER]).stdout).toContain('| Infra 7 rollback | open |');
  });

  it('refuses what it does not know, with what it knows', () => {
    expect(mlarch(['check', startup, '--framework', 'owasp'])).toMatchObject({ code: 2, stderr: expect.stringContaining('owasp-llm') });
    expect(mlarch(['check', startup, '--framework', 'owasp-llm', '--format', 'sarif'])).toMatchObject({ code: 2, stderr: expect.stringContaining('pretty, json or markdown') });
  });
});

describe('output', () => {
  it('of a nearly empty file says that information is insufficient, and asks', () => {
    const { stdout } = mlarch(['check', '-'], { input: 'system S {\n  owner "x"\n  service Api : realtime { replicas 2 }\n}\n' });
    expect(stdout).toContain('insufficient information');
    expect(stdout).toContain('QUESTIONS');
  });

  it('is the same on every run, in every format', () => {
    for (const format of ['pretty', 'json', 'sarif', 'junit', 'github', 'markdown', 'compact']) {
      const run = (): string => mlarch(['check', startup, '--format', format, ...NEVER]).stdout;
      const first = run();
      expect(first.length).toBeGreaterThan(100);
      expect(run()).toBe(first);
      expect(first).not.toContain(root);
    }
  });

  it('goes to several files at once, whole', () => {
    const folder = folderWith({ 'a.mlarch': LOW_RISK });
    const { code, stdout } = mlarch(['check', 'a.mlarch', ...NEVER, '--format', 'pretty', '--format', 'sarif=out/review.sarif', '--format', 'json=out/review.json'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toContain('readiness');
    expect(JSON.parse(readFileSync(path.join(folder, 'out/review.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(JSON.parse(readFileSync(path.join(folder, 'out/review.json'), 'utf8')).schemaVersion).toBe(1);
  });

  it('has no colours when piped, with NO_COLOR or with --no-color, and has them when forced', () => {
    const escape = '\u001B[';
    expect(mlarch(['check', startup]).stdout).not.toContain(escape);
    expect(mlarch(['check', startup], { environment: { FORCE_COLOR: '1' } }).stdout).toContain(escape);
    expect(mlarch(['check', startup, '--no-color'], { environment: { FORCE_COLOR: '1' } }).stdout).not.toContain(escape);
    expect(mlarch(['check', startup], { environment: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain(escape);
  });

  it('names findings by rule and element, and keeps the names when lines move', () => {
    const text = readFileSync(path.join(root, startup), 'utf8');
    const folder = folderWith({ 'a.mlarch': text, 'moved/a.mlarch': `// one more line\n\n${text.replace('  consumer WebApp', '\n\n  // moved\n  consumer WebApp')}` });
    const ids = (file: string): string[] => json([file], folder).systems.flatMap((system) => system.findings.map((finding) => finding.id));
    expect(ids('a.mlarch').length).toBeGreaterThan(10);
    expect(ids('moved/a.mlarch')).toEqual(ids('a.mlarch'));
    expect(new Set(ids('a.mlarch')).size).toBe(ids('a.mlarch').length);
    for (const id of ids('a.mlarch')) expect(id).toMatch(/^(ML\d\d\.\d|[A-Z]+-\d\d)@StartupScoring[.\w>/-]*$/);
  });

  it('is limited by --min-severity', () => {
    const severities = json([startup, '--min-severity', 'critical']).systems.flatMap((system) => system.findings.map((finding) => finding.severity));
    expect(new Set(severities)).toEqual(new Set(['critical']));
  });
});

describe('baselines', () => {
  it('hide what is known, fail on what is new, and say what is fixed', () => {
    const text = readFileSync(path.join(root, startup), 'utf8');
    const folder = folderWith({ 'a.mlarch': text });
    expect(mlarch(['check', 'a.mlarch', '--write-baseline', 'known.json', ...NEVER], { cwd: folder }).code).toBe(0);
    expect(mlarch(['check', 'a.mlarch', '--baseline', 'known.json', '--fail-on', 'low'], { cwd: folder }).code).toBe(0);
    const ids = JSON.parse(readFileSync(path.join(folder, 'known.json'), 'utf8')).findings as string[];
    const fewer = folderWith({ 'a.mlarch': text, 'known.json': JSON.stringify({ schemaVersion: 1, findings: [...ids.slice(1), 'ML01.1@StartupScoring.Gone'] }) });
    const { code, stdout } = mlarch(['check', 'a.mlarch', '--baseline', 'known.json', '--fail-on', 'low'], { cwd: fewer });
    expect(code).toBe(1);
    expect(stdout).toContain('ML01.1@StartupScoring.Gone');
  });
});

describe('acceptances', () => {
  const accepted = (body: string): string => mlarch(['check', '-', '--format', 'json', ...NEVER], { input: `${readFileSync(path.join(root, startup), 'utf8').trimEnd().slice(0, -1)}  ${body}\n}\n` }).stdout;
  const rules = (text: string): string[] => (JSON.parse(text) as Json).systems.flatMap((system) => system.findings.map((finding) => finding.id.split('@')[0] ?? ''));

  it('take a finding out, with reason, owner and expiry', () => {
    const text = accepted('accept ML01.1 on StartupScoring { because "Registry is bought in spring" by "CTO" until 2027-03-31 }');
    expect(rules(text)).not.toContain('ML01.1');
    expect(JSON.parse(text).systems[0].accepted[0]).toMatchObject({ because: 'Registry is bought in spring', by: 'CTO', until: '2027-03-31' });
  });

  it.each([
    ['expired', 'accept ML01.1 { because "Later this year" by "CTO" until 2026-01-31 }', 'accept/expired'],
    ['unused', 'accept ML04.1 { because "We never train at that size" by "CTO" until 2027-01-31 }', 'accept/unused'],
    ['of an unknown id', 'accept ML99 { because "We never train at that size" by "CTO" until 2027-01-31 }', 'accept/unknown-id'],
    ['without a reason', 'accept ML01.1 { by "CTO" until 2027-01-31 }', 'accept/incomplete'],
    ['with a placeholder', 'accept ML01.1 { because "TODO" by "CTO" until 2027-01-31 }', 'accept/incomplete'],
  ])('%s are findings themselves, and the risk stays open', (_name, body, rule) => {
    const found = rules(accepted(body));
    expect(found).toContain(rule);
    expect(found).toContain('ML01.1');
  });
});

describe('other commands', () => {
  it('every template is written, loads without a word and can be reviewed', () => {
    expect(shippedTemplates()).toEqual(['batch', 'empty', 'rag', 'real-time', 'startup']);
    for (const template of shippedTemplates()) {
      const folder = folderWith();
      expect(mlarch(['init', '--template', template], { cwd: folder }).code).toBe(0);
      const { code, stdout } = mlarch(['check', 'architecture.mlarch', ...NEVER], { cwd: folder });
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/^architecture.mlarch:\d+:\d+ (error|warning)/m);
      expect(mlarch(['fmt', '--check', '.'], { cwd: folder }).code).toBe(0);
    }
  });

  it('fmt --check tells and changes nothing; fmt changes', () => {
    const folder = folderWith({ 'a.mlarch': 'system   S {\nowner "x"   // who\n}' });
    expect(mlarch(['fmt', '--check', 'a.mlarch'], { cwd: folder })).toMatchObject({ code: 1, stdout: 'a.mlarch\n' });
    expect(readFileSync(path.join(folder, 'a.mlarch'), 'utf8')).toContain('system   S');
    expect(mlarch(['fmt', 'a.mlarch'], { cwd: folder }).code).toBe(0);
    expect(readFileSync(path.join(folder, 'a.mlarch'), 'utf8')).toBe('system S {\n  owner "x"  // who\n}\n');
    expect(mlarch(['fmt', '-'], { input: 'store A' }).stdout).toBe('store A\n');
  });

  it('checks lists the 20 checks with 134 rules and the groups of criteria beyond them; explain knows each', () => {
    const { checks } = JSON.parse(mlarch(['checks', '--format', 'json']).stdout) as { checks: { id: string; rules: { id: string }[] }[] };
    const spine = checks.filter(({ id }) => /^ML\d\d$/.test(id));
    expect(spine).toHaveLength(20);
    expect(spine.flatMap((check) => check.rules)).toHaveLength(134);
    expect(checks).toHaveLength(34);
    expect(mlarch(['explain', 'ml09.3'])).toMatchObject({ code: 0, stdout: expect.stringContaining('ML09.3') });
    expect(mlarch(['explain', 'ML99'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no check or rule') });
  });

  it('help is there for each command, with an example', () => {
    for (const command of ['check', 'checks', 'explain', 'fmt', 'init', 'export', 'schema', 'mcp']) {
      expect(mlarch([command, '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Example:') });
    }
    expect(mlarch(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('finds files by glob and in folders', () => {
    const folder = folderWith({ 'one/a.mlarch': 'system A {\n  owner "x"\n}\n', 'two/b.mlarch': 'system B {\n  owner "x"\n}\n', 'node_modules/c.mlarch': 'nonsense' });
    expect(json(['.'], folder).systems.map((system) => system.name)).toEqual(['A', 'B']);
    expect(json(['*/b.mlarch'], folder).systems.map((system) => system.name)).toEqual(['B']);
  });
});
