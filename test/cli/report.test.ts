import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { mlarch as run, type Run } from './run.ts';

const mlarch = (...arguments_: string[]): Run => run(arguments_);

const folder = mkdtempSync(path.join(os.tmpdir(), 'mlarch-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STARTUP = 'examples/published/startup-on-one-machine.mlarch';

it('leaves the earlier report where a new one cannot be written', () => {
  const target = path.join(folder, 'report');
  expect(mlarch('report', STARTUP, '--format', 'md', '--part', 'findings', '-o', target, '--date', '2026-11-21').code).toBe(0);
  const before = Object.fromEntries(readdirSync(target).map((name) => [name, readFileSync(path.join(target, name), 'utf8')]));
  expect(Object.keys(before)).toEqual(['startup-scoring-report.md']);
  const blocked = path.join(target, 'startup-scoring-report.md', 'below');
  const { code, stderr } = mlarch('report', STARTUP, '--format', 'md', '-o', blocked, '--date', '2026-11-21');
  expect(code).toBe(2);
  expect(stderr).toContain('cannot be written');
  expect(Object.fromEntries(readdirSync(target).map((name) => [name, readFileSync(path.join(target, name), 'utf8')]))).toEqual(before);
});

it('gives systems that share a name files of their own', () => {
  const shared = path.join(folder, 'shared');
  mkdirSync(shared);
  for (const [file, stage] of [['a', 'pilot'], ['b', 'production']] as const) writeFileSync(path.join(shared, `${file}.mlarch`), `system Shop {\n  stage ${stage}\n}\n`);
  const out = path.join(folder, 'shops');
  expect(mlarch('report', shared, '--format', 'md', '--part', 'scope', '-o', out, '--date', '2026-11-21').code).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['shop-report-2.md', 'shop-report.md']);
  expect(readFileSync(path.join(out, 'shop-report.md'), 'utf8')).toContain('a pilot system');
  expect(readFileSync(path.join(out, 'shop-report-2.md'), 'utf8')).toContain('a production system');
});

it('says which pictures standard output leaves out', () => {
  const { code, stdout, stderr } = mlarch('report', STARTUP, '--part', 'roadmap', '--date', '2026-11-21');
  expect(code).toBe(0);
  expect(stdout).toContain('## ');
  expect(stderr).toContain('name a folder with -o');
});

it('refuses parts, formats and days that do not exist, and a PDF without a folder', () => {
  expect(mlarch('report', STARTUP, '--part', 'nothing').stderr).toContain('--part takes');
  expect(mlarch('report', STARTUP, '--format', 'docx').stderr).toContain('--format takes');
  expect(mlarch('report', STARTUP, '--date', '2026-02-30').stderr).toContain('--date takes');
  expect(mlarch('report', STARTUP, '--format', 'pdf').stderr).toContain('-o');
});

it('writes every form of the report of the card-fraud example, the same bytes each time', () => {
  const write = (name: string): Record<string, string> => {
    const out = path.join(folder, name);
    const { code, stderr } = mlarch('report', 'examples/card-fraud', '-o', out, '--date', '2026-11-21');
    expect([code, stderr]).toEqual([0, '']);
    return Object.fromEntries(readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('.')).sort().map((file) => [file, readFileSync(path.join(out, file)).toString('base64')]));
  };
  const first = write('first');
  expect(Object.keys(first).filter((file) => !file.includes('pictures'))).toEqual(['card-fraud-report.html', 'card-fraud-report.json', 'card-fraud-report.md', 'card-fraud-report.pdf']);
  expect(write('second')).toEqual(first);
  const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('report'));
  validate(JSON.parse(Buffer.from(first['card-fraud-report.json'] ?? '', 'base64').toString('utf8')));
  expect(validate.errors ?? []).toEqual([]);
}, 180_000);
