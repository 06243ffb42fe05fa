import fc from 'fast-check';
import { EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import { incomingFlows, outgoingFlows, prepareCallHierarchy } from '../../../src/language/editing/call-hierarchy.ts';
import { definitionAt } from '../../../src/language/editing/definition.ts';
import { documentLinks } from '../../../src/language/editing/document-links.ts';
import { foldingRanges } from '../../../src/language/editing/folding.ts';
import { formattingEdits } from '../../../src/language/editing/formatting-edits.ts';
import { onTypeEdits } from '../../../src/language/editing/on-type-edits.ts';
import { highlightsAt, referencesAt } from '../../../src/language/editing/references.ts';
import { prepareRenameAt, renameAt } from '../../../src/language/editing/rename.ts';
import { selectionRangesAt } from '../../../src/language/editing/selection.ts';
import { semanticTokens } from '../../../src/language/editing/semantic-tokens.ts';
import { documentSymbols, workspaceSymbols } from '../../../src/language/editing/symbols.ts';
import { createMlarchServices } from '../../../src/language/mlarch-module.ts';
import type { MlarchLexer } from '../../../src/language/parser/lexer.ts';
import type { Range } from '../../../src/model/architecture.ts';
import { FILES } from './named-files.ts';
import { workspaceOf } from './workspace.ts';

const lexer = createMlarchServices(EmptyFileSystem).mlarch.parser.Lexer as MlarchLexer;

/** Every range anywhere in an answer. */
function* rangesIn(answer: unknown): Generator<Range> {
  if (typeof answer !== 'object' || answer === null) return;
  if ('start' in answer && 'end' in answer && typeof answer.start === 'object') yield answer as Range;
  else for (const value of Object.values(answer)) yield* rangesIn(value);
}

/** Asks everything at a position; answers about the file have to lie within it. */
function askAll(text: string, line: number, character: number): void {
  const workspace = workspaceOf({ ...FILES, 'main.mlarch': text });
  const source = workspace.file('main.mlarch')!;
  const position = { line, character };
  const [item] = prepareCallHierarchy(workspace, source, position);
  if (item) [incomingFlows(workspace, item), outgoingFlows(workspace, item)].forEach((calls) => expect(Array.isArray(calls)).toBe(true));
  prepareRenameAt(workspace, source, position);
  definitionAt(workspace, source, position);
  referencesAt(workspace, source, position, { includeDeclaration: true });
  workspaceSymbols(workspace, 'a', 10);
  semanticTokens(workspace, source, { start: position, end: position });
  const renamed = renameAt(workspace, source, position, 'Fresh_1');
  const edits = 'changes' in renamed ? renamed.changes?.['main.mlarch'] : undefined;
  const own = { highlights: highlightsAt(workspace, source, position), links: documentLinks(workspace, source), symbols: documentSymbols(source), selection: selectionRangesAt(source, [position]), edits, formatting: formattingEdits(lexer, text), newLine: onTypeEdits(lexer, text, position, '\n'), brace: onTypeEdits(lexer, text, position, '}') };
  const lines = text.split(/\r\n?|\n/);
  for (const [feature, answer] of Object.entries(own)) {
    for (const { start, end } of rangesIn(answer)) {
      const told = `${feature}: ${JSON.stringify({ start, end })} in ${JSON.stringify(text)}`;
      for (const place of [start, end]) expect(place.line >= 0 && place.character >= 0 && place.line < lines.length && place.character <= lines[place.line]!.length, told).toBe(true);
      expect(start.line < end.line || (start.line === end.line && start.character <= end.character), told).toBe(true);
    }
  }
  for (const { startLine, endLine } of foldingRanges(source)) expect(startLine < endLine && endLine < lines.length).toBe(true);
  expect(semanticTokens(workspace, source).length % 5).toBe(0);
}

const MAIN = FILES['main.mlarch']!;
const SIGNS = ['{', '}', '[', ']', '"', '->', '/*', '*/', '//', ':', ',', 'system', 'target T {', 'import', 'from', 'accept', 'change', 'add', 'none', '\n', '\r\n', '§', 'for'];

describe('navigation on broken texts', () => {
  test('answers for any text that an edit may leave', () => {
    const edit = fc.record({ at: fc.nat(MAIN.length), cut: fc.nat(60), put: fc.constantFrom('', ...SIGNS) });
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.nat(30), fc.nat(50), (edits, crlf, line, character) => {
      let text = MAIN;
      for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
      askAll(crlf ? text.replaceAll(/\r?\n/g, '\r\n') : text, line, character);
    }), { numRuns: 200 });
  });

  test('answers at the ends of texts', () => {
    for (const text of ['', '\n', MAIN, `${MAIN}}`, MAIN.trimEnd(), 'system', 'A -> ', 'store A {', 'import { A', 'accept', 'system S {\n  target T {\n    change', 'system S {\n  target T {\n    add', 'system S {\n  accept ML01 on']) {
      const lines = text.split('\n');
      askAll(text, 0, 0);
      askAll(text, lines.length - 1, lines.at(-1)!.length);
      askAll(text, lines.length + 5, 0);
      askAll(text, 0, 10_000);
    }
  });
});
