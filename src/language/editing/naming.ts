import { GrammarUtils, type AstNode } from 'langium';
import type { Position, Range } from '../../model/architecture.ts';
import { isAcceptance, isCatalogueEntry, isComponent, isImportedName, isNameUse, isSystem, isTarget, isValue, type CatalogueEntry, type Declaration, type ImportedName, type NameUse, type Target, type Value } from '../generated/ast.ts';
import { exportsOf } from '../references/names.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { importedFiles, relatedFiles } from './imports.ts';
import { leavesOnLine, isWithin, type Leaf } from './place.ts';
import { addedIn } from './members.ts';
import { memberOf, namesAt, rolesIn } from './roles.ts';
import type { Workspace } from './workspace.ts';

/** Whatever has a name of its own. */
export type Named = Declaration | Target;

/** A word that names something. */
export interface NamePlace {
  readonly range: Range;
  readonly name: string;
  /** What it names; undefined where nothing of that name was declared in a file. */
  readonly named: Named | undefined;
  /** The section of the catalogue that the name is looked up in, where it stands for an entry. */
  readonly section?: string;
  /** It is the name in the declaration itself. */
  readonly declares: boolean;
}

/** In place of a name, these say that there is nothing of the kind (`registry none`), or that it is not known. */
const ABSENT = new Set(['none', 'unknown']);

/** The name at a position, or the one that ends there. */
export function nameAt(workspace: Workspace, source: SourceFile, position: Position): NamePlace | undefined {
  const word = wordAt(source, position);
  if (!word) return undefined;
  const { node, feature, range, text } = word;
  if (feature === 'name') return isNamed(node) && !ABSENT.has(text) ? { range, name: text, named: node, declares: true } : undefined;
  if (feature !== 'ref') return undefined;
  if (isNameUse(node) || isImportedName(node)) return { range, name: text, named: meaningOf(workspace, source, node), declares: false };
  return isValue(node) ? namedByValue(workspace, source, node, text, range) : undefined;
}

function namedByValue(workspace: Workspace, source: SourceFile, node: Value, name: string, range: Range): NamePlace | undefined {
  const member = memberOf(node);
  const role = member && rolesIn(workspace, source, member).get(node);
  if (role?.role === 'reference') return { range, name, named: role.declaration, declares: false };
  if (role?.role === 'catalogue') return { range, name, named: authorEntry(workspace, source, role.section, name), section: role.section, declares: false };
  return undefined;
}

/** The word at a position. Between a word and a sign, as in `A->B`, the word. */
export function wordAt(source: SourceFile, position: Position): Leaf | undefined {
  let before: Leaf | undefined;
  for (const leaf of leavesOnLine(source, position.line)) {
    if (!/^\w/.test(leaf.text)) continue;
    if (isWithin(leaf.range, position)) return leaf;
    if (leaf.range.end.line === position.line && leaf.range.end.character === position.character) before = leaf;
  }
  return before;
}

export const isNamed = (node: AstNode): node is Named => isComponent(node) || isCatalogueEntry(node) || isSystem(node) || isTarget(node);

/** Where the name of a declaration stands; undefined where it is missing or says that there is nothing of the kind. */
export function nameRange(source: SourceFile, named: Named): Range | undefined {
  if (named.name === undefined || ABSENT.has(named.name)) return undefined;
  const node = GrammarUtils.findNodeForProperty(named.$cstNode, 'name');
  return node && spanOf(source.file, node).range;
}

/** What the name in a flow, a target, an acceptance, an import or after `for` means. */
export function meaningOf(workspace: Workspace, source: SourceFile, use: NameUse | ImportedName): Declaration | undefined {
  const name = use.ref?.$refText;
  if (name === undefined || ABSENT.has(name)) return undefined;
  if (isImportedName(use)) {
    const { path } = use.$container;
    const target = path === undefined ? undefined : workspace.resolve(source, path);
    return target && exportsOf(target.root).get(name);
  }
  const member = memberOf(use);
  if (!member) return undefined;
  const found = (isTarget(member) ? addedIn(member).get(name) : undefined) ?? namesAt(workspace, source, member).get(name);
  return found ?? (isAcceptance(member) || isTarget(member) ? broughtIn(workspace, source, name) : undefined);
}

/** An acceptance or a target may name what the system has only because something that it imports refers to it. */
function broughtIn(workspace: Workspace, source: SourceFile, name: string): Declaration | undefined {
  for (const file of importedFiles(workspace, source)) {
    const found = exportsOf(file.root).get(name);
    if (found && isComponent(found)) return found;
  }
  return undefined;
}

/**
 * The entry of the catalogue that a file declares: the same file, one that it imports, or one that is reviewed with it.
 * Undefined for what only the bundled catalogue has.
 */
export function authorEntry(workspace: Workspace, source: SourceFile, section: string, name: string): CatalogueEntry | undefined {
  const found = new Map<SourceFile, CatalogueEntry>();
  for (const file of new Set([source, ...workspace.files()])) {
    const entry = file.text.includes(name) ? file.root.members.find((member): member is CatalogueEntry => isCatalogueEntry(member) && member.kind === section && member.name === name) : undefined;
    if (entry) found.set(file, entry);
  }
  if (found.size === 0) return undefined;
  for (const file of relatedFiles(workspace, source)) {
    const entry = found.get(file);
    if (entry) return entry;
  }
  return undefined;
}
