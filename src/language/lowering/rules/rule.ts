import { GrammarUtils } from 'langium';
import type { Stated } from '../../../model/architecture.ts';
import { PLACEHOLDERS, prefixOf, RESERVED_PREFIXES, RULE_ID, type Condition, type CustomRule, type Subjects } from '../../../model/custom-rule.ts';
import type { PropertyTable } from '../../../model/vocabulary-table.ts';
import { isProperty, type Property, type Rule } from '../../generated/ast.ts';
import { firstLeaf, nameNode, spanOf, type SourceFile } from '../../source-file.ts';
import { documentationOf } from '../documentation.ts';
import { didYouMean, listed, nearest } from '../nearest.ts';
import { lowerProperties } from '../properties.ts';
import { report, type Lowering } from '../reporter.ts';
import { isAtEnd, readCondition, readWholeCondition } from './condition.ts';
import { scopeOfForm, scopeOfKinds, type ConditionScope } from './scope.ts';
import { readChoice, readSelector } from './selector.ts';
import { peek, take, wordsOf, wrong } from './words.ts';

/** What a rule states besides its conditions, typed as properties are. */
export const RULE_PROPERTIES: PropertyTable = {
  severity: { value: { type: 'record', positional: 'level', fields: { level: { value: { type: 'choice', members: ['low', 'medium', 'high', 'critical'] } }, fixed: { value: { type: 'flag' } } } } },
  effort: { value: { type: 'choice', members: ['S', 'M', 'L'] } },
  type: { value: { type: 'choice', members: ['gap', 'weak', 'contradiction'] } },
  message: { value: { type: 'text' } },
  remedy: { value: { type: 'text' } },
  sources: { value: { type: 'texts' } },
};

/** Lines that are read word by word. */
const LINES = ['for', 'require', 'forbid', 'set'] as const;
type LineKey = (typeof LINES)[number];

/** Everything that may begin a line of a rule. */
export const RULE_KEYS: readonly string[] = ['severity', 'effort', 'type', 'for', 'require', 'forbid', 'message', 'remedy', 'set', 'sources'];

const ALL_KEYS: PropertyTable = { ...RULE_PROPERTIES, ...Object.fromEntries(LINES.map((key) => [key, { value: { type: 'text' as const } }])) };

/** A rule as plain data; undefined where it lacks what it cannot do without. That has been reported. */
export function lowerRule(lowering: Lowering, source: Pick<SourceFile, 'text'>, node: Rule): CustomRule | undefined {
  const named = isNamed(lowering, node);
  const lines = node.members.filter(isProperty);
  const of = (key: LineKey): Property[] => lines.filter((line) => line.key === key);
  const stated = lowerProperties(lowering, lines.filter(({ key }) => !(LINES as readonly string[]).includes(key)), ALL_KEYS, 'A rule');
  for (const line of lines) if ((LINES as readonly string[]).includes(line.key)) lowering.note?.(line, { role: 'condition', word: line.key });
  const subjects = lowerSubjects(lowering, node, of('for'));
  if (!subjects) return undefined;
  const scope = scopeOf(subjects);
  const conditions = [...of('require'), ...of('forbid')].map((line): Condition | undefined => {
    const condition = readWholeCondition(wordsOf(lowering, line), scope);
    return condition && line.key === 'forbid' ? { op: 'not', part: condition } : condition;
  });
  const set = of('set').flatMap((line) => lowerSet(lowering, line, scope));
  const message = valueOf(stated, 'message');
  if (typeof message === 'string') checkMessage(lowering, lines, message);
  if (conditions.length === 0) lacking(lowering, node, 'say what has to hold (require …) or must not (forbid …)');
  if (stated.message === undefined) lacking(lowering, node, 'say what a finding reads (message "…")');
  const held = conditions.filter((condition) => condition !== undefined);
  const [first] = held;
  if (!named || !first || held.length < conditions.length || typeof message !== 'string') return undefined;
  const severity = valueOf(stated, 'severity') as { readonly level?: CustomRule['severity']; readonly fixed?: boolean } | undefined;
  const remedy = valueOf(stated, 'remedy');
  return {
    id: node.name,
    title: node.title,
    why: documentationOf(node) ?? '',
    group: groupTitle(source.text),
    type: (valueOf(stated, 'type') as CustomRule['type'] | undefined) ?? 'gap',
    severity: severity?.level ?? 'medium',
    fixed: severity?.fixed === true,
    effort: (valueOf(stated, 'effort') as CustomRule['effort'] | undefined) ?? 'S',
    subjects,
    require: held.length === 1 ? first : { op: 'and', parts: held },
    message,
    remedy: typeof remedy === 'string' ? remedy : undefined,
    set,
    sources: (valueOf(stated, 'sources') as readonly string[] | undefined) ?? [],
    span: spanOf(lowering.file, node),
    nameSpan: spanOf(lowering.file, nameNode(node)),
  };
}

const valueOf = (stated: Readonly<Record<string, Stated>>, key: string): unknown => {
  const found = stated[key];
  return found?.state === 'present' ? found.value : undefined;
};

function isNamed(lowering: Lowering, node: Rule): boolean {
  const { name } = node;
  if (name === undefined || node.title === undefined) return false; // Half-typed: the parser has reported it.
  if (!RULE_ID.test(name)) report(lowering, 'reserved-name', nameNode(node), `A rule is called by a prefix in capitals, a dash and a number: ACME-01.`);
  else if (RESERVED_PREFIXES.has(prefixOf(name))) report(lowering, 'reserved-name', nameNode(node), `The ids of mlarch's own rules begin with ${prefixOf(name)}. Take a prefix of your own, such as the name of the team.`);
  else return true;
  return false;
}

function lacking(lowering: Lowering, node: Rule, what: string): void {
  report(lowering, 'missing-value', nameNode(node), `The rule does not ${what}.`);
}

function lowerSubjects(lowering: Lowering, node: Rule, lines: readonly Property[]): Subjects | undefined {
  const [line, second] = lines;
  if (!line) {
    lacking(lowering, node, 'say what it is about (for store, for system …)');
    return undefined;
  }
  if (second) report(lowering, 'repeated-property', firstLeaf(second.$cstNode), 'for is stated twice; the first statement counts. Several kinds stand in a list: for [source, store].', { severity: 'warning' });
  const words = wordsOf(lowering, line);
  if (words.values.length === 0) return wrong(words, 'missing-value', 'for lacks what the rule is about: a kind, component for any, flow or system.');
  const form = peek(words);
  if (form === 'system' || form === 'flow') {
    take(words, form);
    const choice = readChoice(words, scopeOfForm(form), readCondition);
    return choice && isAtEnd(words) ? { of: form, ...choice } : undefined;
  }
  const selector = readSelector(words, readCondition);
  return selector && isAtEnd(words) ? { of: 'components', ...selector } : undefined;
}

const scopeOf = (subjects: Subjects): ConditionScope => (subjects.of === 'components' ? scopeOfKinds(subjects.kinds) : scopeOfForm(subjects.of));

/** `set backup scheduled`: a value that the property takes, in each kind that the rule is about and that has it. */
function lowerSet(lowering: Lowering, line: Property, scope: ConditionScope): { property: string; value: unknown }[] {
  const [first, ...rest] = line.values;
  const key = first?.ref?.$refText;
  if (!first || key === undefined) {
    wrong(wordsOf(lowering, line), 'missing-value', 'set needs a property and its value: set backup scheduled.');
    return [];
  }
  const table = scope.tables.find((entry) => Object.hasOwn(entry.table, key))?.table ?? Object.assign({}, ...scope.tables.map((entry) => entry.table)) as PropertyTable;
  // The words after `set` are a property of the subject, key and all.
  const property = { $type: 'Property', $container: line.$container, $cstNode: first.$cstNode, key, values: rest } as Property;
  const noted: Lowering = lowering.note ? { ...lowering, note: (node, role) => lowering.note?.(node === property ? first : node, role.role === 'key' ? { role: 'property', property: role.property, of: scope.tables.find((entry) => entry.table === table)?.kind } : role) } : lowering;
  const stated = lowerProperties(noted, [property], table, scope.owner);
  return Object.entries(stated).map(([name, { span: _span, ...held }]) => ({ property: name, value: held.state === 'present' ? held.value : held }));
}

function checkMessage(lowering: Lowering, lines: readonly Property[], message: string): void {
  const node = lines.find(({ key }) => key === 'message')?.values.find(({ text }) => text !== undefined);
  for (const [written, name = ''] of message.matchAll(/\{([^{}]*)\}/g)) {
    if ((PLACEHOLDERS as readonly string[]).includes(name)) continue;
    const instead = nearest(name, PLACEHOLDERS);
    report(lowering, 'unknown-word', node, `A message has no placeholder ${written}.${didYouMean(instead === undefined ? undefined : `{${instead}}`)} It takes ${listed(PLACEHOLDERS.map((known) => `{${known}}`))}.`);
  }
}

/** The comment at the head of a file, where it is not the one of its first declaration. */
export function groupTitle(text: string): string | undefined {
  const comment = /^\uFEFF?\s*\/\*\*([\s\S]*?)\*\/\s*(?=\/\*\*|import\b)/.exec(text)?.[1];
  const first = comment?.split(/\r?\n/).map((line) => line.replace(/^\s*\*?\s?/, '').trim()).find((line) => line !== '');
  return first?.replace(/\.$/, '');
}

/** The syntax node of the title of a rule or a test. */
export const titleNode = (node: { readonly $cstNode?: Rule['$cstNode'] }) => GrammarUtils.findNodeForProperty(node.$cstNode, 'title');
