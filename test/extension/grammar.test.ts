import { AstUtils, GrammarUtils, type AstNode, type CstNode } from 'langium';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Grammar, Pattern } from '../../scripts/syntax/textmate.ts';
import { keywordsOfTheGrammar, wordsOfTheVocabulary } from '../../scripts/syntax/words.ts';
import { isAcceptance, isCatalogueEntry, isComponent, isNameUse, isProperty, isRule, isRuleTest, isSystem, isTarget, isValue, type Document } from '../../src/language/generated/ast.ts';
import { allUnits } from '../../src/model/units.ts';
import { parser } from '../support/load.ts';
import { tokenize, type Token } from './textmate.ts';

const root = path.join(import.meta.dirname, '../..');
const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, 'extension', file), 'utf8')) as T;
const grammar = read<Grammar>('syntaxes/mlarch.tmLanguage.json');
const markdown = read<Grammar>('syntaxes/markdown-mlarch.tmLanguage.json');

/** What is written as it should be. */
const files = globSync(['examples/**/*.mlarch', 'src/cli/templates/*.mlarch', 'src/language/library/*.mlarch'], { cwd: root }).sort();
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n');

/** The innermost scope of each word of a line, without `.mlarch`. */
const coloured = (text: string): string[] => tokenize(grammar, text).map(({ text: word, scopes }) => `${word.trim()} ${(scopes.at(-1) ?? 'none').replace('.mlarch', '')}`);

/** Only what Oniguruma and JavaScript read alike. */
function* patternsOf(pattern: Pattern | Grammar): Generator<string> {
  for (const key of ['match', 'begin', 'end', 'while'] as const) {
    const source = (pattern as Pattern)[key];
    if (source !== undefined) yield source;
  }
  for (const child of pattern.patterns ?? []) yield* patternsOf(child);
  for (const child of Object.values((pattern as Partial<Grammar>).repository ?? {})) yield* patternsOf(child);
}

describe('the grammar for colours', () => {
  it('has regular expressions that editors can read, and includes only what there is', () => {
    for (const source of [...patternsOf(grammar), ...patternsOf(markdown)]) {
      expect(() => new RegExp(source), source).not.toThrow();
      // A lookbehind of variable length, a group with a name or flags is read otherwise or not at all.
      expect(source, source).not.toMatch(/\(\?<[a-z]|\(\?[imsx-]|\\[pPuxkK]/);
      expect(source.replaceAll(/\\./g, ''), source).not.toMatch(/\(\?<[=!][^)]*[*+{]/);
    }
    const names = new Set(Object.keys(grammar.repository));
    const included = [...JSON.stringify(grammar).matchAll(/"include":"#(\w+)"/g)].map(([, name]) => name);
    expect(included.filter((name) => !names.has(name ?? ''))).toEqual([]);
    expect([...names].filter((name) => !included.includes(name))).toEqual([]);
  });

  it('knows every kind of the vocabulary, which are those of the language', () => {
    const { kinds, catalogueKinds } = wordsOfTheVocabulary();
    const terminal = (name: string): string[] => new RegExp(String.raw`terminal ${name}: /\(\?:([a-z|]+)\)`).exec(textOf('src/language/mlarch.langium'))?.[1]?.split('|') ?? [];
    expect([...kinds].sort()).toEqual(terminal('KIND').sort());
    expect([...catalogueKinds].sort()).toEqual(terminal('CATALOGUE_KIND').sort());
    for (const kind of [...kinds, ...catalogueKinds]) expect(coloured(`${kind} Name {\n}`)).toEqual([`${kind} keyword.declaration.kind`, 'Name entity.name.type', '{ punctuation.section.block.begin', '} punctuation.section.block.end']);
    for (const kind of kinds) expect(coloured(`system S {\n  ${kind} none\n}`)).toContain('none constant.language');
  });

  it('knows every keyword of the language', () => {
    expect(keywordsOfTheGrammar()).toEqual(['accept', 'add', 'change', 'decision', 'for', 'from', 'import', 'n/a', 'on', 'remove', 'rule', 'system', 'target', 'test']);
    const text = 'import { A } from "a.mlarch"\nsystem S {\n  decision "d" { chosen A }\n  accept ML01 on A { by "x" }\n  rollout R for A\n  cost n/a because "x"\n  target T {\n    change A { zones 3 }\n    add store B\n    remove A -> B\n  }\n}\nrule ACME-1 "r" {\n  test "t" finds {\n  }\n}\n';
    const keywords = coloured(text).filter((word) => / (?:keyword\.(?:declaration|control)|constant\.language)(?!\.kind)/.test(word)).map((word) => word.split(' ')[0]);
    expect(keywords).toEqual(['import', 'from', 'system', 'decision', 'accept', 'on', 'for', 'n/a', 'target', 'change', 'add', 'remove', 'rule', 'test', 'finds']);
  });

  it('knows what a rule may say', () => {
    expect(coloured('rule ACME-01 "r" {\n  for store : vector where (contains has pii)\n  require slo.p99 <= 3 s and every path to training passes validation\n}').filter((word) => !/punctuation\.section/.test(word))).toEqual([
      'rule keyword.declaration', 'ACME-01 constant.other.rule', '"r" string.quoted.double',
      'for keyword.control', 'store keyword.declaration.kind', ': punctuation.separator.variant', 'vector variable.other.enummember', 'where keyword.control', 'contains variable.other.property', 'has keyword.control', 'pii variable.other.enummember',
      'require keyword.control', 'slo.p99 variable.other', '<= keyword.operator.comparison', '3 constant.numeric', 's keyword.other.unit', 'and keyword.control', 'every keyword.control', 'path keyword.control', 'to keyword.control', 'training keyword.declaration.kind', 'passes keyword.control', 'validation keyword.declaration.kind',
    ]);
  });

  it('knows what a change may say', () => {
    expect(coloured('target T {\n  change A : batch {\n    remove [zones]\n  }\n  change B : edge\n}').filter((word) => !/punctuation\.section/.test(word))).toEqual([
      'target keyword.declaration', 'T entity.name.type',
      'change keyword.control', 'A entity.name.type.reference', ': punctuation.separator.variant', 'batch variable.other.enummember',
      'remove keyword.control', 'zones variable.other',
      'change keyword.control', 'B entity.name.type.reference', ': punctuation.separator.variant', 'edge variable.other.enummember',
    ]);
  });

  it('knows every unit, and no other', () => {
    const number = (text: string): string[] => coloured(`service A {\n  peak ${text}\n}`).slice(4, -1);
    for (const unit of allUnits()) expect(number(`1_200.5 ${unit}`), unit).toEqual(['1_200.5 constant.numeric', `${unit} keyword.other.unit`]);
    expect(number('14M req/day')).toEqual(['14M constant.numeric', 'req/day keyword.other.unit']);
    expect(number('5ms')).toEqual(['5 constant.numeric', 'ms keyword.other.unit']);
    expect(number('20..40 ms')).toEqual(['20 constant.numeric', '.. keyword.operator.range', '40 constant.numeric', 'ms keyword.other.unit']);
    expect(number('3 parsecs')).toEqual(['3 constant.numeric', 'parsecs variable.other']);
    expect(number('2026-11-21')).toEqual(['2026-11-21 constant.numeric.date']);
  });

  it('tells keys, words, names and literals apart', () => {
    expect(coloured('service Api {\n  rollback automatic within 5 min evidence "a.md"\n  environment unknown\n  technology aws.g5_xlarge\n  pins [code, seed]\n  blocking yes seed fixed\n}\nA -> B { sync timeout 2 s }').filter((word) => !/punctuation|keyword\.declaration/.test(word))).toEqual([
      'Api entity.name.type',
      'rollback variable.other.property', 'automatic variable.other.enummember', 'within variable.parameter', '5 constant.numeric', 'min keyword.other.unit', 'evidence keyword.other.evidence', 'a.md string.quoted.double',
      'environment variable.other.property', 'unknown constant.language',
      'technology variable.other.property', 'aws.g5_xlarge variable.other',
      'pins variable.other.property', 'code variable.other.enummember', 'seed variable.other.enummember',
      'blocking variable.other.property', 'yes constant.language', 'seed variable.other.property', 'fixed variable.other.enummember',
      'A entity.name.type.reference', '-> keyword.operator.arrow', 'B entity.name.type.reference', 'sync variable.other.enummember', 'timeout variable.other.property', '2 constant.numeric', 's keyword.other.unit',
    ]);
  });

  it('tells documentation from other comments', () => {
    expect(coloured('/** what\n it is */ /* aside */ // rest')).toEqual(['/** comment.block.documentation', 'what comment.block.documentation', 'it is comment.block.documentation', '*/ comment.block.documentation', '/* comment.block', 'aside comment.block', '*/ comment.block', '// rest comment.line.double-slash']);
  });

  it('goes on after what is not finished', () => {
    const end = (text: string): string[] => coloured(`system S {\n${text}\n  service Last : realtime {\n    replicas 2\n  }\n}\n`).slice(-9, -1);
    const expected = ['service keyword.declaration.kind', 'Last entity.name.type', ': punctuation.separator.variant', 'realtime variable.other.enummember', '{ punctuation.section.block.begin', 'replicas variable.other.property', '2 constant.numeric', '} punctuation.section.block.end'];
    for (const text of ['  owner "open', '  service A {\n    replicas 2', '  service A {\n    contains [pii,', '  compliance [gdpr\n  }', '  accept', '  decision', '  target T {\n  }\n  }', '  system', '  store', '  A ->', '  import', '  environment']) {
      expect(end(text), text).toEqual(expected);
    }
  });
});

describe('the grammar for colours agrees with the language', () => {
  it.each(files)('in %s', (file) => {
    const text = textOf(file);
    const { value, parserErrors } = parser.parse<Document>(text);
    expect(parserErrors).toEqual([]);
    const scopeAt = scopesByPlace(tokenize(grammar, text));
    const wrong: string[] = [];
    const expectScope = (node: CstNode | undefined, ...scopes: string[]): void => {
      if (!node) return;
      const found = scopeAt(node);
      if (!scopes.some((scope) => found.includes(`${scope}.mlarch`))) wrong.push(`${node.range.start.line + 1}: ${node.text} is ${found.join(' ')}, not ${scopes.join(' or ')}`);
    };
    for (const node of AstUtils.streamAst(value)) expectColours(node, expectScope);
    expect(wrong).toEqual([]);
  });

  it('in more than a handful of words', () => {
    expect(files.length).toBeGreaterThan(30);
  });
});

const { shorthands } = wordsOfTheVocabulary();

/** What the language takes the words of a node for. */
function expectColours(node: AstNode, expectScope: (node: CstNode | undefined, ...scopes: string[]) => void): void {
  const part = (property: string): CstNode | undefined => GrammarUtils.findNodeForProperty(node.$cstNode, property);
  if (isComponent(node) || isCatalogueEntry(node)) {
    const isAbsence = node.name === 'none' || node.name === 'unknown';
    expectScope(part('kind'), 'support.type.kind');
    expectScope(part('name'), isAbsence ? 'constant.language' : 'entity.name.type');
    expectScope(part('variant'), 'variable.other.enummember');
  } else if (isRule(node)) {
    expectScope(part('name'), 'constant.other.rule');
    expectScope(part('title'), 'string.quoted.double');
  } else if (isRuleTest(node)) {
    expectScope(part('title'), 'string.quoted.double');
    expectScope(part('outcome'), 'keyword.control');
  } else if (isSystem(node) || isTarget(node)) expectScope(part('name'), 'entity.name.type');
  else if (isAcceptance(node)) expectScope(part('rule'), 'constant.other.rule');
  else if (isNameUse(node)) expectScope(part('ref'), 'entity.name.type.reference');
  else if (isProperty(node) && isRule(node.$container)) expectScope(part('key'), 'keyword.control');
  else if (isProperty(node)) expectScope(part('key'), shorthands.has(node.key) ? 'variable.other.enummember' : 'variable.other.property', 'variable.other.property');
  else if (isValue(node)) {
    expectScope(part('low'), 'constant.numeric');
    expectScope(part('high'), 'constant.numeric');
    expectScope(part('date'), 'constant.numeric.date');
    expectScope(part('text'), 'string.quoted.double');
    expectScope(part('operator'), 'keyword.operator.comparison');
    expectScope(part('notApplicable'), 'constant.language');
    if (/^[A-Z]/.test(node.ref?.$refText ?? '')) expectScope(part('ref'), 'entity.name.type.reference');
    else expectScope(part('ref'), ...(AstUtils.getContainerOfType(node, isRule) ? ['keyword.control', 'keyword.declaration.kind'] : []), 'variable.other', 'variable.other.enummember', 'variable.parameter', 'variable.other.property', 'constant.language', 'keyword.other.evidence');
  }
}

/** All scopes of the word at the start of a node. */
function scopesByPlace(tokens: readonly Token[]): (node: CstNode) => readonly string[] {
  const lines = new Map<number, Token[]>();
  for (const token of tokens) lines.set(token.line, [...(lines.get(token.line) ?? []), token]);
  return ({ range: { start } }) => lines.get(start.line)?.find((token) => token.start <= start.character && start.character < token.start + token.text.length)?.scopes ?? [];
}

describe('the grammar for Markdown', () => {
  const page = (text: string): string[] => tokenize(markdown, text, { 'source.mlarch': grammar }).filter(({ scopes }) => scopes.includes('meta.embedded.block.mlarch')).map(({ line, text: word }) => `${line}:${word.trim()}`);

  it('colours fences of mlarch, up to their end even where a brace is open', () => {
    expect(page('# A\n```mlarch\nsystem S {\n  owner "x"\n```\nstore B\n')).toEqual(['2:system', '2:S', '2:{', '3:owner', '3:"', '3:x', '3:"']);
    expect(page('~~~ mlarch\nstore A\n~~~\nstore B')).toEqual(['1:store', '1:A']);
    expect(page('- item\n  ```mlarch {1}\n  store A\n  ```\n```mlarch\nstore B\n```')).toEqual(['2:store', '2:A', '5:store', '5:B']);
  });

  it('leaves other fences alone', () => {
    for (const head of ['```', '```mlarchy', '```ml', '    mlarch', '`mlarch`', '```json mlarch']) expect(page(`${head}\nstore A\n\`\`\``), head).toEqual([]);
  });
});
