import type { AstNode } from 'langium';
import type { CatalogueEntry, Position, Range } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import { dimensions, splitQuantity, unitOf, type DimensionName } from '../../model/units.ts';
import { isAcceptance, isCatalogueEntry, isChange, isComponent, isFlow, isImport, isImportedName, isProperty, isRule, isSystem, isValue, type Declaration, type Rule } from '../generated/ast.ts';
import { documentationOf } from '../lowering/documentation.ts';
import type { Role } from '../lowering/reporter.ts';
import { exportsOf } from '../references/names.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { catalogueFacts, quantityText } from './catalogue-summary.ts';
import { propertyMarkdown } from './completion/resolve.ts';
import { KEYWORDS, kindDoc, LITERALS, ownerOfKind, propertyDoc, type Owner } from './documentation.ts';
import { decoded } from './file-names.ts';
import { evidenceText } from './hover-evidence.ts';
import { cell, code, codeBlock, plain } from './markdown.ts';
import { meaningOf } from './naming.ts';
import { leafAt, type Leaf } from './place.ts';
import { memberOf, namesAt, rolesIn, type Member } from './roles.ts';
import type { Workspace } from './workspace.ts';

/** What is known of a word from the text and the vocabulary. The server adds figures and findings of `element`. */
export interface HoverText {
  readonly range: Range;
  /** Markdown; what comes from a file is escaped. */
  readonly paragraphs: readonly string[];
  /** The component or system that the word names, and the file that declares it. */
  readonly element?: { readonly name: string; readonly file: string };
  /** The id of a check or rule. */
  readonly rule?: string;
}

export function hoverAt(workspace: Workspace, source: SourceFile, position: Position): HoverText | undefined {
  const leaf = leafAt(source, position);
  if (!leaf) return undefined;
  const { range } = leaf;
  const text = (paragraphs: readonly (string | undefined)[]): HoverText | undefined => {
    const known = paragraphs.filter((paragraph) => paragraph !== undefined && paragraph !== '') as string[];
    return known.length > 0 ? { range, paragraphs: known } : undefined;
  };
  const { node, feature } = leaf;
  if (isImport(node)) return feature === 'path' ? text(importText(workspace, source, node.path)) : text([keyword(leaf.text)]);
  if (isImportedName(node)) {
    const target = isImport(node.$container) ? workspace.resolve(source, node.$container.path) : undefined;
    const declaration = target && exportsOf(target.root).get(leaf.text);
    return declaration && declarationText(workspace, declaration, range);
  }
  if (isAcceptance(node) && feature === 'rule') return { range, paragraphs: [], rule: leaf.text };
  if (isComponent(node) || isCatalogueEntry(node)) {
    if (feature === 'kind') return text(kindText(node.kind));
    if (feature === 'variant') return text([plain(kindDoc(node.kind)?.variants[leaf.text] ?? '')]);
    if (feature === 'name') return declarationText(workspace, node, range);
  }
  if (isChange(node) && feature === 'variant') {
    const changed = meaningOf(workspace, source, node.subject);
    return changed && isComponent(changed) ? text([plain(kindDoc(changed.kind)?.variants[leaf.text] ?? '')]) : undefined;
  }
  if (isRule(node) && feature === 'name') return text(ruleText(node));
  if (isSystem(node) && feature === 'name') return declarationText(workspace, node, range);
  if (feature === undefined || feature === 'all') return text([keyword(leaf.text)]);
  const member = memberOf(node);
  return member && roleText(workspace, source, member, leaf, text);
}

/** The title of a rule, and why it matters. */
const ruleText = (rule: Rule): (string | undefined)[] => [codeBlock(`rule ${rule.name} "${rule.title ?? ''}"`), plain(documentationOf(rule) ?? '')];

const ownerNamed = (name: string): Owner => (name === 'system' || name === 'flow' ? { section: 'forms', name } : ownerOfKind(name));

const keyword = (word: string): string | undefined => (KEYWORDS[word] === undefined ? undefined : plain(KEYWORDS[word]));

function roleText(workspace: Workspace, source: SourceFile, member: Member, leaf: Leaf, text: (paragraphs: readonly (string | undefined)[]) => HoverText | undefined): HoverText | undefined {
  const roles = rolesIn(workspace, source, member);
  const role = roleOf(roles, leaf.node);
  if (!role) return undefined;
  const owner = ownerOf(leaf.node, namesAt(workspace, source, member));
  switch (role.role) {
    case 'key':
    case 'property': {
      const of = role.role === 'property' && role.of !== undefined ? ownerNamed(role.of) : owner;
      return text([`**${plain(role.property)}**`, propertyMarkdown(of, role.property) ?? keyword(role.property)]);
    }
    case 'kind':
      return text(kindText(role.kind));
    case 'variant':
      return text([plain(kindDoc(role.kind)?.variants[role.word] ?? '')]);
    case 'condition':
      return text([keyword(role.word)]);
    case 'member':
      return text([memberText(owner, role, leaf.node)]);
    case 'field':
      return text([fieldText(owner, role.name, leaf.node)]);
    case 'reference':
      return declarationText(workspace, role.declaration, leaf.range);
    case 'catalogue': {
      const entry = (workspace.catalogue() as unknown as Readonly<Record<string, ReadonlyMap<string, CatalogueEntry>>>)[role.section]?.get(role.name);
      return entry && text([codeBlock(`${role.section} ${role.name}`), entry.doc === undefined ? undefined : plain(entry.doc), rows(catalogueFacts(entry).map(({ term, text: fact }) => [plain(term), plain(fact)]))]);
    }
    case 'literal':
      return text([LITERALS[role.word] === undefined ? undefined : `${code(role.word)} ${plain(LITERALS[role.word] ?? '')}`]);
    case 'quantity':
      return isValue(leaf.node) && leaf.node.low !== undefined ? text([quantityForms(leaf.node.low, leaf.node.high, role.dimension as DimensionName)]) : undefined;
    case 'evidence':
      return text(evidenceText(roles, owner, source.file, leaf.node, role.target));
    default:
      return undefined;
  }
}

function roleOf(roles: ReadonlyMap<AstNode, Role>, node: AstNode): Role | undefined {
  for (let current: AstNode | undefined = node; current; current = current.$container) {
    const role = roles.get(current);
    if (role) return role;
    if (!isValue(current)) return undefined;
  }
  return undefined;
}

/** Whose properties a statement is one of. */
function ownerOf(node: AstNode, names: ReadonlyMap<string, Declaration>): Owner {
  for (let current = node.$container; current; current = current.$container) {
    if (isProperty(current) || isValue(current)) continue;
    if (isComponent(current) || isCatalogueEntry(current)) return ownerOfKind(current.kind);
    if (isFlow(current)) return { section: 'forms', name: 'flow' };
    if (isAcceptance(current)) return { section: 'forms', name: 'acceptance' };
    if (current.$type === 'Decision') return { section: 'forms', name: 'decision' };
    if (current.$type === 'Target') return { section: 'forms', name: 'target' };
    if (current.$type === 'Change') {
      const { subject, end } = current as unknown as { subject?: { ref?: { $refText: string } }; end?: unknown };
      const declaration = names.get(subject?.ref?.$refText ?? '');
      if (end) return { section: 'forms', name: 'flow' };
      return declaration && isComponent(declaration) ? ownerOfKind(declaration.kind) : { section: 'forms', name: 'system' };
    }
    return { section: 'forms', name: 'system' };
  }
  return { section: 'forms', name: 'system' };
}

function memberText(owner: Owner, { word, property }: Extract<Role, { role: 'member' }>, node: AstNode): string | undefined {
  const key = property ?? keyOf(node);
  const doc = key === undefined ? undefined : propertyDoc(owner, key);
  const meaning = doc?.members?.[word] ?? Object.values(doc?.fields ?? {}).flatMap((field) => field.members?.[word] ?? [])[0];
  return meaning === undefined ? undefined : `${code(word)} ${plain(meaning)}`;
}

function fieldText(owner: Owner, name: string, node: AstNode): string | undefined {
  const key = keyOf(node);
  const doc = key === undefined ? undefined : propertyDoc(owner, key);
  const own = doc?.fields?.[name];
  const parts = [own?.doc, doc && `Part of ${key ?? ''}: ${doc.doc}`].filter((part) => part !== undefined && part !== '');
  return parts.length > 0 ? `${code(name)} ${parts.map((part) => plain(part ?? '')).join(' ')}` : undefined;
}

function keyOf(node: AstNode): string | undefined {
  for (let current: AstNode | undefined = node; current; current = current.$container) if (isProperty(current)) return current.key;
  return undefined;
}

function kindText(kind: string): (string | undefined)[] {
  const doc = kindDoc(kind);
  if (!doc) return [];
  const layer = vocabulary.kinds[kind]?.layer;
  const variants = Object.entries(doc.variants).map(([name, meaning]) => `- ${code(name)} ${plain(meaning)}`);
  return [`**${plain(kind)}**${layer === undefined ? '' : ` (${plain(layer)} layer)`}`, plain(doc.doc), variants.join('\n'), codeBlock(doc.example)];
}

/** Facts worth a look, in the order in which people ask for them. */
const FACTS = ['technology', 'platform', 'owner', 'stage', 'criticality', 'serves', 'produces', 'replicas', 'throughput', 'service_time', 'slo', 'peak', 'average', 'task', 'size', 'latency', 'capacity', 'retention', 'runs_on', 'budget'];
const MOST_FACTS = 6;

function declarationText(workspace: Workspace, declaration: Declaration, range: Range): HoverText {
  const source = workspace.sourceOf(declaration);
  const head = isComponent(declaration)
    ? `${declaration.kind} ${declaration.name}${declaration.variant === undefined ? '' : ` : ${declaration.variant}`}${declaration.subject?.ref === undefined ? '' : ` for ${declaration.subject.ref.$refText}`}`
    : `${isSystem(declaration) ? 'system' : declaration.kind} ${declaration.name}`;
  const properties = isSystem(declaration) ? declaration.members.filter(isProperty) : declaration.properties;
  const stated = new Map(properties.map((property) => [property.key, property]));
  const facts = FACTS.filter((key) => stated.has(key)).slice(0, MOST_FACTS).map((key) => [plain(key), cell(stated.get(key)?.values.map((value) => value.$cstNode?.text ?? '').join(' ') ?? '')]);
  const doc = documentationOf(declaration);
  const place = source && `${plain(decoded(source.file.slice(source.file.lastIndexOf('/') + 1)))}, line ${spanOf(source.file, declaration).range.start.line + 1}`;
  const paragraphs = [codeBlock(head), doc === undefined ? undefined : plain(doc), rows(facts), place].filter((part) => part !== undefined && part !== '') as string[];
  return { range, paragraphs, ...(source && !isCatalogueEntry(declaration) ? { element: { name: declaration.name, file: source.file } } : {}) };
}

/** A table of two columns; empty for no rows. */
function rows(facts: readonly (readonly string[])[]): string {
  return facts.length === 0 ? '' : ['| | |', '| --- | --- |', ...facts.map((fact) => `| ${fact.join(' | ')} |`)].join('\n');
}

function importText(workspace: Workspace, source: SourceFile, path: string): (string | undefined)[] {
  const target = workspace.resolve(source, path);
  if (!target) return ['The file cannot be read.'];
  const names = [...exportsOf(target.root).keys()];
  const shown = names.slice(0, 30).map(code).join(', ');
  return [`Declares ${names.length === 0 ? 'nothing' : shown}${names.length > 30 ? ` and ${names.length - 30} more` : ''}.`];
}

/** The same amount in the units of its dimension that are near, each spelling once, or what it is in the canonical one. */
function quantityForms(low: string, high: string | undefined, dimension: DimensionName): string | undefined {
  if (!Object.hasOwn(dimensions, dimension)) return undefined;
  const [from, to] = [splitQuantity(low), splitQuantity(high ?? low)];
  // In `20..40 ms` the unit stands once, at the end.
  const unit = from.unit === '' ? to.unit : from.unit;
  const factors = [unit, to.unit].map((name) => (name === '' ? 1 : unitOf(dimension, name)?.factor));
  const [fromFactor, toFactor] = factors;
  if (fromFactor === undefined || toFactor === undefined) return undefined;
  const amount = { low: from.value * fromFactor, high: to.value * toFactor };
  const written = high === undefined ? low : `${low}..${high}`;
  const seen = new Set([toFactor]);
  const others = Object.entries(dimensions[dimension].units)
    .filter(([, { factor, currency }]) => {
      const isNew = !seen.has(factor) && currency === undefined && amount.high / factor >= 1 && amount.high / factor < 10_000;
      if (isNew) seen.add(factor);
      return isNew;
    })
    .sort(([, a], [, b]) => b.factor - a.factor)
    .slice(0, 3)
    .map(([name, { factor }]) => `${inUnits(amount, factor)} ${name}`);
  const canonical = quantityText({ ...amount, unit: dimensions[dimension].canonical });
  const forms = others.length > 0 ? others : [canonical].filter((form) => form !== written);
  return `${code(written)} ${plain(dimensions[dimension].title)}${forms.length > 0 ? ` = ${forms.map(plain).join(' = ')}` : ''}`;
}

function inUnits({ low, high }: { readonly low: number; readonly high: number }, factor: number): string {
  const [from, to] = [low, high].map((value) => String(Number((value / factor).toPrecision(4))));
  return from === to ? String(to) : `${from} to ${to}`;
}
