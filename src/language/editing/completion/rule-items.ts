import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import { vocabulary } from '../../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../../model/vocabulary-table.ts';
import type { ValueType } from '../../../model/value-type.ts';
import { TEST_OUTCOMES } from '../../../model/rule-test.ts';
import { isProperty, isRule } from '../../generated/ast.ts';
import { TERM_WORDS } from '../../lowering/rules/condition.ts';
import { RULE_KEYS, RULE_PROPERTIES } from '../../lowering/rules/rule.ts';
import { EVERY_KIND } from '../../lowering/rules/scope.ts';
import { ANY } from '../../lowering/rules/selector.ts';
import { spanOf, type SourceFile } from '../../source-file.ts';
import { ownerOfKind, type Owner } from '../documentation.ts';
import type { Workspace } from '../workspace.ts';
import type { Context } from './context.ts';
import { item, keywordItem, variantItems, type Maker } from './items.ts';
import { expectedInCondition, type RuleExpectation } from './rule-expectation.ts';
import type { Scope } from './names.ts';
import { unitItems, valueItems } from './values.ts';

interface Request extends Scope {
  readonly maker: Maker;
  readonly workspace: Workspace;
  readonly source: SourceFile;
  readonly context: Context;
}

const SNIPPETS: Readonly<Record<string, string>> = {
  for: 'for ${1:store}', require: 'require $1', forbid: 'forbid $1', message: 'message "{name} $1"', remedy: 'remedy "$1"', set: 'set $1', sources: 'sources ["$1"]',
  severity: 'severity ${1|medium,high,low,critical|}', effort: 'effort ${1|S,M,L|}', type: 'type ${1|gap,weak,contradiction|}',
};

/** The whole of a rule. */
export const RULE_SNIPPET = 'rule ${1:ACME-01} "${2:What has to hold}" {\n  severity ${3|medium,high,low,critical|}\n  for      ${4:store}\n  require  ${5:backup}\n  message  "{name} $6"\n\n  test "${7:the bad case}" finds {\n    $0\n  }\n}';

/** Within a rule: its keys, and what its conditions are made of. */
export function ruleItems(request: Request): CompletionItem[] {
  const { context, maker } = request;
  const [first] = context.statement;
  if (!first) {
    const keys = RULE_KEYS.filter((key) => !context.stated.has(key) || ['require', 'forbid', 'set'].includes(key));
    return [...keys.map((key, index) => keywordItem(maker, key, SNIPPETS[key], Math.min(index, 9))), keywordItem(maker, 'test', 'test "$1" ${2|finds,passes,asks|} {\n  $0\n}', 9)];
  }
  if (first.text === 'test') return context.statement.length === 2 ? TEST_OUTCOMES.map((word) => keywordItem(maker, word)) : [];
  if (first.text === 'set') return setItems(request);
  if (first.text === 'for' || first.text === 'require' || first.text === 'forbid') return conditionItems(request, expectedInCondition(context.statement, subjectsAt(request)));
  const type = Object.hasOwn(RULE_PROPERTIES, first.text) ? RULE_PROPERTIES[first.text]?.value : undefined;
  if (first.text === 'severity' && context.statement.length === 2) return [keywordItem(maker, 'fixed')];
  return context.statement.length === 1 ? wordsOf(type).map((word) => item(maker, { label: word, kind: CompletionItemKind.EnumMember, rank: 1 })) : [];
}

function wordsOf(type: ValueType | undefined): readonly string[] {
  if (type?.type === 'record') return wordsOf(type.fields[type.positional ?? '']?.value);
  return type?.type === 'choice' ? type.members : [];
}

/** The kinds that the rule around the cursor is about; none for any. */
function subjectsAt({ source, maker }: Request): readonly string[] {
  const { line } = maker.range.start;
  const rule = source.root.members.filter(isRule).find((member) => {
    const { start, end } = spanOf(source.file, member).range;
    return start.line <= line && line <= end.line;
  });
  const [kinds] = rule?.members.filter(isProperty).find(({ key }) => key === 'for')?.values ?? [];
  const named = kinds?.list ? kinds.items : kinds ? [kinds] : [];
  return named.flatMap(({ ref }) => (ref && ref.$refText !== ANY ? [ref.$refText] : []));
}

const tablesOf = (of: readonly string[]): { readonly owner: Owner; readonly table: PropertyTable }[] =>
  (of.length === 0 || of.includes(ANY) ? EVERY_KIND : of).map((name) => (name === 'system' || name === 'flow' ? { owner: { section: 'forms', name }, table: vocabulary.forms[name] } : { owner: ownerOfKind(name), table: vocabulary.kinds[name]?.properties ?? {} }));

/** The type of `backup` or `slo.p99`, and who has it. */
function typeOf(of: readonly string[], path: string): { readonly owner: Owner; readonly property: string; readonly field?: string; readonly type: ValueType } | undefined {
  const [property = '', field] = path.split('.');
  const found = tablesOf(of).find(({ table }) => Object.hasOwn(table, property));
  const whole = found?.table[property]?.value;
  const type = field === undefined ? whole : whole?.type === 'record' ? whole.fields[field]?.value : undefined;
  return found && type ? { owner: found.owner, property, field, type } : undefined;
}

function conditionItems(request: Request, expected: RuleExpectation): CompletionItem[] {
  const { maker, workspace } = request;
  switch (expected.kind) {
    case 'kinds':
      return [...[...EVERY_KIND].map((kind) => item(maker, { label: kind, kind: CompletionItemKind.Class, data: { of: 'kind', name: kind }, rank: 2 })), ...[ANY, ...(expected.forms ? ['system', 'flow'] : [])].map((word) => keywordItem(maker, word, undefined, 1))];
    case 'variants':
      return expected.of.flatMap((kind) => variantItems(maker, kind));
    case 'term':
      return [...propertyItems(maker, expected.of), ...TERM_WORDS.map((word) => keywordItem(maker, word, word === 'every' ? 'every path to ${1:training} passes ${2:validation}' : undefined, 4))];
    case 'value': {
      const known = typeOf(expected.of, expected.property);
      if (!known) return [];
      const items = valueItems(maker, workspace, request, known.owner, { kind: 'value', property: known.property, type: known.type, field: known.field, listed: expected.listed, whole: false });
      return [...items.filter(({ kind }) => kind !== CompletionItemKind.Variable), keywordItem(maker, 'none', undefined, 7)];
    }
    case 'unit': {
      const known = typeOf(expected.of, expected.property);
      return known?.type.type === 'quantity' ? unitItems(maker, known.type.dimension, '') : [];
    }
    case 'words':
      return expected.words.map((word, index) => keywordItem(maker, word, undefined, index));
  }
}

/** Each property once, with the documentation of the first kind that has it, and the parts of records. */
function propertyItems(maker: Maker, of: readonly string[]): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const { owner, table } of tablesOf(of)) {
    for (const [name, { value }] of Object.entries(table)) {
      const labels = value.type === 'record' ? [name, ...Object.keys(value.fields).map((field) => `${name}.${field}`)] : [name];
      for (const label of labels) if (!items.has(label)) items.set(label, item(maker, { label, kind: CompletionItemKind.Property, data: { of: 'property', owner, name }, rank: label === name ? 1 : 3 }));
    }
  }
  return [...items.values()];
}

function setItems(request: Request): CompletionItem[] {
  const { context, maker, workspace } = request;
  const subjects = subjectsAt(request);
  const [, property, ...rest] = context.statement;
  if (!property) return propertyItems(maker, subjects).filter(({ label }) => !label.includes('.'));
  const known = rest.length === 0 || rest.at(-1)?.text === '[' || rest.at(-1)?.text === ',' ? typeOf(subjects, property.text) : undefined;
  return known ? valueItems(maker, workspace, request, known.owner, { kind: 'value', property: known.property, type: known.type, listed: rest.map(({ text }) => text), whole: false }) : [];
}
