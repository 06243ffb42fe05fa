import { describe, expect, test } from 'vitest';
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { subsequenceScore } from '../../../src/language/editing/fuzzy.ts';
import { documentSymbols, workspaceSymbols } from '../../../src/language/editing/symbols.ts';
import type { Range } from '../../../src/model/architecture.ts';
import { FILES, inCrlf, shown } from './named-files.ts';
import { workspaceOf } from './workspace.ts';

const isInside = (outer: Range, inner: Range): boolean => [[outer.start, inner.start], [inner.end, outer.end]].every(([a, b]) => a!.line < b!.line || (a!.line === b!.line && a!.character <= b!.character));

/** The outline of a text: `name | detail`, indented. Checks what editors insist on. */
function outlineOf(text: string): string[] {
  const workspace = workspaceOf({ 'a.mlarch': text });
  const outline = (symbols: readonly DocumentSymbol[], indent: string): string[] =>
    symbols.flatMap(({ name, detail, range, selectionRange, children = [] }) => {
      expect(name).not.toBe('');
      expect(isInside(range, selectionRange)).toBe(true);
      for (const child of children) expect(isInside(range, child.range)).toBe(true);
      return [`${indent}${name}${detail === undefined ? '' : ` | ${detail}`}`, ...outline(children, `${indent}  `)];
    });
  return outline(documentSymbols(workspace.file('a.mlarch')!), '');
}

const TEXT = `system Shop {
  owner "A"
  consumer App : application { peak 20 req/s growth 5 %/month }
  service Api : realtime {
    slo p99 <= 120 ms, availability >= 99.9 %
    replicas 2..8
  }
  store Log
  registry none
  App -> Api -> Log { async }
  decision "One or two" { chosen Api }
  accept ML09.1 on Api { because "x" by "A" until 2027-03-31 }
  target Next {
    because "growth"
    change Api : streaming { replicas 3 }
    add store Spare { technology redis }
    remove Api -> Log
  }
}
technology own { vendor "us" }
`;

describe('symbols of a file', () => {
  const OUTLINE = [
    'Shop | system',
    '  App | consumer : application, peak 20 req/s',
    '  Api | service : realtime, replicas 2..8',
    '  Log | store',
    '  none | registry',
    '  App -> Api -> Log',
    '  One or two | decision',
    '  accept ML09.1 on Api | until 2027-03-31',
    '  Next | target',
    '    change Api : streaming',
    '    Spare | store',
    '    remove Api -> Log',
    'own | technology',
  ];

  test('are nested, with kind, variant and a figure', () => expect(outlineOf(TEXT)).toEqual(OUTLINE));
  test('with CRLF', () => expect(outlineOf(TEXT.replaceAll('\n', '\r\n'))).toEqual(OUTLINE));
  test('select the name', () => {
    const workspace = workspaceOf({ 'a.mlarch': TEXT });
    const [system] = documentSymbols(workspace.file('a.mlarch')!);
    expect([system!, ...system!.children!].map(({ selectionRange }) => shown(workspace, 'a.mlarch', selectionRange)).slice(0, 4)).toEqual(['a.mlarch 0:7 Shop', 'a.mlarch 2:11 App', 'a.mlarch 3:10 Api', 'a.mlarch 7:8 Log']);
  });

  test('around a syntax error', () => {
    expect(outlineOf(TEXT.replace('  store Log', '  store Log : [ "x'))).toEqual(OUTLINE);
    // A block that is not closed takes in what follows; what stands before it stays.
    const outline = outlineOf(TEXT.replace('  store Log', '  store Log {'));
    for (const line of OUTLINE.slice(0, 4)) expect(outline).toContain(line);
  });

  test.each([['', []], ['\n\n', []], ['// only\n', []], ['system', []], ['system A', ['A | system']], ['system A {', ['A | system']]])('of %j', (text, expected) => expect(outlineOf(text)).toEqual(expected));

  test('of every beginning of a text keep what editors insist on', () => {
    for (let end = 0; end <= TEXT.length; end += 1) outlineOf(TEXT.slice(0, end));
  });
});

describe('symbols of a workspace', () => {
  const found = (query: string, limit = 100, files = FILES): string[] => {
    const workspace = workspaceOf(files);
    return workspaceSymbols(workspace, query, limit).map(({ location, containerName }) => `${shown(workspace, location.uri, location.range)}${containerName === undefined ? '' : ` in ${containerName}`}`);
  };

  test('are those that hold the letters in their order, best first', () => {
    expect(found('api')).toEqual(['main.mlarch 3:10 Api in Shop', 'other.mlarch 1:10 Api in Other']);
    expect(found('lk').sort()).toEqual(['data.mlarch 1:6 Lake', 'other.mlarch 2:8 Lake in Other']);
    expect(found('own')).toEqual(['data.mlarch 0:11 own_store']);
    expect(found('zzz')).toEqual([]);
    expect(found('api', 100, inCrlf(FILES))).toEqual(found('api'));
  });

  test('are all for no query, and never more than asked for', () => {
    const all = found('');
    expect(all).toHaveLength(15);
    expect(found('', 4)).toEqual(all.slice(0, 4));
    expect(found('a', 0)).toEqual([]);
  });

  test('have the kind of their layer', () => {
    expect(workspaceSymbols(workspaceOf(FILES), 'Shop', 1)[0]?.kind).toBe(SymbolKind.Module);
    expect(workspaceSymbols(workspaceOf({}), 'Shop', 1)).toEqual([]);
  });

  test('the score prefers whole names, then starts of words, then shorter names', () => {
    for (const name of ['', 'Lak', 'Keal', 'LogKeep']) expect(subsequenceScore('lake', name)).toBeUndefined();
    const order = (query: string, ...given: string[]) => given.sort((a, b) => (subsequenceScore(query, b) ?? -1e9) - (subsequenceScore(query, a) ?? -1e9));
    expect(order('lake', 'Flake', 'TheLake', 'Lakes', 'Lake')).toEqual(['Lake', 'Lakes', 'TheLake', 'Flake']);
    expect(order('os', 'Hosts', 'OrderStream')).toEqual(['OrderStream', 'Hosts']);
  });
});
