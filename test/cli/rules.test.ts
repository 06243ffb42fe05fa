import { describe, expect, it } from 'vitest';
import { folderWith, mlarch } from './run.ts';

const rule = (id: string, requires: string, test = ''): string => `/** House rules. */\n\n/** Tables are lost. */\nrule ${id} "Stores have ${requires}" {\n  severity high\n  for      store\n  require  ${requires}\n  message  "{name} has no ${requires}."\n${test}}\n`;
const PASSING = '  test "bare" finds {\n    store A { backup none }\n  }\n';
const system = (head = ''): string => `${head}system Shop {\n  stage production\n  criticality high\n  store Orders { backup none versioned no }\n}\n`;
const rulesIn = (stdout: string): string[] => (JSON.parse(stdout) as { systems: { findings: { rule: string }[] }[] }).systems.flatMap(({ findings }) => findings.map((finding) => finding.rule)).filter((id) => !/^(ML|accept)/.test(id) && /^(ACME|CO)-/.test(id));
const check = (cwd: string, ...more: string[]) => mlarch(['check', 'main.mlarch', '--format', 'json', '--fail-on', 'never', ...more], { cwd });

describe('mlarch test', () => {
  it('runs the tests of the rules of its files', () => {
    const cwd = folderWith({ 'rules.mlarch': rule('ACME-01', 'backup', PASSING) });
    const { code, stdout } = mlarch(['test', 'rules.mlarch'], { cwd });
    expect(stdout).toBe('ACME-01 Stores have backup\n  pass  bare rules.mlarch:9:8\n\n1 passed, 0 failed.\n');
    expect(code).toBe(0);
  });

  it('fails where a test does not come out as it says, and says what the rule said', () => {
    const cwd = folderWith({ 'rules.mlarch': rule('ACME-01', 'backup', PASSING.replace('finds', 'passes')) });
    const { code, stdout } = mlarch(['test'], { cwd });
    expect(stdout).toContain('FAIL  bare rules.mlarch:9:8\n        This test should pass, but the rule finds something: A has no backup.');
    expect(code).toBe(1);
    const json = JSON.parse(mlarch(['test', '--format', 'json'], { cwd }).stdout) as unknown;
    expect(json).toMatchObject({ passed: 0, failed: 1, tests: [{ rule: 'ACME-01', test: 'bare', expects: 'passes', outcome: 'finds', passed: false, messages: ['A has no backup.'] }] });
  });

  it('tells of rules without a test, of files without a rule and of errors', () => {
    expect(mlarch(['test'], { cwd: folderWith({ 'rules.mlarch': rule('ACME-01', 'backup') }) }).stdout).toContain('0 passed, 0 failed, 1 rule without a test.');
    expect(mlarch(['test'], { cwd: folderWith({ 'main.mlarch': system() }) })).toMatchObject({ code: 2, stderr: expect.stringContaining('No rule is declared here') as string });
    expect(mlarch(['test'], { cwd: folderWith({ 'rules.mlarch': rule('ACME-01', 'bakup') }) })).toMatchObject({ code: 2, stderr: expect.stringContaining('rules.mlarch:7:12') as string });
  });

  it('passes the rules of the examples', () => {
    expect(mlarch(['test', 'examples/rules'])).toMatchObject({ code: 0, stdout: expect.stringContaining('0 failed.') as string });
  });
});

describe('packs of rules', () => {
  const installed = { 'node_modules/@acme/rules/package.json': '{"name": "@acme/rules", "mlarch": "all.mlarch"}', 'node_modules/@acme/rules/all.mlarch': 'import * from "more.mlarch"\n\n' + rule('ACME-01', 'backup').replace('/** House rules. */\n\n', ''), 'node_modules/@acme/rules/more.mlarch': rule('ACME-02', 'versioned') };

  it('come from a file', () => {
    expect(rulesIn(check(folderWith({ 'main.mlarch': system('import * from "rules.mlarch"\n\n'), 'rules.mlarch': rule('ACME-01', 'backup') })).stdout)).toEqual(['ACME-01']);
  });

  it.each(['@acme/rules', 'npm:@acme/rules'])('come from a package: %s', (name) => {
    const cwd = folderWith({ ...installed, 'a/b/main.mlarch': system(`import * from "${name}"\n\n`) });
    expect(rulesIn(mlarch(['check', 'a/b/main.mlarch', '--format', 'json', '--fail-on', 'never'], { cwd }).stdout).sort()).toEqual(['ACME-01', 'ACME-02']);
  });

  it('come from the index of a package, or a file of it', () => {
    const cwd = folderWith({ 'node_modules/co-rules/package.json': '{}', 'node_modules/co-rules/index.mlarch': rule('CO-01', 'backup'), 'node_modules/co-rules/extra.mlarch': rule('CO-02', 'versioned'), 'main.mlarch': system('import * from "co-rules"\nimport * from "npm:co-rules/extra.mlarch"\n\n') });
    expect(rulesIn(check(cwd).stdout).sort()).toEqual(['CO-01', 'CO-02']);
  });

  it('that are not installed, or hold nothing, are errors with their place and what to do', () => {
    const missing = mlarch(['check', 'main.mlarch'], { cwd: folderWith({ 'main.mlarch': system('import * from "@acme/gone"\n\n') }) });
    expect(missing).toMatchObject({ code: 2, stdout: expect.stringMatching(/main\.mlarch:1:1.*No package @acme\/gone is installed[\s\S]*npm install --save-dev @acme\/gone/) as string });
    const empty = check(folderWith({ 'node_modules/co-rules/package.json': '{}', 'main.mlarch': system('import * from "co-rules"\n\n') }));
    expect(empty.stdout).toContain('is installed, but has no index.mlarch that can be read');
  });

  it('do not leave their package', () => {
    const cwd = folderWith({ 'secret.mlarch': rule('ACME-09', 'backup'), 'node_modules/co-rules/package.json': '{"mlarch": "../../secret.mlarch"}', 'main.mlarch': system('import * from "co-rules"\n\n') });
    expect(check(cwd).stdout).toContain('has no index.mlarch');
  });

  it('apply to a whole folder by its configuration', () => {
    const cwd = folderWith({ ...installed, 'mlarch.config.json': '{\n  "rulePacks": ["./rules/co.mlarch", "@acme/rules"],\n  "off": [{ "rule": "ACME-02", "because": "Not before the next release." }],\n  "severities": { "CO-01": "critical" }\n}\n', 'rules/co.mlarch': rule('CO-01', 'backup'), 'main.mlarch': system() });
    const { stdout } = check(cwd);
    expect(rulesIn(stdout).sort()).toEqual(['ACME-01', 'CO-01']);
    expect(stdout).toContain('Not before the next release.');
    const gone = mlarch(['check', 'main.mlarch'], { cwd: folderWith({ 'mlarch.config.json': '{\n  "rulePacks": ["./gone.mlarch"]\n}\n', 'main.mlarch': system() }) });
    expect(gone).toMatchObject({ code: 2, stdout: expect.stringMatching(/mlarch\.config\.json:2:17.*Cannot import ".\/gone\.mlarch"/) as string });
  });
});

describe('the other outputs', () => {
  const cwd = folderWith({ 'main.mlarch': `${rule('ACME-01', 'backup').replace('Tables are lost.', 'Tables are <img src=x> [lost](http://x).')}\n${system()}` });

  it.each(['sarif', 'junit', 'markdown', 'github', 'compact', 'pretty'])('%s has the rule', (format) => {
    const { stdout, code } = mlarch(['check', 'main.mlarch', '--format', format, '--fail-on', 'never'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('ACME-01');
    expect(stdout).toContain('Orders has no backup.');
  });

  it('lists and explains it, as text and never as markup', () => {
    expect(mlarch(['checks', 'main.mlarch'], { cwd }).stdout).toContain('ACME-01  Stores have backup (gap, high)');
    expect(mlarch(['checks', 'main.mlarch', '--format', 'json'], { cwd }).stdout).toContain('"ACME-01"');
    expect(mlarch(['explain', 'acme-01'], { cwd }).stdout).toContain('House rules');
    expect(mlarch(['explain', 'ACME-01', '--format', 'markdown'], { cwd }).stdout).not.toMatch(/<img|\[lost\]\(/);
    expect(mlarch(['check', 'main.mlarch', '--format', 'sarif', '--fail-on', 'never'], { cwd }).stdout).not.toMatch(/"markdown": "[^"]*<img/);
  });

  it('keeps it to the team in a report for people outside', () => {
    const own = mlarch(['report', 'main.mlarch', '--date', '2026-11-21'], { cwd });
    expect(own.stdout).toContain('Stores have backup');
    const outside = mlarch(['report', 'main.mlarch', '--redact', '--date', '2026-11-21'], { cwd });
    expect(outside.stdout).toContain('ACME-01');
    expect(outside.stdout).not.toMatch(/Stores have backup|has no backup|Tables are/);
  });

  it('takes a file of rules alone as nothing to review, not as an error', () => {
    expect(mlarch(['check', 'r.mlarch'], { cwd: folderWith({ 'r.mlarch': rule('ACME-01', 'backup') }) })).toMatchObject({ code: 0, stdout: expect.stringContaining('mlarch test') as string });
  });
});
