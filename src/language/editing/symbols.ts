import { SymbolKind, type DocumentSymbol, type SymbolInformation } from 'vscode-languageserver-types';
import type { Range } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import { isAcceptance, isAddition, isCatalogueEntry, isChange, isComponent, isDecision, isFlow, isProperty, isRemoval, isRule, isRuleTest, isSystem, isTarget, type Acceptance, type CatalogueEntry, type Component, type NameUse, type Property, type RuleTest, type Target } from '../generated/ast.ts';
import { firstLeaf, spanOf, type SourceFile } from '../source-file.ts';
import { subsequenceScore } from './fuzzy.ts';
import { isNamed, nameRange, type Named } from './naming.ts';
import { membersOf, type Member } from './roles.ts';
import { isInside } from './text-lines.ts';
import type { Workspace } from './workspace.ts';

/** The declarations of a file, those of a system below it. Properties are left out, so that breadcrumbs stay short. */
export function documentSymbols(source: SourceFile): DocumentSymbol[] {
  return source.root.members.flatMap((member) => symbolsOf(source, member));
}

function symbolsOf(source: SourceFile, member: Member | Target['members'][number] | RuleTest): DocumentSymbol[] {
  if (isProperty(member)) return [];
  if (isAddition(member)) return [member.component, member.flow].flatMap((inner) => (inner ? symbolsOf(source, inner) : []));
  const { range } = spanOf(source.file, member);
  const at = isNamed(member) ? nameRange(source, member) : undefined;
  const selectionRange = at && isInside(range, at) ? at : startOf(source, member, range);
  const children = isSystem(member) || isTarget(member) || isRule(member) || isRuleTest(member) ? member.members.flatMap((inner) => symbolsOf(source, inner)) : undefined;
  const { name, detail, kind } = described(member);
  return [{ name, kind, range, selectionRange, ...(detail === '' ? {} : { detail }), ...(children ? { children } : {}) }];
}

type Described = Exclude<Member | Target['members'][number] | RuleTest, Property | { readonly $type: 'Addition' }>;

/** Never with an empty name: editors refuse a list that holds one. */
function described(member: Described): { readonly name: string; readonly detail: string; readonly kind: SymbolKind } {
  if (isSystem(member)) return { name: member.name ?? 'system', detail: 'system', kind: SymbolKind.Module };
  if (isComponent(member)) return { name: member.name ?? member.kind ?? 'component', detail: componentDetail(member), kind: symbolKindOf(member) };
  if (isCatalogueEntry(member)) return { name: member.name ?? member.kind ?? 'entry', detail: member.kind ?? '', kind: SymbolKind.EnumMember };
  if (isTarget(member)) return { name: member.name ?? 'target', detail: 'target', kind: SymbolKind.Package };
  if (isRule(member)) return { name: [member.name ?? 'rule', member.title].filter(Boolean).join(' '), detail: 'rule', kind: SymbolKind.Operator };
  if (isRuleTest(member)) return { name: member.title || 'test', detail: `test, ${member.outcome ?? ''}`, kind: SymbolKind.Event };
  if (isDecision(member)) return { name: member.title || 'decision', detail: 'decision', kind: SymbolKind.Constant };
  if (isAcceptance(member)) return { name: ['accept', member.rule, ...(member.subject ? ['on', arrows(member.end ? [member.subject, member.end] : [member.subject])] : [])].filter(Boolean).join(' '), detail: expiryOf(member), kind: SymbolKind.Key };
  if (isChange(member)) return { name: `change ${arrows(member.end ? [member.subject, member.end] : [member.subject])}${member.variant === undefined ? '' : ` : ${member.variant}`}`, detail: '', kind: SymbolKind.Property };
  if (isRemoval(member)) return { name: `remove ${arrows(member.ends)}`, detail: '', kind: SymbolKind.Null };
  return { name: arrows(member.ends) || 'flow', detail: isFlow(member) ? figureIn(member.properties) : '', kind: SymbolKind.Operator };
}

const arrows = (ends: readonly (NameUse | undefined)[]): string => ends.flatMap((end) => end?.ref?.$refText ?? []).join(' -> ');

const expiryOf = ({ properties }: Acceptance): string => {
  const date = dateAfter(properties, 'until');
  return date === undefined ? 'accepted risk' : `until ${date}`;
};

function dateAfter(properties: readonly Property[], key: string): string | undefined {
  for (const property of properties) {
    if (property.key === key) return property.values[0]?.date;
    const at = property.values.findIndex(({ ref }) => ref?.$refText === key);
    if (at >= 0) return property.values[at + 1]?.date;
  }
  return undefined;
}

function startOf(source: SourceFile, member: Described, range: Range): Range {
  const first = firstLeaf(member.$cstNode);
  const start = first && spanOf(source.file, first).range;
  return start && isInside(range, start) ? start : { start: range.start, end: range.start };
}

const KIND_OF_LAYER: Readonly<Record<string, SymbolKind>> = {
  demand: SymbolKind.Interface,
  data: SymbolKind.Struct,
  model: SymbolKind.Class,
  infrastructure: SymbolKind.Namespace,
  serving: SymbolKind.Function,
  observability: SymbolKind.Event,
  governance: SymbolKind.Object,
};

/** The icon of a component: one for each layer. */
export const symbolKindOf = (component: Component): SymbolKind => KIND_OF_LAYER[vocabulary.kinds[component.kind]?.layer ?? ''] ?? SymbolKind.Class;

/** `service : realtime, replicas 2..8`: what a component is, and the figure that says most of it. */
export function componentDetail({ kind, variant, properties }: Component | CatalogueEntry & { variant?: undefined }): string {
  const figure = figureIn(properties);
  return `${kind ?? ''}${variant === undefined ? '' : ` : ${variant}`}${figure === '' ? '' : `, ${figure}`}`;
}

/** The properties that say most in one figure, the first of them that is stated. */
const FIGURES: readonly string[] = ['replicas', 'peak', 'slo', 'size', 'parameters', 'capacity', 'token_quota', 'latency', 'freshness', 'retention', 'threshold', 'delay', 'every', 'steps', 'average', 'timeout', 'limit', 'people'];

/** A figure with its key, as it was written: `slo p99 <= 120 ms`; empty where none of those that matter is stated. */
function figureIn(properties: readonly Property[]): string {
  let best = FIGURES.length;
  let figure = '';
  const consider = (key: string | undefined, values: Property['values'], from: number): void => {
    const rank = key === undefined ? -1 : FIGURES.indexOf(key);
    if (rank < 0 || rank >= best) return;
    // Between key and figure there may be the name of a field and a sign.
    for (let at = from; at < Math.min(from + 3, values.length); at += 1) {
      const value = values[at];
      if (value?.low === undefined && value?.ref === undefined && value?.operator === undefined) return;
      if (value.low === undefined) continue;
      best = rank;
      figure = [key, ...values.slice(from, at + 1).map(({ $cstNode }) => $cstNode?.text ?? '')].join(' ');
      return;
    }
  };
  for (const { key, values } of properties) {
    consider(key, values, 0);
    values.forEach(({ ref }, at) => consider(ref?.$refText, values, at + 1));
  }
  return figure;
}

/** The declarations of all files whose name holds the letters of the query in their order, best first. */
export function workspaceSymbols(workspace: Workspace, query: string, limit: number): SymbolInformation[] {
  const found: { readonly source: SourceFile; readonly named: Named; readonly container: string; readonly score: number }[] = [];
  for (const source of workspace.files()) {
    for (const member of membersOf(source)) {
      if (!(isSystem(member) || isComponent(member) || isCatalogueEntry(member) || isTarget(member)) || member.name === undefined) continue;
      const score = subsequenceScore(query, member.name);
      if (score === undefined) continue;
      found.push({ source, named: member, container: isSystem(member.$container) ? (member.$container.name ?? '') : '', score });
    }
  }
  found.sort((a, b) => b.score - a.score || compare(a.named.name, b.named.name) || compare(a.source.file, b.source.file));
  const symbols: SymbolInformation[] = [];
  for (const { source, named, container } of found) {
    if (symbols.length >= limit) break;
    const range = nameRange(source, named);
    if (range) symbols.push({ name: named.name, kind: described(named).kind, location: { uri: source.file, range }, ...(container === '' ? {} : { containerName: container }) });
  }
  return symbols;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
