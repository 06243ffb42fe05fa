import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import { isComponent, type Declaration } from '../../generated/ast.ts';
import { item, type Maker } from './items.ts';

/** What is written with a name: nothing, the arrow of the flow that it begins, or the braces of a change. */
export type NameForm = 'alone' | 'flow' | 'change';

const AFTER: Readonly<Record<NameForm, string>> = { alone: '', flow: ' -> ${1:Other}', change: ' {\n  $0\n}' };

/** Components by name, those of the kinds; all, where none are given. */
export function nameItems(maker: Maker, names: ReadonlyMap<string, Declaration>, kinds: readonly string[], { except, form = 'alone' }: { readonly except?: string; readonly form?: NameForm } = {}): CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const [name, declaration] of names) {
    if (!isComponent(declaration) || name === except || name === 'none' || name === 'unknown' || (kinds.length > 0 && !kinds.includes(declaration.kind))) continue;
    const detail = `${declaration.kind}${declaration.variant === undefined ? '' : ` : ${declaration.variant}`}`;
    items.push(item(maker, { label: name, kind: CompletionItemKind.Variable, detail, snippet: form === 'alone' ? undefined : `${name}${AFTER[form]}`, rank: 0 }));
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
