import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { mlarch as run, type Run } from './run.ts';

const mlarch = (...arguments_: string[]): Run => run(arguments_);

const folder = mkdtempSync(path.join(os.tmpdir(), 'mlarch-target-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STARTUP = 'examples/published/startup-on-one-machine.mlarch';
const DAY = ['--today', '2026-11-21'];

it('tells each step with what it closes, what it costs and when to think again', () => {
  const { code, stdout } = mlarch('target', STARTUP, ...DAY);
  expect(code).toBe(0);
  expect(stdout).toContain('Derived: ');
  for (const word of ['Closes', 'Do nothing', 'Paid for by', 'Effort', 'Think again', 'Deliberately not recommended', 'Kubernetes']) expect(stdout).toContain(word);
});

it('writes JSON that its schema describes', () => {
  const { stdout } = mlarch('target', 'examples/card-fraud', '--format', 'json', ...DAY);
  const json = JSON.parse(stdout) as { systems: { declared: unknown[]; derived: { unproven: string[] } }[] };
  const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('target'));
  validate(json);
  expect(validate.errors ?? []).toEqual([]);
  expect(json.systems[0]?.declared).toHaveLength(1);
  expect(json.systems[0]?.derived.unproven).toEqual([]);
});

it('writes a block that declares the same target, reviewed to the same findings', () => {
  const block = mlarch('target', STARTUP, '--format', 'mlarch', ...DAY).stdout;
  const text = readFileSync(STARTUP, 'utf8').replace(/\}\s*$/, `\n${block}}\n`);
  const file = path.join(folder, 'with-target.mlarch');
  writeFileSync(file, text);
  const { code, stdout, stderr } = mlarch('target', file, '--format', 'json', ...DAY);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const [system] = (JSON.parse(stdout) as { systems: { derived: Target; declared: Target[] }[] }).systems;
  expect(system?.declared[0]).toMatchObject({ title: 'Recommended', closed: system?.derived.closed, opened: system?.derived.opened, left: system?.derived.left });
});

interface Target {
  readonly title: string;
  readonly closed: string[];
  readonly opened: string[];
  readonly left: string[];
}

it('says so where there is no target to write', () => {
  const file = path.join(folder, 'quiet.mlarch');
  writeFileSync(file, 'system Quiet {\n  stage prototype\n}\n');
  const { code, stderr } = mlarch('target', file, '--format', 'mlarch');
  expect(code).toBe(2);
  expect(stderr).toContain('there is no target to write');
});
