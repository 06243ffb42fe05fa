import { describe, expect, test } from 'vitest';
import { highlightsAt, referencesAt } from '../../../src/language/editing/references.ts';
import { cursorOn, inCrlf, shown } from './named-files.ts';
import { atCursor } from './workspace.ts';

function referencesIn(texts: Readonly<Record<string, string>>, includeDeclaration = true): string[] {
  const { workspace, source, position } = atCursor(texts);
  return referencesAt(workspace, source, position, { includeDeclaration }).map(({ uri, range }) => shown(workspace, uri, range));
}

function highlightsIn(texts: Readonly<Record<string, string>>): string[] {
  const { workspace, source, position } = atCursor(texts);
  return highlightsAt(workspace, source, position).map(({ range, kind }) => `${shown(workspace, source.file, range)} ${kind === 3 ? 'write' : 'read'}`);
}

const API = ['3:10', '6:20', '7:21', '8:45', '9:9', '10:2', '12:26', '13:19', '14:19', '17:11', '18:11', '20:8', '21:11'].map((place) => `main.mlarch ${place} Api`);

describe('references', () => {
  test.each([['service Api'], ['App -> Api'], ['watches [Api'], ['change Api {'], ['accept ML09.2 on Api']])('of a component of a system, from %j', (on) => {
    expect(referencesIn(cursorOn('main.mlarch', on, 'Api'))).toEqual(API);
    expect(referencesIn(inCrlf(cursorOn('main.mlarch', on, 'Api')))).toEqual(API);
    expect(referencesIn(cursorOn('main.mlarch', on, 'Api'), false)).toEqual(API.slice(1));
    expect(highlightsIn(cursorOn('main.mlarch', on, 'Api'))).toEqual(API.map((place, index) => `${place} ${index === 0 ? 'write' : 'read'}`));
  });

  const LAKE = ['main.mlarch 0:9 Lake', 'main.mlarch 10:9 Lake', 'main.mlarch 11:2 Lake', 'data.mlarch 1:6 Lake', 'data.mlarch 3:10 Lake', 'wild.mlarch 1:10 Lake'];
  test.each([['main.mlarch', 'import'], ['main.mlarch', 'Api -> Lake'], ['data.mlarch', 'store Lake'], ['wild.mlarch', '-> Lake']])('in other files, from %s: %j', (file, on) => {
    expect(referencesIn(cursorOn(file, on, 'Lake')).sort()).toEqual([...LAKE].sort());
    expect(highlightsIn(cursorOn(file, on, 'Lake')).map((place) => place.replace(/ (read|write)$/, ''))).toEqual(LAKE.filter((place) => place.startsWith(file)));
  });

  test('leave out what means something else elsewhere', () => {
    expect(referencesIn(cursorOn('other.mlarch', 'service Api', 'Api'))).toEqual(['other.mlarch 1:10 Api', 'other.mlarch 3:2 Api']);
    expect(referencesIn(cursorOn('other.mlarch', 'store Lake', 'Lake'))).toEqual(['other.mlarch 2:8 Lake', 'other.mlarch 3:9 Lake']);
  });

  test('of an entry of the catalogue', () => {
    const expected = ['data.mlarch 0:11 own_store', 'data.mlarch 1:24 own_store', 'main.mlarch 0:15 own_store', 'main.mlarch 19:33 own_store', 'main.mlarch 5:25 own_store'];
    expect(referencesIn(cursorOn('data.mlarch', 'technology', 'own_store')).sort()).toEqual(expected);
    expect(referencesIn(cursorOn('main.mlarch', 'store Log', 'own_store')).sort()).toEqual(expected);
  });

  test('of what a target adds', () => expect(referencesIn(cursorOn('main.mlarch', 'add store Spare', 'Spare'))).toEqual(['main.mlarch 19:14 Spare', 'main.mlarch 20:15 Spare']));
  test('of a system', () => expect(referencesIn({ 'a.mlarch': 'system <|>S {\n  accept ML01 on S\n  target T { change S { stage production } }\n}\n' })).toEqual(['a.mlarch 0:7 S', 'a.mlarch 1:17 S', 'a.mlarch 2:20 S']));
  test('words of the vocabulary of the same spelling are none', () => expect(referencesIn({ 'a.mlarch': 'store <|>raw { layer raw see raw }\nraw -> raw\n' })).toEqual(['a.mlarch 0:6 raw', 'a.mlarch 1:0 raw', 'a.mlarch 1:7 raw']));
  test('beside a syntax error', () => expect(referencesIn({ 'a.mlarch': 'system S {\n  store A\n  store { [\n  A -> <|>A\n' })).toEqual(['a.mlarch 1:8 A', 'a.mlarch 3:2 A', 'a.mlarch 3:7 A']));

  test.each(['<|>', 'store A {<|>\n}\n', 'store A { technology <|>postgresql }\n', 'store A\nA -> <|>Missing\n', 'registry <|>none\n', 'A -> B\n<|>'])('none at %j', (text) => {
    expect(referencesIn({ 'a.mlarch': text })).toEqual([]);
    expect(highlightsIn({ 'a.mlarch': text })).toEqual([]);
  });
});
