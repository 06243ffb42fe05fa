import { describe, expect, test } from 'vitest';
import type { Range } from '../../../src/model/architecture.ts';
import { semanticTokens, semanticTokensLegend } from '../../../src/language/editing/semantic-tokens.ts';
import { workspaceOf } from './workspace.ts';

/** Each token as `line:text type.modifier`. Lines are those of the file, which must be within it. */
function tokensIn(texts: Readonly<Record<string, string>>, range?: Range): string[] {
  const [file, text] = Object.entries(texts)[0]!;
  const workspace = workspaceOf(texts);
  const data = semanticTokens(workspace, workspace.file(file)!, range);
  const lines = text.split('\n');
  const tokens: string[] = [];
  let [line, column, end] = [0, 0, 0];
  for (let index = 0; index < data.length; index += 5) {
    const [down, right, length, type, modifiers] = data.slice(index, index + 5) as [number, number, number, number, number];
    column = down === 0 ? column + right : right;
    line += down;
    expect(down === 0 ? column : 0, 'tokens do not overlap').toBeGreaterThanOrEqual(down === 0 ? end : 0);
    end = column + length;
    const content = lines[line]!.replace('\r', '');
    expect(length).toBeGreaterThan(0);
    expect(end).toBeLessThanOrEqual(content.length);
    const names = semanticTokensLegend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit));
    tokens.push([`${line}:${content.slice(column, end)} ${semanticTokensLegend.tokenTypes[type]}`, ...names].join('.'));
  }
  return tokens;
}

const TEXT = `import { Lake } from "data.mlarch"
/** The shop.
 *  In two lines. */
system Shop {
  criticality high // as agreed
  service Api : realtime {
    technology postgresql
    replicas 2..8
    slo p99 <= 120 ms
    reads unknown
  }
  store Own { technology own_store versioned yes }
  registry none
  App -> Api -> Lake { async }
  accept ML09.1 on Api { because "small" until 2027-03-31 }
  decision "One" { chosen Api }
  target Next { remove Api -> Lake }
}
technology own_store { vendor "us" }
`;
const DATA = { 'data.mlarch': 'store Lake\n' };

describe('semantic tokens', () => {
  const expected = [
    '0:import keyword', '0:Lake variable', '0:from keyword', '0:"data.mlarch" string',
    '1:/** The shop. comment.documentation', '2:*  In two lines. */ comment.documentation',
    '3:system keyword', '3:Shop class.declaration',
    '4:criticality property', '4:high enumMember', '4:// as agreed comment',
    '5:service type', '5:Api variable.declaration', '5:realtime enumMember',
    '6:technology property', '6:postgresql class.defaultLibrary',
    '7:replicas property', '7:2 number', '7:.. operator', '7:8 number',
    '8:slo property', '8:p99 property', '8:<= operator', '8:120 ms number',
    '9:reads property',
    '11:store type', '11:Own variable.declaration', '11:technology property', '11:own_store class', '11:versioned property', '11:yes keyword',
    '12:registry type', '12:none keyword',
    '13:-> operator', '13:Api variable', '13:-> operator', '13:Lake variable', '13:async enumMember',
    '14:accept keyword', '14:ML09.1 decorator', '14:on keyword', '14:Api variable', '14:because property', '14:"small" string', '14:until property', '14:2027-03-31 number',
    '15:decision keyword', '15:"One" string', '15:chosen property', '15:Api variable',
    '16:target keyword', '16:Next class.declaration', '16:remove keyword', '16:Api variable', '16:-> operator', '16:Lake variable',
    '18:technology type', '18:own_store class.declaration', '18:vendor property', '18:"us" string',
  ];

  test('say what each word is', () => expect(tokensIn({ 'main.mlarch': TEXT, ...DATA })).toEqual(expected));
  test('with CRLF', () => expect(tokensIn({ 'main.mlarch': TEXT.replaceAll('\n', '\r\n'), ...DATA })).toEqual(expected));
  test('of a change: what it takes out and the variant', () => {
    const tokens = tokensIn({ 'main.mlarch': 'system S {\n  store Log\n  target T {\n    change Log : object {\n      remove [owner, zones]\n      region "x" remove cost\n    }\n  }\n}\n' });
    expect(tokens.filter((token) => /^[345]:/.test(token))).toEqual(['3:change keyword', '3:Log variable', '3:object enumMember', '4:remove keyword', '4:owner property', '4:zones property', '5:region property', '5:"x" string', '5:remove keyword', '5:cost property']);
  });
  test('an unresolved name is left alone', () => expect(tokensIn({ 'main.mlarch': 'A -> B\n' })).toEqual(['0:-> operator']));

  test('of a range are those of its lines', () => {
    for (const text of [TEXT, `${TEXT}}\n`, TEXT.replaceAll('\n', '\r\n')]) {
      const texts = { 'main.mlarch': text, ...DATA };
      const all = tokensIn(texts);
      for (let first = 0; first < 20; first += 1) {
        for (let last = first; last < 20; last += 1) {
          const within = all.filter((token) => Number.parseInt(token) >= first && Number.parseInt(token) <= last);
          expect(tokensIn(texts, { start: { line: first, character: 3 }, end: { line: last, character: 1 } })).toEqual(within);
        }
      }
    }
  });

  test('around a syntax error keep their meaning', () => {
    const tokens = tokensIn({ 'main.mlarch': TEXT.replace('replicas 2..8', 'replicas [ 2 ..'), ...DATA });
    expect(tokens).toEqual(expect.arrayContaining(['5:Api variable.declaration', '14:ML09.1 decorator', '18:own_store class.declaration']));
    const unclosed = tokensIn({ 'main.mlarch': TEXT.replace('  registry none', '  store Half {'), ...DATA });
    expect(unclosed).toEqual(expect.arrayContaining(['5:Api variable.declaration', '12:Half variable.declaration']));
  });

  test.each([['', []], ['\n', []], ['// a', ['0:// a comment']], ['/* a\n\n  b */', ['0:/* a comment', '2:b */ comment']], ['// a\n\nsystem A {\n  // in\n}\n// end', ['0:// a comment', '2:system keyword', '2:A class.declaration', '3:// in comment', '5:// end comment']], ['store A { see "// no" }', ['0:store type', '0:A variable.declaration', '0:see property', '0:"// no" string']], ['system A {', ['0:system keyword', '0:A class.declaration']]])('in %j', (text, tokens) => expect(tokensIn({ 'main.mlarch': text })).toEqual(tokens));

  test('use only what every theme knows', () => {
    expect(semanticTokensLegend.tokenTypes).toEqual([...new Set(semanticTokensLegend.tokenTypes)]);
    for (const type of semanticTokensLegend.tokenTypes) expect(['keyword', 'type', 'enumMember', 'property', 'variable', 'class', 'number', 'string', 'comment', 'operator', 'decorator']).toContain(type);
  });
});
