import { EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { onTypeEdits } from '../../../src/language/editing/on-type-edits.ts';
import { createMlarchServices } from '../../../src/language/mlarch-module.ts';
import type { MlarchLexer } from '../../../src/language/parser/lexer.ts';

const lexer = createMlarchServices(EmptyFileSystem).mlarch.parser.Lexer as MlarchLexer;

const UGLY = `import { Lake } from "data.mlarch"
system   Shop {
owner "A"   // who
     stage    production
   /** The
      * store.
   */
  store  Lake : lakehouse   {
   technology delta_lake
      tags [a,
  b]
  }
  App->
Lake
}
`;

describe('edits while typing', () => {
  const typed = (marked: string, ch: string): string => {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const before = marked.slice(0, offset).split('\n');
    return TextDocument.applyEdits(TextDocument.create('a', 'mlarch', 0, text), onTypeEdits(lexer, text, { line: before.length - 1, character: before.at(-1)!.length }, ch));
  };

  test.each([
    ['a closing brace goes under its opening line', 'system A {\n  store B {\n    layer raw\n    }<|>', '}', 'system A {\n  store B {\n    layer raw\n  }'],
    ['with CRLF', 'system A {\r\n  store B {\r\n    layer raw\r\n    }<|>\r\n', '}', 'system A {\r\n  store B {\r\n    layer raw\r\n  }\r\n'],
    ['a brace within a line changes nothing', 'system A {\n      store B { layer raw }<|>', '}', 'system A {\n      store B { layer raw }'],
    ['a brace too many changes nothing', 'store B { layer raw }\n  }<|>', '}', 'store B { layer raw }\n  }'],
    ['a new line in a block', 'system A {\n<|>', '\n', 'system A {\n  '],
    ['a new line after one line of a block', 'system A {\n  owner "x"\n<|>', '\n', 'system A {\n  owner "x"\n  '],
    ['a new line between braces', 'system A {\n  store B {\n<|>}\n}', '\n', 'system A {\n  store B {\n  }\n}'],
    ['a new line before text', 'system A {\n  owner "x"\n<|>stage production\n}', '\n', 'system A {\n  owner "x"\n  stage production\n}'],
    ['a new line in a list', 'store B {\n  tags [\n<|>', '\n', 'store B {\n  tags [\n    '],
    ['a new line after a block', 'system A {\n}\n  <|>', '\n', 'system A {\n}\n'],
    ['a new line in a comment', 'system A {\n/** One\n * <|>', '\n', 'system A {\n/** One\n * '],
    ['what looks like a comment in a string is none', 'system A {\n  owner "a/*b"\n<|>', '\n', 'system A {\n  owner "a/*b"\n  '],
    ['a brace that is commented out opens nothing', 'system A {\n  // store B {\n<|>', '\n', 'system A {\n  // store B {\n  '],
    ['the line that was left', 'system A {\nowner "x"\n<|>', '\n', 'system A {\n  owner "x"\n  '],
    ['what is wrong further up stays', 'system A {\nowner "x"\n  stage production\n<|>', '\n', 'system A {\nowner "x"\nstage production\n'],
    ['a line that goes on stays', 'system A {\n  App ->\n      <|>', '\n', 'system A {\n  App ->\n      '],
    ['no other character does anything', 'system A {\nowner<|>', 'r', 'system A {\nowner'],
    ['an empty file', '<|>', '\n', ''],
  ])('%s', (_, marked, ch, expected) => expect(typed(marked, ch)).toBe(expected));

  test('never change more than the space before this line and the one before, wherever the cursor', () => {
    const lines = UGLY.split('\n');
    for (const [line, text] of lines.entries()) {
      for (let character = 0; character <= text.length; character += 1) {
        for (const ch of ['}', '\n', 'x']) {
          for (const { range, newText } of onTypeEdits(lexer, UGLY, { line, character }, ch)) {
            expect(newText.trim()).toBe('');
            expect([line - 1, line]).toContain(range.start.line);
            expect(range.start.character).toBe(0);
            expect(range.end.line).toBe(range.start.line);
            expect(lines[range.start.line]!.slice(0, range.end.character).trim()).toBe('');
          }
        }
      }
    }
    expect(onTypeEdits(lexer, UGLY, { line: 999, character: 0 }, '\n')).toEqual([]);
  });
});
