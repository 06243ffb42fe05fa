import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isAddition, isCatalogueEntry, isComponent, isSystem } from '../../../src/language/generated/ast.ts';
import { KEYWORDS } from '../../../src/language/editing/name-rules.ts';
import { prepareRenameAt, renameAt } from '../../../src/language/editing/rename.ts';
import { membersOf } from '../../../src/language/editing/roles.ts';
import { nameNode, spanOf } from '../../../src/language/source-file.ts';
import type { Position } from '../../../src/model/architecture.ts';
import { loadFiles } from '../../support/load.ts';
import { cursorOn, FILES, inCrlf, shown } from './named-files.ts';
import { atCursor, workspaceOf } from './workspace.ts';

type Texts = Readonly<Record<string, string>>;

/** The texts after a rename, or why there was none. */
function renamedAt(texts: Texts, file: string, position: Position, newName: string): Record<string, string> | string {
  const workspace = workspaceOf(texts);
  const result = renameAt(workspace, workspace.file(file)!, position, newName);
  if ('error' in result) return result.error as string;
  const changed = Object.entries(texts).map(([name, text]) => [name, TextDocument.applyEdits(TextDocument.create(name, 'mlarch', 0, text), result.changes?.[name] ?? [])]);
  expect(Object.keys(result.changes ?? {}).filter((name) => !Object.hasOwn(texts, name))).toEqual([]);
  return Object.fromEntries(changed) as Record<string, string>;
}

function renamed(marked: Texts, newName: string): Record<string, string> | string {
  const { source, position } = atCursor(marked);
  return renamedAt(Object.fromEntries(Object.entries(marked).map(([file, text]) => [file, text.replace('<|>', '')])), source.file, position, newName);
}

/** What a review sees, without the places. */
function modelOf(texts: Texts): string {
  const files = Object.keys(texts).map((first) => {
    const { architectures, problems } = loadFiles({ [first]: texts[first]!, ...texts });
    return { architectures: architectures.map((architecture) => ({ ...architecture, catalogue: undefined })), problems: problems.map(({ code, message }) => [code, message]) };
  });
  return JSON.stringify(files, (key, value: unknown) => (key === 'span' || key === 'nameSpan' ? undefined : value instanceof Map ? [...value] : value), 1);
}

const withName = (model: string, from: string, to: string): string => model.replaceAll(new RegExp(String.raw`(?<![\w.]|\w-)${from}(?![\w.]|-\w)`, 'g'), to);

/** Renames there and back; the model has to stay what it was, up to the name. */
function expectThereAndBack(texts: Texts, file: string, position: Position, from: string, to: string): void {
  const there = renamedAt(texts, file, position, to);
  if (typeof there === 'string') throw new Error(there);
  expect(there).not.toEqual(texts);
  expect(renamedAt(there, file, position, from)).toEqual(texts);
}

const EXAMPLES = ['startup-on-one-machine', 'stripe-radar', 'doordash-support-rag'].map((name) => `examples/published/${name}.mlarch`);

function declarationsIn(texts: Texts): { readonly file: string; readonly position: Position; readonly name: string }[] {
  const workspace = workspaceOf(texts);
  return [...workspace.files()].flatMap((source) =>
    [...membersOf(source)].flatMap((member) => (isComponent(member) || isSystem(member) || isCatalogueEntry(member)) && !isAddition(member.$container) && member.name !== 'none' && member.name !== 'unknown' ? [{ file: source.file, position: spanOf(source.file, nameNode(member)).range.start, name: member.name }] : []),
  );
}

describe('rename', () => {
  test('changes every use, and nothing else', () => {
    const expected = Object.fromEntries(Object.entries(FILES).map(([file, text]) => [file, file === 'main.mlarch' ? text.replaceAll(/\bApi\b/g, 'Scorer') : text]));
    expect(renamed(cursorOn('main.mlarch', 'watches [Api', 'Api'), 'Scorer')).toEqual(expected);
    expect(renamed(inCrlf(cursorOn('main.mlarch', 'watches [Api', 'Api')), 'Scorer')).toEqual(inCrlf(expected));
  });

  test('reaches other files', () => {
    const expected = Object.fromEntries(Object.entries(FILES).map(([file, text]) => [file, file === 'other.mlarch' ? text : text.replaceAll(/\bLake\b/g, 'Pond')]));
    for (const [file, on] of [['main.mlarch', 'Api -> Lake'], ['data.mlarch', 'store Lake'], ['wild.mlarch', 'Orders -> Lake'], ['main.mlarch', 'import']] as const) expect(renamed(cursorOn(file, on, 'Lake'), 'Pond')).toEqual(expected);
  });

  test('of an entry of the catalogue, which may have dots', () => {
    const expected = Object.fromEntries(Object.entries(FILES).map(([file, text]) => [file, text.replaceAll('own_store', 'my.store-2')]));
    expect(renamed(cursorOn('main.mlarch', 'store Log', 'own_store'), 'my.store-2')).toEqual(expected);
  });

  test('there and back gives the texts again, and the model is the same up to the name', () => {
    const texts = FILES;
    const model = modelOf(texts);
    for (const { file, position, name } of declarationsIn(texts)) {
      expectThereAndBack(texts, file, position, name, 'Fresh_1');
      // Of two that are called alike, only one changes.
      if (file === 'other.mlarch' || name === 'Api' || name === 'Lake') continue;
      expect(modelOf(renamedAt(texts, file, position, 'Fresh_1') as Texts)).toBe(withName(model, name, 'Fresh_1'));
    }
  });

  test('there and back in the examples, for any name', () => {
    for (const file of EXAMPLES) {
      const texts = { [file]: readFileSync(file, 'utf8') };
      const declarations = declarationsIn(texts);
      const model = modelOf(texts);
      const name = fc.tuple(fc.constantFrom('X', '_', 'New'), fc.stringMatching(/^\w{0,8}(-\w{1,4})?$/)).map((parts) => `${parts.join('')}_9`);
      fc.assert(fc.property(fc.nat(declarations.length - 1), name, (index, to) => {
        const { position, name: from } = declarations[index]!;
        expectThereAndBack(texts, file, position, from, to);
        const after = modelOf(renamedAt(texts, file, position, to) as Texts);
        // Texts and names of the vocabulary may hold the same word; so it is put back on both sides.
        expect(withName(after, to, from)).toBe(model);
      }), { numRuns: 25 });
    }
  });

  test.each([
    ['service Api', 'Api', 'Log', 'Log is already declared'],
    ['service Api', 'Api', 'Lake', 'Lake is already declared'],
    ['service Api', 'Api', 'Spare', 'Spare is already declared'],
    ['service Api', 'Api', 'Shop', 'Shop is already declared'],
    ['add store Spare', 'Spare', 'Api', 'Api is already declared'],
    ['service Api', 'Api', '', 'empty'],
    ['service Api', 'Api', 'A.b', 'no dots'],
    ['service Api', 'Api', '1a', 'is not a name'],
    ['service Api', 'Api', 'a b', 'is not a name'],
    ['service Api', 'Api', 'a\nb', 'is not a name'],
    ['service Api', 'Api', 'a-', 'is not a name'],
    ['service Api', 'Api', 'system', 'keyword'],
    ['service Api', 'Api', 'store', 'kind'],
    ['service Api', 'Api', 'none', 'Choose another name'],
    ['service Api', 'Api', 'unknown', 'Choose another name'],
    ['service Api', 'Api', 'planned', 'Choose another name'],
    ['service Api', 'Api', 'within', 'Choose another name'],
    ['import', 'own_store', 'postgresql', 'Choose another name'],
  ])('is refused: %s: %s to %j', (on, word, newName, reason) => expect(renamed(cursorOn('main.mlarch', on, word), newName)).toContain(reason));

  test('is refused where an importing file has the name already', () => {
    expect(renamed({ 'a.mlarch': 'store <|>A\n', 'b.mlarch': 'import { A } from "a.mlarch"\nsystem S {\n  store B\n  A -> B\n}\n' }, 'B')).toContain('B is already declared, in line 3 of b.mlarch');
    expect(renamed({ 'a.mlarch': 'store <|>A\n', 'b.mlarch': 'system S {\n  store B\n}\n' }, 'B')).toMatchObject({ 'a.mlarch': 'store B\n' });
  });

  test('to the same name changes nothing', () => expect(renamed(cursorOn('main.mlarch', 'service Api', 'Api'), 'Api')).toEqual(FILES));

  test('knows every keyword of the grammar', () => {
    const grammar = readFileSync('src/language/mlarch.langium', 'utf8');
    const words = [...grammar.matchAll(/'([a-z]+)'/g)].flatMap(([, word]) => word ?? []);
    expect([...KEYWORDS].sort()).toEqual([...new Set(words)].sort());
  });
});

describe('preparing a rename', () => {
  const prepared = (marked: Texts): string => {
    const { workspace, source, position } = atCursor(marked);
    const result = prepareRenameAt(workspace, source, position);
    return typeof result === 'string' ? `no: ${result}` : `${shown(workspace, source.file, result.range)} = ${result.placeholder}`;
  };

  test('gives the name and its range', () => {
    expect(prepared(cursorOn('main.mlarch', 'App -> Api', 'Api'))).toBe('main.mlarch 9:9 Api = Api');
    expect(prepared({ 'a.mlarch': 'store A<|>' })).toBe('a.mlarch 0:6 A = A');
  });

  test.each([['<|>', 'Only names'], ['st<|>ore A\n', 'Only names'], ['store A { layer <|>raw }\n', 'Only names'], ['// <|>A\n', 'Only names'], ['registry <|>none\n', 'Only names'], ['store A { technology <|>postgresql }\n', 'postgresql comes with the catalogue'], ['A -> <|>B\n', 'Nothing is called B'], ['store { [\n<|>', 'Only names']])('is refused at %j', (text, reason) => expect(prepared({ 'a.mlarch': text })).toContain(`no: ${reason}`));
});
