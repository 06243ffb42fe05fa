import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/language/generated/ast.ts';
import { lowerProject } from '../../src/language/lowering/lower-project.ts';
import { outlineOf } from '../../src/language/parser/outline.ts';
import { syntaxProblems } from '../../src/language/parser/syntax-problems.ts';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import { parseSource, type SourceFile } from '../../src/language/source-file.ts';
import { EXAMPLES } from '../support/examples.ts';
import { parser } from '../support/load.ts';

const library = bundledLibrary();
const fixtures = 'test/fixtures';
const texts = [
  ...Object.values(EXAMPLES),
  ...readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mlarch')).map((name) => readFileSync(`${fixtures}/${name}`, 'utf8')),
];

function inOnePiece(text: string): SourceFile {
  const result = parser.parse<Document>(text);
  return { file: 'a.mlarch', text, root: result.value, problems: syntaxProblems('a.mlarch', result), parts: [] };
}

/** Everything that the syntax tree says, positions included. */
function meaning(source: SourceFile): unknown {
  const project = { files: new Map([[source.file, source]]), problems: source.problems, packs: [], resolve: () => undefined, display: (file: string) => file };
  const { architectures, problems } = lowerProject(project, { library });
  return { problems, systems: architectures.map(({ components, flows, catalogue: _, ...rest }) => ({ ...rest, components: [...components.values()], flows })) };
}

describe('a file parsed declaration by declaration', () => {
  it('means what it means in one piece', () => {
    let compared = 0;
    for (const text of texts) {
      const whole = inOnePiece(text);
      if (whole.problems.length > 0 || !outlineOf(text)) continue;
      expect(meaning(parseSource(parser, 'a.mlarch', text))).toEqual(meaning(whole));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('is taken apart wherever its braces match', () => {
    const whole = texts.filter((text) => outlineOf(text) === undefined && inOnePiece(text).problems.length === 0);
    // What shares a line with the braces of its system stays whole.
    expect(whole.filter((text) => !/^\s*system \w+ \{.*\S/m.test(text) && !/\S\s*\}\s*\}\s*$/m.test(text))).toEqual([]);
  });

  it('keeps an error within its declaration', () => {
    const source = parseSource(parser, 'a.mlarch', 'system S {\n  service A { slo p99 <= }\n  service : x\n  store B : log\n}\n');
    expect(source.problems.map(({ span, message }) => `${span.range.start.line} ${message}`)).toEqual([expect.stringMatching(/^2 Unexpected ':'/)]);
    expect(source.root.members.flatMap((member) => (member.$type === 'System' ? member.members : [])).flatMap((member) => ('name' in member && member.name ? [member.name] : []))).toEqual(['A', 'B']);
  });

  it('says that a declaration ends too early where the next one begins', () => {
    const source = parseSource(parser, 'a.mlarch', 'system S {\n  A ->\n}\n');
    expect(source.problems).toMatchObject([{ message: 'Expected a name but found the end of the declaration.', span: { range: { start: { line: 1 } } } }]);
  });
});

describe('a file parsed again after an edit', () => {
  const pieces = ['\n', '{', '}', '"', '[', ']', ',', '->', '// ', '/*', '*/', 'service X : realtime {\n}\n', 'A -> B\n', 'system T {\n', '}\n}\n', 'import * from "b.mlarch"\n', '\r\n', '\r', ' ', 'replicas 2', '\\'];
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(40), insert: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })) });

  it('is what it is when parsed anew', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts.filter((text) => text.length < 6000)), fc.array(edit, { minLength: 1, maxLength: 12 }), (start, edits) => {
        let source = parseSource(parser, 'a.mlarch', start);
        for (const { at, remove, insert } of edits) {
          const offset = Math.floor(at * source.text.length);
          source = parseSource(parser, 'a.mlarch', source.text.slice(0, offset) + insert + source.text.slice(offset + remove), source);
        }
        expect(meaning(source)).toEqual(meaning(parseSource(parser, 'a.mlarch', source.text)));
      }),
      { numRuns: 150 },
    );
  });
});
