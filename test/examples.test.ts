import { EmptyFileSystem } from 'langium';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { review } from '../src/analysis/review.ts';
import { format } from '../src/language/formatting/format.ts';
import { createMlarchServices } from '../src/language/mlarch-module.ts';
import { MlarchLexer } from '../src/language/parser/lexer.ts';
import { EXAMPLES, loadExample, SYSTEMS } from './support/examples.ts';

const lexer = new MlarchLexer(createMlarchServices(EmptyFileSystem).mlarch);

describe.each(SYSTEMS)('%s', (file) => {
  const { architectures, problems } = loadExample(file);

  it('declares one system without a problem', () => {
    expect(problems.map(({ severity, message, span }) => `${span.file}:${span.range.start.line + 1} ${severity} ${message}`)).toEqual([]);
    expect(architectures).toHaveLength(1);
  });

  it('is reviewed by every rule', () => {
    for (const architecture of architectures) {
      const { verdicts } = review(architecture, { today: '2026-11-21' });
      expect(verdicts.filter((verdict) => verdict.verdict === 'failed')).toEqual([]);
    }
  });
});

describe('examples', () => {
  it.each(Object.keys(EXAMPLES))('%s is formatted', (file) => {
    expect(format(lexer, EXAMPLES[file] ?? '')).toBe(EXAMPLES[file]);
  });

  const folders = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it.each(folders.map((folder) => folder.name))('%s has a README that names its files', (folder) => {
    const readme = path.join('examples', folder, 'README.md');
    expect(existsSync(readme)).toBe(true);
    const text = readFileSync(readme, 'utf8');
    const files = Object.keys(EXAMPLES).filter((file) => file.startsWith(`examples/${folder}/`));
    expect(files.filter((file) => !text.includes(file.slice(`examples/${folder}/`.length)))).toEqual([]);
  });

  it('the published ones say what they are and that only published facts are declared', () => {
    const published = Object.entries(EXAMPLES).filter(([file]) => file.startsWith('examples/published/'));
    expect(published).toHaveLength(11);
    for (const [file, text] of published) {
      const opening = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1]?.replace(/\s*\n \*\s*/g, ' ') ?? '';
      expect(opening, file).toMatch(/Sources?: .*\d{4}.* Only published facts are declared|Fictional/);
    }
  });
});
