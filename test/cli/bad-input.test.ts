import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, mlarch } from './run.ts';

const SYSTEM = 'system S {\n  owner "x"\n}\n';

const isRoot = process.getuid?.() === 0;

/** Every bad input ends with exit code 2 and a message that names the place; nothing is thrown at the user. */
function expectFailure(files: Readonly<Record<string, string | Uint8Array>>, place: string, message: string | RegExp, arguments_: readonly string[] = ['check', 'a.mlarch']): void {
  const { code, stdout, stderr } = mlarch(arguments_, { cwd: folderWith(files) });
  const output = stdout + stderr;
  expect(output).toContain(place);
  expect(output).toMatch(message);
  expect(output).not.toMatch(/internal error|^\s+at .*\(/m);
  expect(code).toBe(2);
}

describe('bad input', () => {
  it('an empty file', () => expectFailure({ 'a.mlarch': '' }, 'a.mlarch:1:1', /No system is declared/));
  it('a binary file', () => expectFailure({ 'a.mlarch': new Uint8Array([115, 0, 1, 2, 255]) }, 'a.mlarch', /not a text file/));
  it('invalid UTF-8', () => expectFailure({ 'a.mlarch': Buffer.concat([Buffer.from('system S {\n  owner "'), Buffer.from([0xc3, 0x28]), Buffer.from('"\n}\n')]) }, 'a.mlarch:2:10', /not valid UTF-8/));
  it('a file of 20 MB', () => expectFailure({ 'a.mlarch': `${SYSTEM}// ${'x'.repeat(20_000_000)}\n` }, 'a.mlarch', /too large/));
  it('5,000 levels of nesting', () => expectFailure({ 'a.mlarch': `system S { service A { zones ${'['.repeat(5000)} } }` }, 'a.mlarch:1:', /./));
  it('5,000 open braces', () => expectFailure({ 'a.mlarch': `system S ${'{ service A '.repeat(5000)}` }, 'a.mlarch:1:', /levels of nesting/));
  it('an import cycle', () => expectFailure({ 'a.mlarch': `import { B } from "b.mlarch"\n${SYSTEM}`, 'b.mlarch': 'import { S } from "a.mlarch"\nstore B' }, 'b.mlarch:1:1', /in a circle: .*a\.mlarch → .*b\.mlarch/));
  it('a missing import', () => expectFailure({ 'a.mlarch': `import { B } from "b.mlarch"\n${SYSTEM}` }, 'a.mlarch:1:1', /Cannot import "b\.mlarch"/));
  it('an import of something else', () => expectFailure({ 'a.mlarch': `import { B } from "/etc/passwd"\n${SYSTEM}` }, 'a.mlarch:1:1', /names a \.mlarch file/));
  it('a duplicate name', () => expectFailure({ 'a.mlarch': 'system S {\n  store A\n  store A\n}' }, 'a.mlarch:3:9', /already declared in a\.mlarch, line 2/));
  it('a reference to the wrong kind', () => expectFailure({ 'a.mlarch': 'system S {\n  store A\n  features F { online F }\n}' }, 'a.mlarch:3:23', /F is a features; expected a store/));
  it('an unknown property', () => expectFailure({ 'a.mlarch': 'system S {\n  service A {\n    replicsa 2\n  }\n}' }, 'a.mlarch:3:5', /Did you mean replicas\?/));
  it('a missing unit', () => expectFailure({ 'a.mlarch': 'system S {\n  consumer A { peak 40 }\n}' }, 'a.mlarch:2:21', /lacks a unit/));
  it('a wrong unit', () => expectFailure({ 'a.mlarch': 'system S {\n  consumer A { peak 40 ms }\n}' }, 'a.mlarch:2:21', /40 ms is not a rate/));
  it('a negative quantity', () => expectFailure({ 'a.mlarch': 'system S {\n  consumer A { peak -40 req/s }\n}' }, 'a.mlarch:2:21', /negative/));
  it('an absurd quantity', () => expectFailure({ 'a.mlarch': 'system S {\n  consumer A { peak 4e40 req/s }\n}' }, 'a.mlarch:2:21', /larger than anything/));
  it('a percentage over 100', () => expectFailure({ 'a.mlarch': 'system S {\n  consumer A { repeats 101 % }\n}' }, 'a.mlarch:2:24', /more than 100 %/));
  it('a date that does not exist', () => expectFailure({ 'a.mlarch': 'system S {\n  changed 2026-02-29\n}' }, 'a.mlarch:2:11', /no 2026-02-29/));
  it('an unterminated string', () => expectFailure({ 'a.mlarch': 'system S {\n  owner "x\n}' }, 'a.mlarch:2:9', /not closed/));
  it('a folder without .mlarch files', () => expectFailure({ 'readme.md': '' }, '.', /no \.mlarch file/, ['check', '.']));
  it('a file that is not there', () => expectFailure({}, 'gone.mlarch', /no such file/, ['check', 'gone.mlarch']));
  it('an unknown command, option or word', () => {
    expectFailure({}, 'chekc', /no command/, ['chekc']);
    expectFailure({ 'a.mlarch': SYSTEM }, '--nonsense', /--help/, ['check', '--nonsense', 'a.mlarch']);
    expectFailure({ 'a.mlarch': SYSTEM }, 'xml', /--format takes/, ['check', '--format', 'xml', 'a.mlarch']);
    expectFailure({ 'a.mlarch': SYSTEM }, 'never', /--fail-on takes/, ['check', '--fail-on', 'always', 'a.mlarch']);
  });
  it('a baseline or configuration that is not JSON', () => {
    expectFailure({ 'a.mlarch': SYSTEM, 'b.json': '{' }, 'b.json', /./, ['check', 'a.mlarch', '--baseline', 'b.json']);
    expectFailure({ 'a.mlarch': SYSTEM, 'mlarch.config.json': '{ "off": 3 ' }, 'mlarch.config.json', /./);
    expectFailure({ 'a.mlarch': SYSTEM, 'mlarch.config.json': '{ "treshold": {} }' }, 'mlarch.config.json', /treshold/);
  });

  it('an unreadable file', () => {
    const folder = folderWith({ 'a.mlarch': SYSTEM });
    const file = path.join(folder, 'a.mlarch');
    // Root may read everything but this.
    if (isRoot) {
      rmSync(file);
      symlinkSync('/proc/self/mem', file);
    } else chmodSync(file, 0o000);
    expect(mlarch(['check', 'a.mlarch'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('a.mlarch: cannot be read') });
  });
  it('a read-only output folder', () => {
    const folder = folderWith({ 'a.mlarch': SYSTEM });
    mkdirSync(path.join(folder, 'out'), { mode: 0o500 });
    // Root may write everywhere but here.
    const out = isRoot ? '/sys' : 'out';
    expect(mlarch(['check', 'a.mlarch', '--fail-on', 'never', '--format', `json=${out}/x.json`], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
    expect(readdirSync(path.join(folder, 'out'))).toEqual([]);
  });
  it('a file in place of a folder, to read from or to write into', () => {
    const folder = folderWith({ 'a.mlarch': SYSTEM, file: '' });
    expect(mlarch(['check', 'file/a.mlarch'], { cwd: folder }).code).toBe(2);
    const { code, stderr } = mlarch(['check', 'a.mlarch', '--fail-on', 'never', '--format', 'json=file/x.json'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
    expect(readdirSync(folder).sort()).toEqual(['a.mlarch', 'file']);
  });

  it('leaves nothing behind and changes nothing', () => {
    const text = 'system S {\n  owner   "x\n}';
    const folder = folderWith({ 'a.mlarch': text });
    mlarch(['check', 'a.mlarch', '--format', 'json=out.json', '--write-baseline', 'base.json'], { cwd: folder });
    expect(readFileSync(path.join(folder, 'a.mlarch'), 'utf8')).toBe(text);
  });

  it('never overwrites with init', () => {
    const folder = folderWith({ 'architecture.mlarch': 'mine' });
    expect(mlarch(['init'], { cwd: folder }).code).toBe(2);
    expect(readFileSync(path.join(folder, 'architecture.mlarch'), 'utf8')).toBe('mine');
  });
});

describe('what a file can make mlarch read', () => {
  it('evidence outside the workspace is not looked up, also not through a link', () => {
    const outside = folderWith({ 'secret.md': '# Secret heading' });
    const folder = folderWith({ 'mlarch.config.json': '{}', 'a.mlarch': `system S {\n  service A {\n    slo p99 <= 1 s evidence "${outside}/secret.md" "../../etc/hosts" "link/secret.md" "gone.md"\n  }\n}` });
    symlinkSync(outside, path.join(folder, 'link'));
    const { stdout } = mlarch(['export', 'a.mlarch'], { cwd: folder });
    const [system] = JSON.parse(stdout).systems;
    expect(system.components[0].properties.slo.evidence.map((item: { status: string }) => item.status)).toEqual(['unchecked', 'unchecked', 'unchecked', 'missing']);
    expect(stdout).not.toContain('secret heading');
    expect(existsSync(path.join(folder, 'link'))).toBe(true);
  });
});
