import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, type Problem } from '../../src/language/problem.ts';
import { loadFiles, loadText } from '../support/load.ts';

/** Fixtures: the line above a problem names its code and, in quotes, a piece of its message: `//! wrong-unit "lacks a unit"`. */
const folder = path.join(import.meta.dirname, '../fixtures/language');
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.mlarch'));

const shown = ({ code, span, message }: Problem): string => `${span.range.start.line + 1} ${code}: ${message}`;

function marksOf(text: string): { line: number; code: string; piece: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const match = /^\s*\/\/!\s+([\w-]+)(?:\s+"(.*)")?\s*$/.exec(line);
    if (!match) {
      if (/^\s*\/\/!/.test(line)) throw new Error(`Line ${index + 1}: cannot read ${line.trim()}`);
      return [];
    }
    return [{ line: index + 2, code: match[1] ?? '', piece: match[2] ?? '' }];
  });
}

describe.each(fixtures)('%s', (name) => {
  const text = readFileSync(path.join(folder, name), 'utf8');

  it('reports what is marked, there, and nothing else', () => {
    const problems = loadText(text).problems;
    const expected = marksOf(text).map(({ line, code, piece }) => {
      const match = problems.find((problem) => problem.span.range.start.line + 1 === line && problem.code === code && problem.message.includes(piece));
      return match ? shown(match) : `${line} ${code}: "${piece}" (not reported)`;
    });
    expect(problems.map(shown).sort()).toEqual(expected.sort());
  });
});

describe('several files', () => {
  const codes = (files: Record<string, string>): string[] => loadFiles(files).problems.map((problem) => `${problem.span.file} ${problem.code}`);

  it('reports an import that cannot be read, at the import', () => {
    expect(codes({ 'a.mlarch': 'import { X } from "gone.mlarch"\nsystem S { owner "x" }' })).toEqual(['a.mlarch unresolved-import']);
    expect(codes({ 'a.mlarch': 'import { X } from "secret.txt"\nsystem S { owner "x" }', 'secret.txt': 'store X' })).toEqual(['a.mlarch unresolved-import']);
  });

  it('reports a name that the file does not declare', () => {
    expect(codes({ 'a.mlarch': 'import { Lak } from "b.mlarch"\nsystem S { owner "x" }', 'b.mlarch': 'store Lake' })).toEqual(['a.mlarch not-exported']);
  });

  it('reports a circle of imports once and reviews all the same', () => {
    const files = { 'a.mlarch': 'import { B } from "b.mlarch"\nsystem S { store A\n A -> B }', 'b.mlarch': 'import { S } from "a.mlarch"\nstore B' };
    expect(codes(files)).toEqual(['b.mlarch import-cycle']);
    expect([...(loadFiles(files).architectures[0]?.components.keys() ?? [])].sort()).toEqual(['A', 'B']);
  });

  it('brings what an imported component refers to, with the flows between them, and nothing more', () => {
    const files = {
      'main.mlarch': 'import { F } from "lib/data.mlarch"\nsystem S { service Api { replicas 2 }\n F -> Api }',
      'lib/data.mlarch': 'import { Redis } from "stores.mlarch"\nstore Lake\nstore Unused\nfeatures F { offline Lake online Redis }\nLake -> F { every 1 day }\nUnused -> F',
      'lib/stores.mlarch': 'store Redis\nstore Other',
    };
    const { architectures, problems } = loadFiles(files);
    expect(problems).toEqual([]);
    expect([...(architectures[0]?.components.keys() ?? [])].sort()).toEqual(['Api', 'F', 'Lake', 'Redis']);
    expect(architectures[0]?.flows.map((flow) => flow.name).sort()).toEqual(['F->Api', 'Lake->F']);
  });

  it('prefers the entry of the author over the bundled one', () => {
    const { architectures } = loadText('system S { service A { platform fastapi } }\ntechnology fastapi { title "Ours" source "own" as_of 2026-01-01 can [batching] }');
    expect(architectures[0]?.catalogue.technology.get('fastapi')?.properties.title).toBe('Ours');
  });
});

describe('problem codes', () => {
  it('are all known', () => {
    const used = fixtures.flatMap((name) => marksOf(readFileSync(path.join(folder, name), 'utf8')).map((mark) => mark.code));
    expect(used.filter((code) => !(code in PROBLEM_CODES))).toEqual([]);
  });
});
