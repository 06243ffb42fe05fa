import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import { isSystem } from '../../generated/ast.ts';
import { exportsOf } from '../../references/names.ts';
import type { SourceFile } from '../../source-file.ts';
import { decoded } from '../file-names.ts';
import type { Workspace } from '../workspace.ts';
import type { Context } from './context.ts';
import { item, type Maker } from './items.ts';

/** Within the braces of an import: what the file declares that is not taken yet. */
export function importedNames(maker: Maker, workspace: Workspace, source: SourceFile, { statement, rest }: Context): CompletionItem[] {
  const path = /\}\s*from\s*"([^"\n]*)"/.exec(rest)?.[1];
  const target = path === undefined ? undefined : workspace.resolve(source, path);
  if (!target) return [];
  const taken = new Set([...statement.map(({ text }) => text), ...(rest.match(/^[^}]*/)?.[0].split(/\W+/) ?? [])]);
  return [...exportsOf(target.root)].filter(([name]) => !taken.has(name)).map(([name, declaration]) => item(maker, { label: name, kind: CompletionItemKind.Variable, detail: isSystem(declaration) ? 'system' : declaration.kind, rank: 0 }));
}

/** Within quotes: the files that can be imported. */
export function importPaths(maker: Maker, workspace: Workspace, source: SourceFile, { statement }: Context): CompletionItem[] {
  if (statement[0]?.text !== 'import' || statement.at(-1)?.text !== 'from') return [];
  const items: CompletionItem[] = [];
  for (const { file } of workspace.files()) {
    const path = file === source.file ? undefined : relativePath(source.file, file);
    if (path !== undefined) items.push(item({ ...maker, snippets: false }, { label: path, kind: CompletionItemKind.File }));
  }
  return items;
}

/** From one file to another below the same root, as people read it; undefined where they share none. */
export function relativePath(from: string, to: string): string | undefined {
  const [own, other] = [from.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < own.length && own[shared] === other[shared]) shared += 1;
  const isUri = /^[a-z][a-z0-9+.-]*:/i.test(from);
  if (isUri && shared < 3) return undefined;
  return decoded([...own.slice(shared).map(() => '..'), ...other.slice(shared)].join('/'));
}
