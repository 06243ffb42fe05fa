import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { folderWith, mlarch } from './run.ts';

const FILE = 'system Shop {\n  region "eu-west-1"\n  service Scorer : realtime { serves M }\n  model M { task classification packaging in_image }\n  decision "Serve on Triton" { status accepted on 2026-06-02 context "Too slow." option "Triton" rejected "FastAPI" }\n}\n';

it('writes records once, keeps their numbers, and leaves what was edited by hand', () => {
  const folder = folderWith({ 'shop.mlarch': FILE });
  const run = () => mlarch(['decisions', 'shop.mlarch', '--proposed', '-o', 'adr', '--today', '2026-11-21'], { cwd: folder });
  const first = run();
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const names = readdirSync(path.join(folder, 'adr'));
  expect(names[0]).toBe('0001-serve-on-triton.md');
  expect(first.stdout.trim().split('\n')).toHaveLength(names.length);
  expect(run().stdout).toBe('');
  appendFileSync(path.join(folder, 'adr/0001-serve-on-triton.md'), 'Mine.\n');
  const third = run();
  expect(third).toMatchObject({ code: 0, stdout: '' });
  expect(third.stderr).toBe(`${path.join('adr', '0001-serve-on-triton.md')}: edited by hand, left as it is\n`);
  expect(readFileSync(path.join(folder, 'adr/0001-serve-on-triton.md'), 'utf8')).toMatch(/Mine\.\n$/);
});

it('writes to standard output without a folder, as Markdown or JSON, and only what is declared unless asked', () => {
  const folder = folderWith({ 'shop.mlarch': FILE });
  const text = mlarch(['decisions', 'shop.mlarch'], { cwd: folder });
  expect(text.stdout).toContain('# Serve on Triton');
  expect(text.stdout).not.toContain('Run in one region');
  const json = JSON.parse(mlarch(['decisions', 'shop.mlarch', '--format', 'json', '--proposed'], { cwd: folder }).stdout) as { systems: { system: string; decisions: { title: string }[] }[] };
  expect(json.systems[0]?.system).toBe('Shop');
  expect(json.systems[0]?.decisions.map(({ title }) => title)).toContain('Release M together with the code');
});

it('says what is wrong with its options and its folder', () => {
  const folder = folderWith({ 'shop.mlarch': FILE, adr: 'a file' });
  expect(mlarch(['decisions', 'shop.mlarch', '--format', 'xml'], { cwd: folder })).toMatchObject({ code: 2 });
  expect(mlarch(['decisions', 'shop.mlarch', '-o', 'adr'], { cwd: folder })).toMatchObject({ code: 2, stdout: '' });
  expect(mlarch(['decisions', 'shop.mlarch', '-o', 'x', '--format', 'json'], { cwd: folder }).stderr).toContain('standard output');
  expect(mlarch(['decisions', 'empty.mlarch'], { cwd: folderWith({ 'empty.mlarch': 'system Empty {}\n' }) }).stdout).toContain('No decision is declared');
});
