import { CompletionItemKind, InsertTextFormat, type CompletionItem, type TextEdit } from 'vscode-languageserver-types';
import type { PropertyEntry, PropertyTable } from '../../../model/vocabulary-table.ts';
import { vocabulary } from '../../../model/vocabulary.generated.ts';
import { KEYWORDS, kindDoc, propertyDoc, type Owner } from '../documentation.ts';
import { valueForm } from '../value-form.ts';

/** What the documentation of an item is made from, when it is looked at. */
export type ItemData =
  | { readonly of: 'kind' | 'keyword' | 'literal' | 'rule'; readonly name: string }
  | { readonly of: 'variant'; readonly kind: string; readonly name: string }
  | { readonly of: 'property'; readonly owner: Owner; readonly name: string }
  | { readonly of: 'member'; readonly owner: Owner; readonly property: string; readonly field?: string; readonly name: string }
  | { readonly of: 'entry'; readonly section: string; readonly name: string };

/** Makes items that replace the word being typed. */
export interface Maker {
  readonly range: TextEdit['range'];
  readonly snippets: boolean;
}

interface Parts {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** The file that it comes from, beside the label. */
  readonly description?: string;
  /** With placeholders, as snippets have them; the label, if left out. */
  readonly snippet?: string;
  readonly text?: string;
  readonly data?: ItemData;
  /** Items of a lower number stand first. */
  readonly rank?: number;
}

export function item({ range, snippets }: Maker, { label, kind, detail, description, snippet, text, data, rank = 5 }: Parts): CompletionItem {
  const newText = snippet !== undefined ? (snippets ? snippet : withoutPlaceholders(snippet)) : (text ?? label);
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(description === undefined ? {} : { labelDetails: { description } }),
    sortText: `${rank}${label}`,
    filterText: label,
    textEdit: { range, newText },
    insertTextFormat: snippet !== undefined && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(data === undefined ? {} : { data }),
  };
}

/** A snippet as it is accepted without a change: each placeholder with its default. */
export function withoutPlaceholders(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|((?:[^|\\]|\\.)*)\|\}/g, (_, choices: string) => unescaped(/^(?:[^,\\]|\\.)*/.exec(choices)?.[0] ?? ''))
    .replaceAll(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, (_, text: string) => unescaped(text))
    .replaceAll(/\$\{?\d+\}?/g, '')
    .replaceAll(/\\([$}\\])/g, '$1');
}

const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');
const inSnippet = (text: string): string => text.replaceAll(/[$}\\]/g, String.raw`\$&`);
const choice = (place: number, words: readonly string[]): string => `\${${place}|${words.map((word) => word.replaceAll(/[,|\\$}]/g, String.raw`\$&`)).join(',')}|}`;

/** Longer lists are better asked for where they belong. */
const MOST_CHOICES = 24;

export function kindItem(maker: Maker, kind: string): CompletionItem {
  const entry = vocabulary.kinds[kind];
  const variants = entry?.variants ?? [];
  const variant = variants.length > 0 ? ` : ${choice(2, variants)}` : '';
  const subject = entry?.subject && entry.subject.length > 0 ? ' for ${3:Name}' : '';
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  const snippet = entry ? `${kind} \${1:${name}}${variant}${subject} {\n  $0\n}` : `${kind} \${1:name} {\n  $0\n}`;
  return item(maker, { label: kind, kind: CompletionItemKind.Class, detail: entry ? `${entry.layer} layer` : 'entry of the catalogue', snippet, data: { of: 'kind', name: kind }, rank: 4 });
}

export function keywordItem(maker: Maker, word: string, snippet?: string, rank = 5): CompletionItem {
  return item(maker, { label: word, kind: CompletionItemKind.Keyword, snippet, data: KEYWORDS[word] === undefined ? { of: 'literal', name: word } : { of: 'keyword', name: word }, rank });
}

/** A key with a placeholder for its value. */
export function propertyItem(maker: Maker, owner: Owner, name: string, entry: PropertyEntry): CompletionItem {
  const doc = propertyDoc(owner, name);
  const text = doc?.example?.startsWith(`${name} `) ? doc.example.slice(name.length + 1) : undefined;
  return item(maker, { label: name, kind: CompletionItemKind.Property, detail: valueForm(entry.value), snippet: `${name} ${placeholder(entry, text)}`, data: { of: 'property', owner, name }, rank: 1 });
}

function placeholder({ value: type, bare }: PropertyEntry, example: string | undefined): string {
  switch (type.type) {
    case 'flag':
      return choice(1, ['yes', 'no']);
    case 'choice':
      return type.members.length <= MOST_CHOICES ? choice(1, type.members) : '$1';
    case 'choices':
      return type.members.length <= MOST_CHOICES ? `[${choice(1, type.members)}]` : '[$1]';
    case 'text':
    case 'texts':
      return '"$1"';
    case 'time':
      return '"${1:02:30}"';
    case 'quantity':
    case 'quantities':
      return example === undefined ? '$1' : `\${1:${inSnippet(example)}}`;
    case 'record':
      return bare || example === undefined ? '$1' : `\${1:${inSnippet(example)}}`;
    default:
      return '$1';
  }
}

/** The keys of a table that are not stated yet, and the members that may stand without theirs. */
export function keyItems(maker: Maker, owner: Owner, table: PropertyTable, stated: ReadonlySet<string>): CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const [name, entry] of Object.entries(table)) {
    if (stated.has(name)) continue;
    // What a block takes besides the properties of its owner is a word of the language.
    if (entry.value.type === 'keys') {
      items.push(keywordItem(maker, name, `${name} $0`));
      continue;
    }
    items.push(propertyItem(maker, owner, name, entry));
    if (!entry.shorthand || entry.value.type !== 'choice' || entry.value.members.some((member) => stated.has(member))) continue;
    for (const member of entry.value.members) {
      if (!Object.hasOwn(table, member)) items.push(item(maker, { label: member, kind: CompletionItemKind.EnumMember, detail: name, data: { of: 'member', owner, property: name, name: member }, rank: 2 }));
    }
  }
  return items;
}

/** Items for what the language knows of a kind: its variants. */
export function variantItems(maker: Maker, kind: string): CompletionItem[] {
  const docs = kindDoc(kind)?.variants ?? {};
  return Object.keys(docs).map((name) => item(maker, { label: name, kind: CompletionItemKind.EnumMember, detail: docs[name], data: { of: 'variant', kind, name }, rank: 1 }));
}
