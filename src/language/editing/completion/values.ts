import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { CatalogueEntry } from '../../../model/architecture.ts';
import { dimensions, type DimensionName } from '../../../model/units.ts';
import { isCatalogueEntry } from '../../generated/ast.ts';
import { catalogueSummary } from '../catalogue-summary.ts';
import { propertyDoc, type Owner } from '../documentation.ts';
import type { Workspace } from '../workspace.ts';
import type { Expectation } from './expectation.ts';
import { item, keywordItem, type Maker } from './items.ts';
import { nameItems, type Scope } from './names.ts';

type ValueExpectation = Extract<Expectation, { kind: 'value' }>;

/** What may stand as a value: members, names, entries of the catalogue, examples, and the words that any property takes. */
export function valueItems(maker: Maker, workspace: Workspace, scope: Scope, owner: Owner, expected: ValueExpectation): CompletionItem[] {
  const { type, property, field, listed, whole } = expected;
  const items = ofType(maker, workspace, scope, owner, expected).filter(({ label }) => !listed?.includes(label));
  const doc = propertyDoc(owner, property);
  if (whole && doc?.example?.startsWith(`${property} `) && (type.type === 'quantity' || type.type === 'record' || type.type === 'quantities')) {
    const example = doc.example.slice(property.length + 1);
    if (!items.some(({ label }) => label === example)) items.push(item(maker, { label: example, kind: CompletionItemKind.Value, detail: 'for example', rank: 3 }));
  }
  if (!whole || type.type === 'keys') return items;
  const own = 'members' in type ? (type.members ?? []) : [];
  for (const word of ['none', 'unknown'] as const) if (!own.includes(word)) items.push(keywordItem(maker, word, undefined, 7));
  items.push(keywordItem(maker, 'n/a', 'n/a because "$1"', 7), keywordItem(maker, 'planned', 'planned by ${1:2027-03-31}', 7));
  return field === undefined ? items : [];
}

function ofType(maker: Maker, workspace: Workspace, scope: Scope, owner: Owner, { type, property, field }: ValueExpectation): CompletionItem[] {
  const members = (words: readonly string[]): CompletionItem[] => {
    const doc = propertyDoc(owner, property);
    const meanings = field === undefined ? doc?.members : doc?.fields?.[field]?.members;
    return words.map((name) => item(maker, { label: name, kind: CompletionItemKind.EnumMember, detail: meanings?.[name], data: { of: 'member', owner, property, ...(field === undefined ? {} : { field }), name }, rank: 2 }));
  };
  switch (type.type) {
    case 'flag':
      return ['yes', 'no'].map((word, index) => item(maker, { label: word, kind: CompletionItemKind.Constant, rank: index }));
    case 'choice':
    case 'choices':
      return members(type.members);
    case 'keys':
      return type.members.map((name) => item(maker, { label: name, kind: CompletionItemKind.Property, data: { of: 'property', owner, name }, rank: 1 }));
    case 'reference':
      return [...nameItems(maker, scope, type.kinds), ...members(type.members ?? [])];
    case 'references':
      return nameItems(maker, scope, type.kinds);
    case 'catalogue':
      return entryItems(maker, workspace, scope, type.section);
    case 'record': {
      const first = type.positional === undefined ? undefined : type.fields[type.positional];
      return [...(first ? ofType(maker, workspace, scope, owner, { kind: 'value', property, type: first.value, field: type.positional, whole: false }) : []), ...fieldNameItems(maker, owner, property, Object.keys(type.fields))];
    }
    case 'text':
    case 'texts':
      return [item(maker, { label: '"…"', kind: CompletionItemKind.Text, snippet: '"$1"', rank: 2 })];
    default:
      return [];
  }
}

export function fieldNameItems(maker: Maker, owner: Owner, property: string, names: readonly string[]): CompletionItem[] {
  const docs = propertyDoc(owner, property)?.fields;
  return names.map((name) => item(maker, { label: name, kind: CompletionItemKind.Field, detail: docs?.[name]?.doc || undefined, rank: 1 }));
}

function entryItems(maker: Maker, workspace: Workspace, { names, originOf }: Scope, section: 'technology' | 'accelerator' | 'instance' | 'llm'): CompletionItem[] {
  const entries = workspace.catalogue()[section] as ReadonlyMap<string, CatalogueEntry>;
  return [...entries.values()].map((entry) => {
    // Most entries are bundled; those of the authors are declared in a file.
    const declaration = names.get(entry.name);
    const description = declaration && isCatalogueEntry(declaration) ? originOf(declaration) : undefined;
    return item(maker, { label: entry.name, kind: CompletionItemKind.Constant, detail: catalogueSummary(entry), description, data: { of: 'entry', section, name: entry.name }, rank: 2 });
  });
}

/** Units that begin as what is written, or else all. */
export function unitItems(maker: Maker, dimension: DimensionName, written: string): CompletionItem[] {
  const { units, canonical, title } = dimensions[dimension];
  const all = Object.entries(units);
  const begun = all.filter(([name]) => name.toLowerCase().startsWith(written.toLowerCase()));
  // Of several spellings of a unit, the one that the model uses, or else the first.
  const names = new Map<string, string>();
  for (const [name, { factor, currency }] of begun.length > 0 ? begun : all) {
    const key = `${factor} ${currency ?? ''}`;
    if (!names.has(key) || name === canonical) names.set(key, name);
  }
  return [...names.values()].map((unit, index) => item(maker, { label: unit, kind: CompletionItemKind.Unit, detail: title, rank: Math.min(index, 9) }));
}
