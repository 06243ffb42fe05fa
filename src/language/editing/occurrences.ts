import type { AstNode } from 'langium';
import type { Range } from '../../model/architecture.ts';
import { isCatalogueEntry, isNameUse, isTarget } from '../generated/ast.ts';
import type { Role } from '../lowering/reporter.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { declaredIn, usesIn } from './members.ts';
import { authorEntry, meaningOf, nameRange, type Named } from './naming.ts';
import { membersOf, rolesIn } from './roles.ts';
import type { Workspace } from './workspace.ts';

/** A place where a name is declared or used. */
export interface Occurrence {
  readonly source: SourceFile;
  readonly range: Range;
  readonly declares: boolean;
}

/** Every place in the files where a name stands for a declaration; what only looks like it is left out. */
export function* occurrencesOf(workspace: Workspace, named: Named, files: Iterable<SourceFile>): Generator<Occurrence> {
  // Most files do not hold the name at all; looking into the text is far quicker than into the tree.
  for (const source of files) if (named.name !== undefined && source.text.includes(named.name)) yield* occurrencesIn(workspace, named, named.name, source);
}

/** The files in which a name may be used: all, and those of the place and of the declaration where the workspace does not list them. */
export function filesToSearch(workspace: Workspace, source: SourceFile, named: Named): ReadonlySet<SourceFile> {
  const declaring = isTarget(named) ? undefined : workspace.sourceOf(named);
  return new Set([source, ...(declaring ? [declaring] : []), ...workspace.files()]);
}

function* occurrencesIn(workspace: Workspace, named: Named, name: string, source: SourceFile): Generator<Occurrence> {
  for (const { names } of source.root.imports) {
    for (const use of names) if (use.ref?.$refText === name && meaningOf(workspace, source, use) === named) yield { source, range: spanOf(source.file, use).range, declares: false };
  }
  const entryHere = isCatalogueEntry(named) && authorEntry(workspace, source, named.kind, name) === named;
  for (const member of membersOf(source)) {
    for (const declared of declaredIn(member)) {
      const range = declared === named ? nameRange(source, declared) : undefined;
      if (range) yield { source, range, declares: true };
    }
    let roles: ReadonlyMap<AstNode, Role> | undefined;
    for (const use of usesIn(member)) {
      if (use.ref?.$refText !== name) continue;
      if (isNameUse(use) ? meaningOf(workspace, source, use) === named : standsFor(named, (roles ??= rolesIn(workspace, source, member)).get(use), entryHere)) {
        yield { source, range: spanOf(source.file, use).range, declares: false };
      }
    }
  }
}

function standsFor(named: Named, role: Role | undefined, entryHere: boolean): boolean {
  if (role?.role === 'catalogue') return entryHere && isCatalogueEntry(named) && role.section === named.kind;
  return role?.role === 'reference' && role.declaration === named;
}
