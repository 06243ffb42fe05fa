import { describe, expect, test } from 'vitest';
import { foldingRanges } from '../../../src/language/editing/folding.ts';
import { workspaceOf } from './workspace.ts';

const foldsIn = (text: string): string[] => foldingRanges(workspaceOf({ 'a.mlarch': text }).file('a.mlarch')!).map(({ startLine, endLine, kind }) => [`${startLine}-${endLine}`, ...(kind === undefined ? [] : [kind])].join(' '));

const TEXT = `// One
// two

// alone
import { A } from "a.mlarch"
import * from "b.mlarch"
/**
 * The shop.
 */
system Shop {
  // #region data
  store Log {
    tags [
      a,
      b
    ]
    layer raw // beside
    // not of a run
  }
  // #region inner
  store One { layer raw }
  // #endregion
  // #endregion
  target Next {
    change Log {
      layer curated
    }
  }
}
`;

describe('folding', () => {
  const FOLDS = ['0-1 comment', '4-5 imports', '6-8 comment', '9-27', '10-22 region', '11-17', '12-14', '19-21 region', '23-26', '24-25'];
  test('of blocks, lists, comments, imports and regions', () => expect(foldsIn(TEXT)).toEqual(FOLDS));
  test('with CRLF', () => expect(foldsIn(TEXT.replaceAll('\n', '\r\n'))).toEqual(FOLDS));
  test('around a syntax error', () => expect(foldsIn(TEXT.replace('  store One { layer raw }', '  store One { [ layer }'))).toEqual(expect.arrayContaining(['0-1 comment', '4-5 imports', '10-22 region', '11-17'])));
  test('a region without its end, or an end without its region, is none', () => expect(foldsIn('// #region a\nstore A\n// #region b\nstore B\n// #endregion\n')).toEqual(['2-4 region']));
  test('what looks like a comment in a string is none', () => expect(foldsIn('store A { see "// x" }\n// y\nstore B { see "/*" }\nstore C { see "*/" }\n')).toEqual([]));
  test.each([['', []], ['\n\n\n', []], ['system A {', []], ['system A {\n}', []], ['system A {\n  store B\n}', ['0-1']], ['/* open\n\n', []]])('of %j', (text, expected) => expect(foldsIn(text)).toEqual(expected));

  test('stay within the file for every beginning of a text, one for each first line', () => {
    for (let end = 0; end <= TEXT.length; end += 1) {
      const text = TEXT.slice(0, end);
      const folds = foldingRanges(workspaceOf({ 'a.mlarch': text }).file('a.mlarch')!);
      const lines = text.split('\n').length;
      for (const { startLine, endLine } of folds) expect(startLine < endLine && endLine < lines && startLine >= 0).toBe(true);
      expect(new Set(folds.map(({ startLine }) => startLine)).size).toBe(folds.length);
    }
  });
});
