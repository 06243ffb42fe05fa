import { EmptyFileSystem } from 'langium';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { format } from '../../src/language/formatting/format.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import { MlarchLexer } from '../../src/language/parser/lexer.ts';
import { loadText } from '../support/load.ts';

const folder = path.join(import.meta.dirname, '../../extension');
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const pages = readdirSync(path.join(folder, 'walkthrough')).map((name) => `walkthrough/${name}`);
const sample = read('sample/churn.mlarch');
const blocks = (page: string): string[] => [...read(page).matchAll(/```mlarch\n([^]*?)```/g)].map(([, text = '']) => text);

function reviewed(text: string) {
  const { problems, architectures: [architecture] } = loadText(text);
  if (!architecture) throw new Error('The sample declares no system.');
  return { problems, ...review(architecture, { settings: DEFAULT_SETTINGS, today: '2026-11-21' }) };
}

describe('the sample of the walkthrough', () => {
  it('has no problem of the text', () => {
    expect(reviewed(sample).problems).toEqual([]);
  });

  it('is formatted', () => {
    expect(format(new MlarchLexer(createMlarchServices(EmptyFileSystem).mlarch), sample)).toBe(sample);
  });

  it('has findings enough to look at, few enough to be read, and one whose remedy is an edit', () => {
    const { findings } = reviewed(sample);
    expect(findings.length).toBeGreaterThan(3);
    expect(findings.length).toBeLessThan(12);
    expect(findings.some(({ remedy }) => remedy.changes.length > 0)).toBe(true);
  });
});

describe('the pages of the walkthrough', () => {
  it('quote a finding of the sample with its path and its reason', () => {
    const page = read('walkthrough/findings.md');
    const { findings } = reviewed(sample);
    const [, rule, component, message] = /^> \*\*(\S+) (\w+)\*\* (.*)$/m.exec(page) ?? [];
    const quoted = findings.find((finding) => finding.rule === rule && finding.component === `Churn.${component}`);
    expect(quoted?.message).toBe(message);
    expect(page).toContain(`> *${quoted?.why}*`);
    const hops = quoted?.path.map((hop) => `${hop.component.replace('Churn.', '')}${hop.note === undefined ? '' : ` (${hop.note})`}`).join(' → ');
    expect(page).toContain(`> ${hops}\n`);
  });

  it('show a part of the sample as it stands there', () => {
    const lines = new Set(sample.split('\n').map((line) => line.trim()));
    const shown = blocks('walkthrough/sample.md').join('').split('\n').map((line) => line.trim()).filter((line) => line !== '');
    expect(shown.length).toBeGreaterThan(3);
    for (const line of shown) expect(lines, line).toContain(line);
  });

  it('show an acceptance that accepts a finding of the sample', () => {
    const [acceptance = ''] = blocks('walkthrough/fix.md');
    const { problems, findings, accepted } = reviewed(sample.replace(/\}\s*$/, `${acceptance}}\n`));
    expect(problems).toEqual([]);
    expect(accepted).toHaveLength(1);
    expect(findings).toHaveLength(reviewed(sample).findings.length - 1);
  });

  it.each(pages)('%s has a heading and is short enough to stand beside its step', (page) => {
    expect(read(page)).toMatch(/^# /);
    expect(read(page).split('\n').length).toBeLessThan(30);
  });
});
