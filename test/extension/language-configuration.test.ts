import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const configuration = JSON.parse(readFileSync(path.join(root, 'extension/language-configuration.json'), 'utf8')) as {
  readonly wordPattern: string;
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly { readonly beforeText: string; readonly afterText?: string; readonly previousLineText?: string; readonly action: { readonly indent: string; readonly appendText?: string; readonly removeText?: number } }[];
  readonly brackets: readonly (readonly [string, string])[];
  readonly comments: { readonly lineComment: string; readonly blockComment: readonly [string, string] };
};
const files = globSync(['examples/**/*.mlarch', 'src/cli/templates/*.mlarch'], { cwd: root }).sort();

describe('the language configuration', () => {
  it('has the comments and brackets of the language', () => {
    expect(configuration.comments).toEqual({ lineComment: '//', blockComment: ['/*', '*/'] });
    expect(configuration.brackets).toEqual([['{', '}'], ['[', ']']]);
  });

  it('takes a name with its dots and dashes as one word', () => {
    const words = (text: string): string[] => text.match(new RegExp(configuration.wordPattern, 'g')) ?? [];
    expect(words('A->B-> aws.g5_xlarge gpt-4.1-mini x : y 1_200.5 ms 20..40')).toEqual(['A', 'B', 'aws.g5_xlarge', 'gpt-4.1-mini', 'x', 'y', '1_200.5', 'ms', '20', '40']);
  });

  it.each(files)('indents %s as the formatter does', (file) => {
    const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
    const [more, less] = [new RegExp(increaseIndentPattern), new RegExp(decreaseIndentPattern)];
    let level = 0;
    let inComment = false;
    for (const [index, line] of readFileSync(path.join(root, file), 'utf8').split('\n').entries()) {
      if (line.trim() === '') continue;
      if (!inComment) {
        level -= less.test(line) ? 1 : 0;
        expect(/^ */.exec(line)?.[0].length, `${file}:${index + 1}`).toBe(level * 2);
        level += more.test(line) ? 1 : 0;
      }
      if (/\/\*(?!.*\*\/)/.test(line)) inComment = true;
      else if (line.includes('*/')) inComment = false;
    }
    expect(level).toBe(0);
  });

  it('does not indent after a brace in a string or a comment, or one that is closed', () => {
    const more = new RegExp(configuration.indentationRules.increaseIndentPattern);
    for (const line of ['owner "a { b"', '// x {', '/* { */', 'a { b }', 'c [d, e]', 'owner "x" // {', 'context "\\" {"']) expect(more.test(line), line).toBe(false);
    for (const line of ['a {', 'a { // b', 'a { // "b" }', 'decision "x" {', 'c [', 'c [d,', '/* a */ b {', 'n/a {']) expect(more.test(line), line).toBe(true);
  });

  it('goes on with a comment of documentation after Enter', () => {
    const enter = (before: string, after = '', previous = ''): { indent: string; appendText?: string; removeText?: number } | undefined =>
      configuration.onEnterRules.find((rule) => new RegExp(rule.beforeText).test(before) && (rule.afterText === undefined || new RegExp(rule.afterText).test(after)) && (rule.previousLineText === undefined || new RegExp(rule.previousLineText).test(previous)))?.action;
    expect(enter('/**', ' */')).toEqual({ indent: 'indentOutdent', appendText: ' * ' });
    expect(enter('  /** What it is')).toEqual({ indent: 'none', appendText: ' * ' });
    expect(enter('   * more', '', '  /**')).toEqual({ indent: 'none', appendText: '* ' });
    expect(enter('   * still more', '', '   * more')).toEqual({ indent: 'none', appendText: '* ' });
    expect(enter('   */')).toEqual({ indent: 'none', removeText: 1 });
    expect(enter('// one', 'two')).toEqual({ indent: 'none', appendText: '// ' });
    expect(enter('// one')).toBeUndefined();
    expect(enter('/** done */')).toBeUndefined();
    expect(enter('  service A {')).toBeUndefined();
  });
});
