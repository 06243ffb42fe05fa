import { describe, expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRangesAt } from '../../../src/language/editing/selection.ts';
import type { Position, Range } from '../../../src/model/architecture.ts';
import { atCursor, workspaceOf } from './workspace.ts';

function grownFrom(text: string, selection: SelectionRange | undefined): string[] {
  const lines = text.split('\n');
  const offset = ({ line, character }: Position) => lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
  const texts: string[] = [];
  for (let current = selection; current; current = current.parent) texts.push(text.slice(offset(current.range.start), offset(current.range.end)));
  return texts;
}

/** What the selection grows over, from the cursor on, without the last one, which is the file. */
function grown(marked: string): string[] {
  const { source, position } = atCursor({ 'a.mlarch': marked });
  const texts = grownFrom(source.text, selectionRangesAt(source, [position])[0]);
  expect(texts.at(-1)).toBe(source.text);
  return texts.slice(0, -1);
}

const strictlyWithin = (outer: Range, inner: Range): boolean => {
  const notAfter = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.character <= b.character);
  return notAfter(outer.start, inner.start) && notAfter(inner.end, outer.end) && JSON.stringify(outer) !== JSON.stringify(inner);
};

const TEXT = `// One
// two
import { Lake } from "data.mlarch"

system Shop {
  consumer App { peak 20 req/s growth 5 %/month }
  store Log : log {
    tags [first, second]
    retention 90 days
  }
  App -> Log
}
`;
const SYSTEM = TEXT.slice(TEXT.indexOf('system'), -1);
const MEMBERS = SYSTEM.slice(SYSTEM.indexOf('consumer'), -2);
const LOG = MEMBERS.slice(MEMBERS.indexOf('store'), MEMBERS.indexOf('\n  App'));

describe('selection', () => {
  const at = (on: string) => TEXT.replace(on, `<|>${on}`);
  test('grows over word, list, property, block, declaration, system', () => {
    expect(grown(at('second]'))).toEqual(['second', 'first, second', '[first, second]', 'tags [first, second]', 'tags [first, second]\n    retention 90 days', LOG, MEMBERS, SYSTEM]);
  });
  test('of properties that share a line', () => expect(grown(at('20 req/s'))).toEqual(['20 req/s', 'peak 20 req/s', 'peak 20 req/s growth 5 %/month', 'consumer App { peak 20 req/s growth 5 %/month }', MEMBERS, SYSTEM]));
  test('of a flow', () => expect(grown(at('App -> Log'))).toEqual(['App', 'App -> Log', MEMBERS, SYSTEM]));
  test('of a text in quotes', () => expect(grown(at('data.mlarch'))).toEqual(['data.mlarch', '"data.mlarch"', 'import { Lake } from "data.mlarch"']));
  test('of a comment', () => expect(grown(at('two'))).toEqual(['// two', '// One\n// two']));
  test('of empty space', () => expect(grown(TEXT.replace('\n  App ->', '\n<|>  App ->'))).toEqual([MEMBERS, SYSTEM]));
  test('of no text', () => expect(grown('<|>')).toEqual([]));

  test('of several positions, in their order', () => {
    const source = workspaceOf({ 'a.mlarch': TEXT }).file('a.mlarch')!;
    const selections = selectionRangesAt(source, [{ line: 8, character: 5 }, { line: 5, character: 12 }]);
    expect(selections.map((selection) => grownFrom(TEXT, selection)[0])).toEqual(['retention', 'App']);
  });

  test('nests strictly everywhere, in whole and broken texts', () => {
    for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n'), TEXT.replace('store Log', 'store Log { ['), TEXT.slice(0, 150), `${TEXT}}`, 'system A { store B { [ "']) {
      const source = workspaceOf({ 'a.mlarch': text }).file('a.mlarch')!;
      for (const [line, content] of text.split('\n').entries()) {
        for (let character = 0; character <= content.length; character += 1) {
          let [selection] = selectionRangesAt(source, [{ line, character }]);
          for (; selection; selection = selection.parent) {
            const { start, end } = selection.range;
            expect(strictlyWithin(selection.range, { start: { line, character }, end: { line, character } }) || (start.line === line && end.line === line && start.character === character && end.character === character)).toBe(true);
            if (selection.parent) expect(strictlyWithin(selection.parent.range, selection.range)).toBe(true);
          }
        }
      }
    }
  });
});
