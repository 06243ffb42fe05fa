import { describe, expect, test } from 'vitest';
import { definitionAt } from '../../../src/language/editing/definition.ts';
import { cursorOn, inCrlf, shown } from './named-files.ts';
import { atCursor } from './workspace.ts';

function definitionIn(texts: Readonly<Record<string, string>>): string[] {
  const { workspace, source, position } = atCursor(texts);
  return definitionAt(workspace, source, position).map(({ originSelectionRange, targetUri, targetRange, targetSelectionRange }) => {
    const within = (a: typeof targetRange.start, b: typeof targetRange.start) => a.line < b.line || (a.line === b.line && a.character <= b.character);
    expect(within(targetRange.start, targetSelectionRange.start) && within(targetSelectionRange.end, targetRange.end)).toBe(true);
    expect(originSelectionRange && shown(workspace, source.file, originSelectionRange)).toBeDefined();
    return shown(workspace, targetUri, targetSelectionRange);
  });
}

const API = 'main.mlarch 3:10 Api';
const CASES: [string, string, string, string][] = [
  ['main.mlarch', 'service Api', 'Api', API],
  ['main.mlarch', 'runbook Steps for Api', 'Api', API],
  ['main.mlarch', 'watches [Api', 'Api', API],
  ['main.mlarch', 'App -> Api -> Log', 'Api', API],
  ['main.mlarch', 'chosen Api', 'Api', API],
  ['main.mlarch', 'accept ML09.1 on Api', 'Api', API],
  ['main.mlarch', 'change Api {', 'Api', API],
  ['main.mlarch', 'remove Api', 'Api', API],
  ['main.mlarch', 'serves Churn', 'Churn', 'main.mlarch 4:8 Churn'],
  ['main.mlarch', 'Api -> Spare', 'Spare', 'main.mlarch 19:14 Spare'],
  ['main.mlarch', '{ Lake', 'Lake', 'data.mlarch 1:6 Lake'],
  ['main.mlarch', 'Api -> Lake', 'Lake', 'data.mlarch 1:6 Lake'],
  ['main.mlarch', '"data.mlarch"', 'data', 'data.mlarch 0:0 '],
  ['main.mlarch', 'store Log { technology own_store', 'own_store', 'data.mlarch 0:11 own_store'],
  ['main.mlarch', 'target Next', 'Next', 'main.mlarch 15:9 Next'],
  ['wild.mlarch', '-> Lake', 'Lake', 'data.mlarch 1:6 Lake'],
  ['other.mlarch', '-> Lake', 'Lake', 'other.mlarch 2:8 Lake'],
];

describe('definition', () => {
  test.each(CASES)('%s: %s: %s', (file, on, word, expected) => {
    expect(definitionIn(cursorOn(file, on, word))).toEqual([expected]);
    expect(definitionIn(inCrlf(cursorOn(file, on, word)))).toEqual([expected]);
  });

  test('at the end of a name', () => expect(definitionIn({ 'a.mlarch': 'store A\nstore B\nA<|>->B\n' })).toEqual(['a.mlarch 0:6 A']));
  test('beside a syntax error', () => expect(definitionIn({ 'a.mlarch': 'system S {\n  store A\n  store { [\n  A -> <|>A\n' })).toEqual(['a.mlarch 1:8 A']));
  test('of two of a name the first, as the review has it', () => expect(definitionIn({ 'a.mlarch': 'system S {\n  store A\n  cache A\n  A -> <|>A\n}\n' })).toEqual(['a.mlarch 1:8 A']));

  test.each(['<|>', 'store A {<|>\n}\n', 'store A { technology <|>postgresql }\n', 'store A\nA -> <|>Missing\n', 'registry <|>none\n', '<|>store A\n', 'import { A } from "<|>missing.mlarch"\n', 'store A { layer <|>raw }\n', 'import { <|>Missing } from "missing.mlarch"\n', 'store A\n<|>', '// A<|>\nstore A\n'])('none at %j', (text) => expect(definitionIn({ 'a.mlarch': text })).toEqual([]));
});
