import { EmptyFileSystem } from 'langium';
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/language/formatting/format.ts';
import { createMlarchServices } from '../../../src/language/mlarch-module.ts';
import { packageIn, entryOf } from '../../../src/language/packages.ts';
import { MlarchLexer } from '../../../src/language/parser/lexer.ts';
import { loadFiles, loadText } from '../../support/load.ts';
import { problemsOf } from '../../support/rules.ts';

const rule = (lines: string, id = 'ACME-01'): string => `rule ${id} "It holds" {\n${lines}\n}\n`;
const BASE = '  for store\n  message "{name}"';
const told = (lines: string): string[] => problemsOf(loadText(rule(`${BASE}\n  ${lines}`)));

describe('what a rule says wrongly', () => {
  it.each([
    ['require backp', '4:11 unknown-property A store has no property backp. Did you mean backup?'],
    ['require backup is schedled', '4:21 unknown-word Expected one of continuous, scheduled, replicated but found schedled. Did you mean scheduled?'],
    ['require contains has pi', '4:24 unknown-word Expected one of pii'],
    ['require contains is pii', '4:23 wrong-type contains is a list: write has'],
    ['require backup has scheduled', '4:22 wrong-type backup is no list of words: write is.'],
    ['require retention >= 3 GB', '4:24 wrong-unit 3 GB is not a duration.'],
    ['require retention >= 3 dayz', '4:26 unknown-unit Unknown unit dayz. Did you mean day?'],
    ['require backup >= 3', '4:21 wrong-type backup is no number'],
    ['require recovery is 3', '4:23 wrong-type recovery has parts: ask for one of them, as in recovery.rto.'],
    ['require recovery.rta <= 3 h', '4:11 unknown-property There is no recovery.rta. Did you mean recovery.rto?'],
    ['require technology is postgrs', '4:25 unknown-catalogue-entry The catalogue has no technology called postgrs.'],
    ['require reaches stor', '4:19 unknown-word Expected a kind of component, such as store, or component for any but found stor. Did you mean store?'],
    ['require reaches store : vektor', '4:27 unknown-variant There is no variant vektor of store. Did you mean vector?'],
    ['require every path training passes store', '4:22 unexpected-value Expected to or from'],
    ['require every path to training pases store', '4:34 unexpected-value Expected passes'],
    ['require backup ant versioned', '4:18 unexpected-value Unexpected ant. Did you mean and?'],
    ['require (backup or versioned', '4:22 unexpected-value Expected ) but found the end of the line.'],
    ['require backup)', '4:17 unexpected-value Unexpected ).'],
    ['require', '4:3 missing-value require lacks its condition.'],
    ['require backup is', '4:18 missing-value Expected what backup is.'],
    ['require backup\n  set backup sheduled', '5:14 unknown-word Expected one of continuous, scheduled, replicated but found sheduled.'],
    ['require backup\n  set bakup scheduled', '5:7 unknown-property A store has no property bakup. Did you mean backup?'],
    ['require backup\n  remedi "x"', '5:3 unknown-property A rule has no property remedi. Did you mean remedy?'],
    ['require backup\n  severity hihg', '5:12 unknown-word Expected one of low, medium, high, critical but found hihg.'],
    ['require backup\n  test "x" findz { store A }', '5:12 unknown-word Expected one of finds, passes, asks but found findz. Did you mean finds?'],
    ['require backup\n  test "x" finds { store A { bakup none } }', '5:30 unknown-property A store has no property bakup.'],
    ['severity high', '1:6 missing-value The rule does not say what has to hold'],
  ])('%s', (lines, problem) => {
    expect(told(lines)).toEqual([expect.stringContaining(problem)]);
  });

  it('is told of what it is about, its message and its id', () => {
    expect(problemsOf(loadText(rule('  require backup\n  message "x"')))).toEqual([expect.stringContaining('The rule does not say what it is about')]);
    expect(problemsOf(loadText(rule('  for store\n  require backup')))).toEqual([expect.stringContaining('The rule does not say what a finding reads')]);
    expect(problemsOf(loadText(rule('  for store\n  require backup\n  message "{nam} {x}"')))).toEqual([expect.stringContaining('A message has no placeholder {nam}. Did you mean {name}?'), expect.stringContaining('A message has no placeholder {x}.')]);
    for (const id of ['acme-1', 'ACME', 'ACME-x']) expect(problemsOf(loadText(rule(`${BASE}\n  require backup`, id)))).toEqual([expect.stringMatching(/^1:6 reserved-name A rule is called by a prefix/)]);
    for (const id of ['REL-99', 'ML-1']) expect(problemsOf(loadText(rule(`${BASE}\n  require backup`, id)))).toEqual([expect.stringMatching(/^1:6 reserved-name The ids of mlarch's own rules/)]);
    expect(problemsOf(loadText(rule(`${BASE}\n  require backup`).repeat(2)))).toEqual([expect.stringContaining('ACME-01 is already a rule: main.mlarch, line 1.')]);
    expect(problemsOf(loadText(rule('  for system\n  require reaches store\n  message "x"')))).toEqual([expect.stringContaining('A system has no relations')]);
  });

  it('costs its line and leaves the rest of the file', () => {
    const { architectures, rules, problems } = loadText(`${rule(`${BASE}\n  require (backup {`)}\n${rule(`${BASE}\n  require backup`, 'ACME-02')}\nsystem S {\n  store A\n}\n`);
    expect(problems.length).toBeGreaterThan(0);
    expect(rules.map(({ id }) => id)).toContain('ACME-02');
    expect([...(architectures[0]?.components.keys() ?? [])]).toEqual(['A']);
  });
});

describe('conditions over several lines', () => {
  it('go on beside and, or and within parentheses', () => {
    const one = loadText(rule(`${BASE}\n  require (backup or versioned) and mutable`));
    const many = loadText(rule(`${BASE}\n  require (\n    backup\n    or versioned\n  )\n    and\n    mutable`));
    expect(many.problems).toEqual([]);
    expect(many.rules[0]?.require).toEqual(one.rules[0]?.require);
  });

  it('are formatted one step further in', () => {
    const lexer = new MlarchLexer(createMlarchServices(EmptyFileSystem).mlarch);
    expect(format(lexer, 'rule A-1 "x" {\nfor  store\nrequire ( backup\nor versioned )\nand not (mutable)\ntest "y" finds {\nstore A\n}\n}\n')).toBe('rule A-1 "x" {\n  for     store\n  require (backup\n    or versioned)\n    and not (mutable)\n  test "y" finds {\n    store A\n  }\n}\n');
  });
});

describe('which rules apply to a system', () => {
  const pack = `${rule(`${BASE}\n  require backup`)}\n${rule(`${BASE}\n  require versioned`, 'ACME-02')}`;
  const appliedTo = (main: string, others: Readonly<Record<string, string>>): string[] => {
    const { architectures, problems } = loadFiles({ 'main.mlarch': main, ...others });
    expect(problemsOf({ problems })).toEqual([]);
    return architectures.flatMap(({ rules }) => rules.map(({ id }) => id));
  };

  it('are those of its file, of files that it imports as a whole, and those that it imports by id', () => {
    expect(appliedTo(`${pack}\nsystem S {\n}\n`, {})).toEqual(['ACME-01', 'ACME-02']);
    expect(appliedTo('import * from "pack.mlarch"\nsystem S {\n}\n', { 'pack.mlarch': pack })).toEqual(['ACME-01', 'ACME-02']);
    expect(appliedTo('import { ACME-02 } from "pack.mlarch"\nsystem S {\n}\n', { 'pack.mlarch': pack })).toEqual(['ACME-02']);
    expect(appliedTo('import { A } from "pack.mlarch"\nsystem S {\n}\n', { 'pack.mlarch': `${pack}\nstore A\n` })).toEqual([]);
  });

  it('are passed on by a pack of packs', () => {
    expect(appliedTo('import * from "all.mlarch"\nsystem S {\n}\n', { 'all.mlarch': 'import * from "pack.mlarch"\n', 'pack.mlarch': pack })).toEqual(['ACME-01', 'ACME-02']);
  });

  it('leave what their tests declare out of the system', () => {
    const { architectures } = loadFiles({ 'main.mlarch': 'import * from "pack.mlarch"\nsystem S {\n}\n', 'pack.mlarch': rule(`${BASE}\n  require backup\n  test "x" finds {\n    store A { backup none }\n  }`) });
    expect([...(architectures[0]?.components.keys() ?? [])]).toEqual([]);
  });
});

describe('tests', () => {
  it('are systems of their own in production and of high criticality', () => {
    const { ruleTests } = loadText(rule(`${BASE}\n  require backup\n  test "x" finds {\n    store A { backup none }\n  }\n  test "y" passes {\n    stage prototype\n    store A { backup scheduled }\n  }`));
    expect(ruleTests.map(({ title, expects, architecture }) => [title, expects, architecture.system.properties.stage, [...architecture.components.keys()]])).toMatchObject([['x', 'finds', { value: 'production' }, ['A']], ['y', 'passes', { value: 'prototype' }, ['A']]]);
  });
});

describe('packages', () => {
  it.each([
    ['@acme/mlarch-rules', { name: '@acme/mlarch-rules' }],
    ['npm:@acme/mlarch-rules', { name: '@acme/mlarch-rules' }],
    ['npm:rules/more/a.mlarch', { name: 'rules', file: 'more/a.mlarch' }],
    ['rules.mlarch', undefined],
    ['./rules', undefined],
    ['../rules', undefined],
    ['/etc/passwd', undefined],
    ['npm:rules/../../x.mlarch', undefined],
    ['npm:../x', undefined],
    ['https://a.b/c', undefined],
  ])('%s', (path, expected) => {
    expect(packageIn(path)).toEqual(expected);
  });

  it.each([
    ['{"mlarch": "./rules/all.mlarch"}', 'rules/all.mlarch'],
    ['{"mlarch": "../../secret.mlarch"}', 'index.mlarch'],
    ['{"mlarch": "/etc/passwd.mlarch"}', 'index.mlarch'],
    ['{"mlarch": "rules.txt"}', 'index.mlarch'],
    ['{"mlarch": 3}', 'index.mlarch'],
    ['null', 'index.mlarch'],
    ['{', 'index.mlarch'],
  ])('%s is read from %s', (manifest, file) => {
    expect(entryOf(manifest)).toBe(file);
  });
});
