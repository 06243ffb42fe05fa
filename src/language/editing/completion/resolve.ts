import { MarkupKind, type CompletionItem } from 'vscode-languageserver-types';
import type { CatalogueEntry } from '../../../model/architecture.ts';
import { catalogueFacts } from '../catalogue-summary.ts';
import { KEYWORDS, kindDoc, LITERALS, propertyDoc, tableOf } from '../documentation.ts';
import { code, codeBlock, plain } from '../markdown.ts';
import { valueForm } from '../value-form.ts';
import type { Workspace } from '../workspace.ts';
import type { ItemData } from './items.ts';

/** The item with its documentation. */
export function resolveCompletion(workspace: Workspace, item: CompletionItem): CompletionItem {
  const value = item.data === undefined ? undefined : documentationOf(workspace, item.data as ItemData);
  return value === undefined || value === '' ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

function documentationOf(workspace: Workspace, data: ItemData): string | undefined {
  switch (data.of) {
    case 'keyword':
      return plain(KEYWORDS[data.name] ?? '');
    case 'literal':
      return plain(LITERALS[data.name] ?? '');
    case 'kind': {
      const doc = kindDoc(data.name);
      return doc && [plain(doc.doc), codeBlock(doc.example)].join('\n\n');
    }
    case 'variant':
      return plain(kindDoc(data.kind)?.variants[data.name] ?? '');
    case 'property':
      return propertyMarkdown(data.owner, data.name);
    case 'member': {
      const doc = propertyDoc(data.owner, data.property);
      return plain((data.field === undefined ? doc?.members : doc?.fields?.[data.field]?.members)?.[data.name] ?? '');
    }
    case 'entry': {
      const entry = (workspace.catalogue() as unknown as Readonly<Record<string, ReadonlyMap<string, CatalogueEntry>>>)[data.section]?.get(data.name);
      return entry && catalogueFacts(entry).map(({ term, text }) => `- ${plain(term)}: ${plain(text)}`).join('\n');
    }
    case 'rule':
      return undefined;
  }
}

/** What a property means, how it is written, and what is assumed where it is left out. */
export function propertyMarkdown(owner: Parameters<typeof propertyDoc>[0], name: string): string | undefined {
  const doc = propertyDoc(owner, name);
  const entry = tableOf(owner)[name];
  if (!doc || !entry) return undefined;
  const members = Object.entries(doc.members ?? {}).map(([word, meaning]) => `- ${code(word)} ${plain(meaning)}`);
  return [
    plain(doc.doc),
    `Takes ${plain(valueForm(entry.value))}.`,
    ...(members.length > 0 ? [members.join('\n')] : []),
    ...(doc.default === undefined ? [] : [`If left out: ${plain(doc.default)}.`]),
    ...(doc.example === undefined ? [] : [codeBlock(doc.example)]),
  ].join('\n\n');
}
