import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LENDER } from '../support/declared-system.ts';
import { cyclonedxValidator } from '../support/cyclonedx.ts';
import { folderWith, mlarch } from './run.ts';

const TWO = 'system A {\n  model M\n}\nsystem B {\n  model M\n  model N\n}\n';

describe('export', () => {
  it('writes JSON of the model unless it is asked for something else', () => {
    const folder = folderWith({ 'main.mlarch': LENDER });
    const { code, stdout } = mlarch(['export'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toBe(mlarch(['export', '--format', 'json'], { cwd: folder }).stdout);
    expect((JSON.parse(stdout) as { schemaVersion: number }).schemaVersion).toBe(1);
  });

  it('writes a bill of materials that CycloneDX knows, the same each time', () => {
    const folder = folderWith({ 'main.mlarch': LENDER });
    expect(mlarch(['export', '--format', 'cyclonedx', '-o', 'out/bom.cdx.json'], { cwd: folder })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const text = readFileSync(path.join(folder, 'out/bom.cdx.json'), 'utf8');
    expect(mlarch(['export', '--format', 'cyclonedx'], { cwd: folder }).stdout).toBe(text);
    const validate = cyclonedxValidator();
    expect(validate(JSON.parse(text)) ? [] : validate.errors).toEqual([]);
  });

  it('writes a card for each model into a folder, all or none', () => {
    const folder = folderWith({ 'main.mlarch': LENDER, taken: 'a file' });
    const { code, stdout } = mlarch(['export', 'main.mlarch', '--format', 'model-cards', '-o', 'cards', '--date', '2026-11-21'], { cwd: folder });
    expect(code).toBe(0);
    expect(readdirSync(path.join(folder, 'cards')).sort()).toEqual(['base.md', 'cap.md', 'limit.md']);
    expect(stdout.trim().split('\n')).toEqual(['base', 'limit', 'cap'].map((name) => path.join('cards', `${name}.md`)));
    expect(readFileSync(path.join(folder, 'cards/limit.md'), 'utf8')).toMatch(/^# Model card: Limit\n\nA model of Lender, version 4\\?\.1\n\n2026-11-21\n/);
    expect(mlarch(['export', 'main.mlarch', '--format', 'model-cards', '-o', 'taken'], { cwd: folder })).toMatchObject({ code: 2, stdout: '' });
  });

  it('writes cards of several systems, and documents of one', () => {
    const folder = folderWith({ 'two.mlarch': TWO, 'none.mlarch': 'system Empty {}\n' });
    mlarch(['export', 'two.mlarch', '--format', 'model-cards', '-o', 'cards'], { cwd: folder });
    expect(readdirSync(path.join(folder, 'cards')).sort()).toEqual(['a-m.md', 'b-m.md', 'b-n.md']);
    expect(mlarch(['export', 'two.mlarch', '--format', 'model-cards'], { cwd: folder }).stdout.match(/^# Model card: /gm)).toHaveLength(3);
    for (const format of ['cyclonedx', 'annex-iv']) expect(mlarch(['export', 'two.mlarch', '--format', format], { cwd: folder })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('There are 2 systems') as string });
    expect(mlarch(['export', 'none.mlarch', '--format', 'model-cards', '-o', 'x'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('No model is declared') as string });
  });

  it('writes a start of the documentation of Annex IV', () => {
    const folder = folderWith({ 'main.mlarch': LENDER });
    expect(mlarch(['export', '--format', 'annex-iv'], { cwd: folder }).stdout).toMatch(/^# Technical documentation of Lender: a start\n/);
  });

  it('says what is wrong with its options', () => {
    const folder = folderWith({ 'main.mlarch': LENDER });
    expect(mlarch(['export', '--format', 'spdx'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('json, cyclonedx, model-cards, annex-iv') as string });
    expect(mlarch(['export', '--format', 'cyclonedx', '--date', '2026-02-30'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('--date takes a date') as string });
  });
});
