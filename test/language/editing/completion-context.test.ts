import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextAt, windowAt, type Context } from '../../../src/language/editing/completion/context.ts';
import type { Token } from '../../../src/language/editing/completion/scan.ts';
import { lineStarts } from '../../../src/language/editing/text-lines.ts';
import { parseSource, type SourceFile } from '../../../src/language/source-file.ts';
import { EXAMPLES } from '../../support/examples.ts';
import { parser } from '../../support/load.ts';

const TEXT = `import * from "shared.mlarch"

/** The first. */
system First {
  owner "Risk"
  service Api : realtime {
    replicas 2
  }

}

system Second {

  // About the model.
  model Score : trained
  stage production
}
`;

const source = parseSource(parser, 'main.mlarch', TEXT);
const starts = lineStarts(TEXT);
const cut = (line: number): string => {
  const { from, to } = windowAt(source, starts, line);
  return TEXT.slice(from, to);
};
const lineOf = (text: string): number => TEXT.slice(0, TEXT.indexOf(text)).split('\n').length - 1;
const texts = (tokens: readonly Token[]): string[] => tokens.map(({ text }) => text);
/** What a context says, but for the keys that are stated: a system states them anywhere. */
const said = (context: Context | undefined) => context && { blocks: context.blocks.map(({ header }) => texts(header).slice(0, 2)), statement: texts(context.statement), word: context.word, string: context.string, rest: context.rest };

describe('the text that completion looks at', () => {
  it('is the declaration at the cursor, and what follows up to the next', () => {
    expect(cut(lineOf('replicas'))).toBe('  service Api : realtime {\n    replicas 2\n  }\n\n}\n\nsystem Second {\n');
    expect(cut(lineOf('owner'))).toBe('  owner "Risk"\n');
    expect(cut(lineOf('About'))).toBe('\n  // About the model.\n  model Score : trained\n');
    expect(cut(0)).toBe('import * from "shared.mlarch"\n\n/** The first. */\nsystem First {\n');
  });

  it('is all of it where the text cannot be taken apart', () => {
    const broken = `${TEXT}system Third {\n  service`;
    expect(windowAt(parseSource(parser, 'main.mlarch', broken), lineStarts(broken), 6)).toMatchObject({ from: 0, to: broken.length });
  });

  it('tells the keys of the system around, wherever they are stated', () => {
    const stated = (line: number): ReadonlySet<string> | undefined => contextAt(source, starts, starts[line] ?? 0)?.stated;
    expect([...(stated(lineOf('owner')) ?? [])]).toContain('owner');
    const empty = lineOf('system Second') - 3;
    expect(contextAt(source, starts, starts[empty] ?? 0)?.blocks.map(({ header }) => texts(header))).toEqual([['system', 'First']]);
    expect([...(stated(empty) ?? [])]).toContain('owner');
    const inSecond = lineOf('system Second') + 1;
    expect(contextAt(source, starts, starts[inSecond] ?? 0)?.blocks.map(({ header }) => texts(header))).toEqual([['system', 'Second']]);
    expect([...(stated(inSecond) ?? [])]).toContain('stage');
    expect([...(stated(inSecond) ?? [])]).not.toContain('owner');
  });

  it('has no statement behind a comment on a line of its own', () => {
    const text = 'system First {\n  decisions automated\n  /** Who asks. */\n  consumer Web : application\n}\n';
    const offset = text.indexOf('*/') + 2;
    expect(said(contextAt({ ...parseSource(parser, 'main.mlarch', text), parts: [] }, lineStarts(text), offset))).toMatchObject({ blocks: [['system', 'First']], statement: [] });
  });

  it('says the same as all of the text, at any place of any example, also when lines are cut out of it', () => {
    const examples = Object.values(EXAMPLES);
    let windows = 0;
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.nat(), fc.nat(6), fc.nat(), fc.nat(), (example, first, count, line, character) => {
        const lines = example.split('\n');
        lines.splice(first % lines.length, count);
        const text = lines.join('\n');
        const parsed: SourceFile = parseSource(parser, 'main.mlarch', text);
        const places = lineStarts(text);
        const start = places[line % places.length] ?? 0;
        const length = (places[(line % places.length) + 1] ?? text.length + 1) - 1 - start;
        const offset = start + (character % (length + 1));
        const { from, to } = windowAt(parsed, places, line % places.length);
        if (to - from < text.length) windows += 1;
        expect(said(contextAt(parsed, places, offset))).toEqual(said(contextAt({ ...parsed, parts: [] }, places, offset)));
      }),
      { numRuns: 500 },
    );
    expect(windows).toBeGreaterThan(100);
  });
});
