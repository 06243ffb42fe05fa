import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import { isComponent, type Declaration } from '../../generated/ast.ts';
import type { SourceFile } from '../../source-file.ts';
import type { Workspace } from '../workspace.ts';
import { relativePath } from './imports.ts';
import { item, type Maker } from './items.ts';

/** What names mean at the cursor. */
export interface Scope {
  readonly names: ReadonlyMap<string, Declaration>;
  /** The file that a declaration is imported from, as seen from the one that is edited; undefined for its own. */
  readonly originOf: (declaration: Declaration) => string | undefined;
}

/** Looks each file up once: finding the one of a declaration may mean going through all of them. */
export function originsIn(workspace: Workspace, source: SourceFile): Scope['originOf'] {
  const known = new Map<unknown, string | undefined>([[source.root, undefined]]);
  return (declaration) => {
    let root: { readonly $container?: unknown } = declaration;
    while (root.$container) root = root.$container as typeof root;
    if (!known.has(root)) {
      const file = workspace.sourceOf(declaration)?.file;
      known.set(root, file === undefined ? undefined : (relativePath(source.file, file) ?? file.slice(file.lastIndexOf('/') + 1)));
    }
    return known.get(root);
  };
}

/** What is written with a name: nothing, the arrow of the flow that it begins, or the braces of a change. */
export type NameForm = 'alone' | 'flow' | 'change';

const AFTER: Readonly<Record<NameForm, string>> = { alone: '', flow: ' -> ${1:Other}', change: ' {\n  $0\n}' };

/** Components by name, those of the kinds; all, where none are given. */
export function nameItems(maker: Maker, { names, originOf }: Scope, kinds: readonly string[], { except, form = 'alone' }: { readonly except?: string; readonly form?: NameForm } = {}): CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const [name, declaration] of names) {
    if (!isComponent(declaration) || name === except || name === 'none' || name === 'unknown' || (kinds.length > 0 && !kinds.includes(declaration.kind))) continue;
    const detail = `${declaration.kind}${declaration.variant === undefined ? '' : ` : ${declaration.variant}`}`;
    items.push(item(maker, { label: name, kind: CompletionItemKind.Variable, detail, description: originOf(declaration), snippet: form === 'alone' ? undefined : `${name}${AFTER[form]}`, rank: 0 }));
  }
  return items;
}

/** The arrow to the next end of a flow, after a name that may be one and where none follows. */
export function arrowItems(maker: Maker, names: ReadonlyMap<string, Declaration>, ends: readonly string[], rest: string): CompletionItem[] {
  const last = names.get(ends.at(-1) ?? '');
  const isChain = ends.length % 2 === 1 && ends.every((end, index) => index % 2 === 0 || end === '->');
  if (!last || !isComponent(last) || !isChain || /^\s*->/.test(rest)) return [];
  return [item(maker, { label: '->', kind: CompletionItemKind.Operator, detail: 'flow to', snippet: '-> ${1:Other}', rank: 0 })];
}
