import { CompletionItemKind, type CompletionItem, type CompletionList } from 'vscode-languageserver-types';
import type { Position } from '../../../model/architecture.ts';
import { vocabulary } from '../../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../../model/vocabulary-table.ts';
import { isComponent, isRule, isSystem } from '../../generated/ast.ts';
import { isBody, type Body } from '../../references/names.ts';
import { changeTable } from '../../lowering/removal.ts';
import { spanOf, type SourceFile } from '../../source-file.ts';
import { ownerOfKind, tableOf, type Owner } from '../documentation.ts';
import { lineStarts, positionAt } from '../text-lines.ts';
import type { Workspace } from '../workspace.ts';
import { contextAt, type Block, type Context } from './context.ts';
import { expectedAfter, type Expectation } from './expectation.ts';
import { item, keyItems, keywordItem, kindItem, variantItems, type Maker } from './items.ts';
import { importedNames, importPaths } from './imports.ts';
import { arrowItems, nameItems, originsIn, type Scope } from './names.ts';
import { RULE_SNIPPET, ruleItems } from './rule-items.ts';
import { fieldNameItems, unitItems, valueItems } from './values.ts';

export interface CompletionOptions {
  /** Placeholders may be used. */
  readonly snippets: boolean;
  /** Checks and rules, which `accept` names. */
  readonly rules?: readonly { readonly id: string; readonly title: string }[];
}

interface Request extends Scope {
  readonly maker: Maker;
  readonly workspace: Workspace;
  readonly source: SourceFile;
  readonly context: Context;
  readonly rules: NonNullable<CompletionOptions['rules']>;
}

/** What may be written at a position. Documentation is filled in by `resolveCompletion`, for the one that is looked at. */
export function completionsAt(workspace: Workspace, source: SourceFile, position: Position, { snippets, rules = [] }: CompletionOptions): CompletionList {
  const starts = lineStarts(source.text);
  const offset = Math.min((starts[position.line] ?? source.text.length) + position.character, source.text.length);
  const context = contextAt(source, starts, offset);
  if (!context) return NOTHING;
  const at = (place: number): Position => positionAt(starts, place);
  const edited = context.string ?? context.word;
  const maker: Maker = { snippets, range: { start: at(edited.start), end: at(edited.end) } };
  const request: Request = { maker, workspace, source, context, names: workspace.namesIn(source, bodyAt(source, position)), originOf: originsIn(workspace, source), rules };
  return { isIncomplete: false, items: distinct(context.string ? importPaths(maker, workspace, source, context) : inBlock(request)) };
}

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

function inBlock(request: Request): CompletionItem[] {
  const { context, maker, source, workspace } = request;
  const block = context.blocks.at(-1);
  if (!block) return atTop(request);
  const [first, second] = words(block);
  switch (first) {
    case 'import':
      return importedNames(maker, workspace, source, context);
    case 'system':
      return inSystem(request);
    case 'rule':
      return ruleItems(request);
    case 'test':
      return inSystem(request);
    case 'target':
      return inTarget(request);
    case 'accept':
      return inProperties(request, { section: 'forms', name: 'acceptance' });
    case 'decision':
      return inProperties(request, { section: 'forms', name: 'decision' });
    case 'add':
      return isFlowHeader(block) ? inProperties(request, { section: 'forms', name: 'flow' }) : inProperties(request, ownerOfKind(second ?? ''));
    case 'change':
      return inProperties(request, changedOwner(request, block, second), isFlowHeader(block) ? undefined : changeTable);
    default:
      if (isFlowHeader(block)) return inProperties(request, { section: 'forms', name: 'flow' });
      if (first !== undefined && (Object.hasOwn(vocabulary.kinds, first) || Object.hasOwn(vocabulary.catalogue, first))) return inProperties(request, ownerOfKind(first));
      return source.text === '' ? [kindItem(maker, 'service')] : [];
  }
}

const words = ({ header }: Block): string[] => header.map(({ text }) => text);
const isFlowHeader = ({ header }: Block): boolean => header.some(({ text }) => text === '->');

function changedOwner({ names }: Request, block: Block, name: string | undefined): Owner {
  if (isFlowHeader(block)) return { section: 'forms', name: 'flow' };
  const declaration = name === undefined ? undefined : names.get(name);
  return declaration && isComponent(declaration) ? ownerOfKind(declaration.kind) : { section: 'forms', name: 'system' };
}

/** Outside any block: imports, systems, and what other files import. */
function atTop(request: Request): CompletionItem[] {
  const { context, maker, source } = request;
  const [first] = context.statement;
  // Imports come before everything else.
  const beforeImport = source.root.imports.some((node) => spanOf(source.file, node).range.start.line >= maker.range.end.line);
  if (!first && beforeImport) return [keywordItem(maker, 'import', 'import { $2 } from "$1"', 2)];
  if (!first) {
    return [
      keywordItem(maker, 'system', 'system ${1:Name} {\n  stage       ${2|production,prototype,pilot|}\n  criticality ${3|high,low,medium,critical|}\n  $0\n}', 1),
      keywordItem(maker, 'import', 'import { $2 } from "$1"', 2),
      keywordItem(maker, 'rule', RULE_SNIPPET, 3),
      ...Object.keys(vocabulary.kinds).map((kind) => kindItem(maker, kind)),
      ...Object.keys(vocabulary.catalogue).map((kind) => kindItem(maker, kind)),
      ...nameItems(maker, request, [], { form: flowForm(context) }),
    ];
  }
  if (first.text === 'import') {
    const last = context.statement.at(-1)?.text;
    if (last === 'import') return [item(maker, { label: '*', kind: CompletionItemKind.Operator, snippet: '* from "$1"' }), item(maker, { label: '{ … }', kind: CompletionItemKind.Operator, snippet: '{ $2 } from "$1"' })];
    return last === '*' || last === '}' ? [keywordItem(maker, 'from', 'from "$1"')] : [];
  }
  return inHeader(request);
}

function inSystem(request: Request): CompletionItem[] {
  const { context, maker } = request;
  const owner: Owner = { section: 'forms', name: 'system' };
  const [first, second] = context.statement;
  if (!first) {
    return [
      ...Object.keys(vocabulary.kinds).map((kind) => kindItem(maker, kind)),
      ...keyItems(maker, owner, tableOf(owner), context.stated),
      ...nameItems(maker, request, [], { form: flowForm(context) }),
      keywordItem(maker, 'accept', 'accept ${1:ML09.1} on ${2:Name} {\n  because "$3"\n  by      "$4"\n  until   ${5:2027-03-31}\n}'),
      keywordItem(maker, 'decision', 'decision "$1" {\n  $0\n}'),
      keywordItem(maker, 'target', 'target ${1:Next} {\n  because "$2"\n  $0\n}'),
    ];
  }
  if (Object.hasOwn(tableOf(owner), first.text) && second?.text !== '->' && !(Object.hasOwn(vocabulary.kinds, first.text) && second?.type === 'word')) return inProperties(request, owner);
  return inHeader(request);
}

/** The steps to a target state, as snippets. */
const STEPS = { change: 'change ${1:Name} {\n  $0\n}', add: 'add ${1:service} ${2:Name} {\n  $0\n}', remove: 'remove ${1:Name}' } as const;

function inTarget(request: Request): CompletionItem[] {
  const { context, maker } = request;
  const owner: Owner = { section: 'forms', name: 'target' };
  const [first, second] = context.statement;
  if (!first) return [...keyItems(maker, owner, tableOf(owner), context.stated), ...Object.entries(STEPS).map(([word, snippet]) => keywordItem(maker, word, snippet, 0))];
  if (first.text === 'add' && !second) return [...Object.keys(vocabulary.kinds).map((kind) => kindItem(maker, kind)), ...nameItems(maker, request, [], { form: flowForm(context) })];
  if (first.text !== 'add' && first.text !== 'change' && first.text !== 'remove') return inProperties(request, owner);
  if (first.text === 'change' && context.statement.at(-1)?.text === ':') {
    const changed = request.names.get(second?.text ?? '');
    return changed && isComponent(changed) ? variantItems(maker, changed.kind) : [];
  }
  // A change states properties, and so needs its braces; what is removed stands alone.
  const form = first.text === 'change' && !/^\s*(?:->|:|\{)/.test(context.rest) ? 'change' : 'alone';
  if (!second) return nameItems(maker, request, [], { form });
  return inHeader({ ...request, context: { ...context, statement: context.statement.slice(1) } }, form);
}

/** How a name begins a flow: with its arrow, unless that is there. */
const flowForm = ({ rest }: Context): 'alone' | 'flow' => (/^\s*->/.test(rest) ? 'alone' : 'flow');

/** The head of a declaration: kind, name, variant, subject; the ends of a flow; what is accepted. */
function inHeader(request: Request, lastEnd: 'alone' | 'change' = 'alone'): CompletionItem[] {
  const { context, maker, names, rules } = request;
  const tokens = context.statement.map(({ text }) => text);
  const [first = ''] = tokens;
  const last = tokens.at(-1);
  if (last === '->') return nameItems(maker, request, [], { except: tokens.at(-2), form: lastEnd });
  if (first === 'accept') {
    if (tokens.length === 1) return rules.map(({ id, title }) => item(maker, { label: id, kind: CompletionItemKind.Reference, detail: title, data: { of: 'rule', name: id } }));
    if (last === 'on') return nameItems(maker, request, []);
    if (tokens.length === 2) return [keywordItem(maker, 'on', 'on $0')];
    return arrowItems(maker, names, tokens.slice(3), context.rest);
  }
  const kind = vocabulary.kinds[first];
  if (!kind) return arrowItems(maker, names, tokens, context.rest);
  if (last === ':') return variantItems(maker, first);
  if (last === 'for') return nameItems(maker, request, kind.subject ?? []);
  if (tokens.length === 1) return ['none', 'unknown'].map((word) => keywordItem(maker, word, undefined, 7));
  return kind.subject && !tokens.includes('for') && (tokens.length === 2 || tokens.length === 4) ? [keywordItem(maker, 'for', 'for $0')] : [];
}

function inProperties(request: Request, owner: Owner, extended: (table: PropertyTable) => PropertyTable = (table) => table): CompletionItem[] {
  const { context, maker, workspace } = request;
  const table = extended(tableOf(owner));
  return expectedAfter(table, context.statement, context.word.start).flatMap((expected) => {
    switch (expected.kind) {
      case 'key': {
        const stated = new Set([...context.stated, ...context.statement.map(({ text }) => text)]);
        return keyItems(maker, owner, table, stated);
      }
      case 'value':
        return valueItems(maker, workspace, request, owner, expected);
      case 'field':
        return fieldNameItems(maker, owner, expected.property, expected.names);
      case 'unit':
        return unitsFrom(request, expected);
      case 'evidence':
        return [keywordItem(maker, 'evidence', 'evidence "$1"', 6)];
      case 'word':
        return [keywordItem(maker, expected.text, undefined, 0)];
    }
  });
}

/** Units, which replace all that is written of one: in `4 req/` they begin before the word that is being typed. */
function unitsFrom({ context, maker }: Request, { dimension, written }: Extract<Expectation, { kind: 'unit' }>): CompletionItem[] {
  const { start, text } = context.word;
  const { line, character } = maker.range.start;
  const range = { ...maker.range, start: { line, character: character - start + (written?.start ?? start) } };
  return unitItems({ ...maker, range }, dimension, `${written?.text ?? ''}${text}`);
}

/** The system, or the test of a rule, that a line is in. */
function bodyAt(source: SourceFile, { line }: Position): Body | undefined {
  const bodies = source.root.members.flatMap((member): readonly Body[] => (isSystem(member) ? [member] : isRule(member) ? member.members.flatMap((inner) => (isBody(inner) ? [inner] : [])) : []));
  return bodies.find((system) => {
    const { start, end } = spanOf(source.file, system).range;
    return start.line <= line && line <= end.line;
  });
}

function distinct(items: readonly CompletionItem[]): CompletionItem[] {
  const seen = new Set<string>();
  return items.filter(({ label, kind }) => {
    const key = `${kind ?? ''} ${label}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
