import fc from 'fast-check';
import { EmptyFileSystem } from 'langium';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formattingEdits } from '../../../src/language/editing/formatting-edits.ts';
import { format } from '../../../src/language/formatting/format.ts';
import { createMlarchServices } from '../../../src/language/mlarch-module.ts';
import type { MlarchLexer } from '../../../src/language/parser/lexer.ts';

const lexer = createMlarchServices(EmptyFileSystem).mlarch.parser.Lexer as MlarchLexer;
const apply = (text: string, edits: ReturnType<typeof formattingEdits>): string => TextDocument.applyEdits(TextDocument.create('a', 'mlarch', 0, text), edits);

const UGLY = `import { Lake } from "data.mlarch"


system   Shop {
owner "A"   // who
     stage    production
   /** The
      * store.
   */
  store  Lake : lakehouse   {
   technology delta_lake
      retention 2years


      layer raw   \t
  }
  App->Lake
}
`;

const inCrlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('edits that format', () => {
  test.each([['', ''], ['LF', UGLY], ['CRLF', inCrlf(UGLY)], ['no line end', 'system A {\n owner "x"\n}'], ['blank', '\n\n  \n'], ['mixed line ends', 'system A {\r\n owner "x"\n  stage   production\r\n}\n'], ['broken', 'system A {\n  store { [ \n "open\n ??? \n   peak 3\n}\n'], ['byte order mark', '\uFEFFsystem A {\n}\n']])('give what the formatter gives: %s', (_, text) => {
    expect(apply(text, formattingEdits(lexer, text))).toBe(format(lexer, text));
  });

  test('leave lines alone that are as they should be', () => {
    const text = format(lexer, UGLY).replace('  owner', 'owner').replace('retention  2 years', 'retention  2years');
    const edits = formattingEdits(lexer, text);
    expect(edits).toHaveLength(2);
    const lines = text.split('\n');
    expect(edits.map(({ range, newText }) => [lines[range.start.line]?.trim().split(' ')[0], range.start.line === range.end.line, newText])).toEqual([['owner', true, '  '], ['retention', true, ' ']]);
    expect(formattingEdits(lexer, format(lexer, UGLY))).toEqual([]);
  });

  test('in a range touch only its lines', () => {
    for (const text of [UGLY, inCrlf(UGLY)]) {
      const lines = text.split('\n');
      for (let first = 0; first < lines.length; first += 1) {
        for (let last = first; last < lines.length; last += 1) {
          const range = { start: { line: first, character: 0 }, end: { line: last, character: lines[last]!.length } };
          const result = apply(text, formattingEdits(lexer, text, { range }));
          expect(result.startsWith(lines.slice(0, first).map((line) => `${line}\n`).join(''))).toBe(true);
          expect(result.endsWith(lines.slice(last + 1).map((line) => `\n${line}`).join(''))).toBe(true);
        }
      }
      expect(apply(text, formattingEdits(lexer, text, { range: { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: 0 } } }))).toBe(format(lexer, text));
    }
  });

  test('in a range ending at the start of a line leave that line as it is', () => {
    const range = { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } };
    const lines = apply(UGLY, formattingEdits(lexer, UGLY, { range })).split('\n');
    expect(lines[4]).toBe('  owner "A"  // who');
    expect(lines[5]).toBe('     stage    production');
  });

  test('hold for every example, shaken', async () => {
    for await (const file of glob('examples/**/*.mlarch')) {
      const text = readFileSync(file, 'utf8');
      const shaken = text.replaceAll(/^ +/gm, (space) => space.repeat(2)).replaceAll(/([a-z]) ([a-z])/g, '$1   $2');
      for (const given of [shaken, inCrlf(shaken)]) {
        const result = apply(given, formattingEdits(lexer, given));
        expect(result, file).toBe(format(lexer, given));
        expect(formattingEdits(lexer, result), file).toEqual([]);
      }
    }
  });

  test('hold for any text', () => {
    const piece = fc.constantFrom('system A {', '}', '{', '[', ']', '\n', '\r\n', '  ', '\t', '\r', 'store X', '-> B', '"text"', '"open', '// note', '/* a\n  b */', '/*', 'peak 20req/s', '2..8', 'owner', ',', '§', '\uFEFF', '\u2028', '\u00A0');
    fc.assert(fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      expect(apply(text, formattingEdits(lexer, text))).toBe(format(lexer, text));
    }), { numRuns: 2000 });
  });
});
