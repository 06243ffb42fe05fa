import fc from 'fast-check';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { review } from '../../src/analysis/review.ts';
import { format } from '../../src/language/formatting/format.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import { MlarchLexer } from '../../src/language/parser/lexer.ts';
import { EmptyFileSystem } from 'langium';
import { loadText } from '../support/load.ts';

const root = path.join(import.meta.dirname, '../..');
const lexer = new MlarchLexer(createMlarchServices(EmptyFileSystem).mlarch);
const files = globSync(['examples/**/*.mlarch', 'src/language/library/*.mlarch', 'test/fixtures/**/*.mlarch'], { cwd: root }).sort();
const texts = files.map((file) => readFileSync(path.join(root, file), 'utf8'));
/** Small enough to be reviewed hundreds of times. */
const seeds = texts.filter((text) => text.length < 8000);

const commentsOf = (text: string): string[] => lexer.tokenizeAll(text).hidden.map((token) => token.image.split('\n').map((line) => line.trim()).join('\n'));
const wordsOf = (text: string): string[] => lexer.tokenizeAll(text).tokens.filter((token) => token.tokenType.name !== 'EOL').map((token) => token.image.replaceAll(/\s+/g, ''));

/** The model without the places where things were written. */
function modelOf(text: string): unknown {
  const strip = (key: string, value: unknown): unknown => {
    if (key === 'span' || key === 'nameSpan' || key === 'catalogue') return undefined;
    return value instanceof Map ? [...value.entries()] : value;
  };
  return JSON.parse(JSON.stringify(loadText(text).architectures, strip));
}

/** Deletes, repeats, swaps or inserts pieces of a text, as a hand or an accident would. */
const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.constantFrom('delete', 'repeat', 'insert'), fc.oneof(fc.constantFrom('{', '}', '[', ']', '"', '->', '\n', '//', '/*', ' 9 ms ', 'n/a', '\\', 'system ', '..', '\u00E9', '\u{1F600}'), fc.string({ maxLength: 6 }))), { minLength: 1, maxLength: 6 }))
  .map(([seed, edits]) =>
    edits.reduce((text, [place, length, kind, piece]) => {
      const at = text.length === 0 ? 0 : place % text.length;
      if (kind === 'delete') return text.slice(0, at) + text.slice(at + length);
      if (kind === 'repeat') return text.slice(0, at + length) + text.slice(at);
      return text.slice(0, at) + piece + text.slice(at);
    }, seed),
  );

const anyText = fc.oneof(mutated, fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }));

describe('formatting', () => {
  it.each(files)('%s is formatted to the same text twice, with every comment and word', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const once = format(lexer, text);
    expect(format(lexer, once)).toBe(once);
    expect(commentsOf(once)).toEqual(commentsOf(text));
    expect(wordsOf(once)).toEqual(wordsOf(text));
  });

  it.each(files.filter((file) => !file.startsWith('test/')))('%s is committed formatted', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(format(lexer, text)).toBe(text);
  });

  it('never throws, loses a comment, or changes its own result', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = format(lexer, text);
        expect(format(lexer, once)).toBe(once);
        expect(commentsOf(once)).toEqual(commentsOf(text));
        expect(once.replaceAll(/\s|\uFEFF/g, '')).toBe(text.replaceAll(/\s|\uFEFF/g, ''));
      }),
      { numRuns: 400 },
    );
  });

  it.each(['//{ p99 <= 200 ms', '/* p95 */', '//', ' // "'])('keeps a unit that a comment follows: 300 ms%s', (comment) => {
    const text = `system Shop {\n  consumer Web {\n    slo p50 <= 300 ms${comment}\n  }\n}\n`;
    expect(JSON.stringify(modelOf(text))).toContain('"p50":{"low":0.3,"high":0.3,"unit":"s"}');
    expect(modelOf(format(lexer, text))).toEqual(modelOf(text));
  });

  it.each(['ev9', 'ms', 'x 3'])('keeps a date that a word follows without a space: 2026-09-14%s', (word) => {
    const text = `system Shop {\n  service Api {\n    load_test at 3 req/s on 2026-09-14${word} p99 88 ms\n  }\n}\n`;
    expect(JSON.stringify(modelOf(text))).toContain('"on":"2026-09-14"');
    expect(modelOf(format(lexer, text))).toEqual(modelOf(text));
  });

  it.each(['\u00E9   window 1 h', '/* of */   window 1 h'])('keeps the place of a line where braces are missing: %s', (line) => {
    const text = `system Shop {\n  monitor Drift : data_drift {\n ${line}\n    test ks\n  }\n  }\n  service Api\n}\n}\n`;
    expect(JSON.stringify(modelOf(format(lexer, text)))).toBe(JSON.stringify(modelOf(text)));
  });

  it('never changes the model', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(modelOf(format(lexer, text))).toEqual(modelOf(text));
      }),
      { numRuns: 200 },
    );
  });
});

describe('parsing and review', () => {
  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { architectures } = loadText(text);
        for (const architecture of architectures) {
          const { verdicts } = review(architecture, { today: '2026-11-21' });
          expect(verdicts.filter((verdict) => verdict.verdict === 'failed')).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('survives thousands of levels of nesting', () => {
    for (const open of ['{', '[']) {
      const { problems } = loadText(`system S { service A { zones ${open.repeat(5000)} } }`);
      expect(problems.length).toBeGreaterThan(0);
    }
    expect(loadText(`system S ${'{ service A '.repeat(5000)}`).problems.map((problem) => problem.message)).toContainEqual(expect.stringContaining('levels of nesting'));
  });

  it('keeps the findings of a file whose one line is broken', () => {
    const good = loadText('system S {\n  store A { versioned yes }\n  service B { replicas 1 }\n  A -> B\n}');
    const broken = loadText('system S {\n  store A { versioned yes }\n  )( what is this\n  service B { replicas 1 }\n  A -> B\n}');
    expect([...(broken.architectures[0]?.components.keys() ?? [])]).toEqual([...(good.architectures[0]?.components.keys() ?? [])]);
    expect(broken.architectures[0]?.flows.length).toBe(1);
  });
});

describe('problems', () => {
  it('stand within the text, wherever it breaks off', () => {
    const text = readFileSync('examples/card-fraud/main.mlarch', 'utf8');
    for (let offset = 0; offset < text.length; offset += 41) {
      const cut = text.slice(0, offset);
      const lines = cut.split('\n');
      for (const { span, message } of loadText(cut).problems) {
        expect(span.range.start.line, message).toBeGreaterThanOrEqual(0);
        expect(span.range.end.line, message).toBeLessThan(lines.length);
        expect(span.range.start.character, message).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
