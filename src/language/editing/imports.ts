import type { SourceFile } from '../source-file.ts';
import type { Workspace } from './workspace.ts';

/** The files that a file imports, directly or not, nearest first; itself only where imports run in a circle. */
export function importedFiles(workspace: Workspace, source: SourceFile): ReadonlySet<SourceFile> {
  const found = new Set<SourceFile>();
  for (const file of directImports(workspace, source)) found.add(file);
  // A set hands out what is added while it is read.
  for (const file of found) for (const next of directImports(workspace, file)) found.add(next);
  return found;
}

/** The files that import a file, directly or not. */
export function importingFiles(workspace: Workspace, source: SourceFile): ReadonlySet<SourceFile> {
  const importers = new Map<SourceFile, SourceFile[]>();
  for (const file of workspace.files()) {
    for (const target of directImports(workspace, file)) {
      const known = importers.get(target);
      if (known) known.push(file);
      else importers.set(target, [file]);
    }
  }
  const found = new Set(importers.get(source));
  for (const file of found) for (const next of importers.get(file) ?? []) found.add(next);
  return found;
}

/** The files that can be part of one review with this one, itself first, then what it imports, then the others. */
export function relatedFiles(workspace: Workspace, source: SourceFile): ReadonlySet<SourceFile> {
  const related = new Set([source, ...importedFiles(workspace, source)]);
  for (const importer of importingFiles(workspace, source)) {
    related.add(importer);
    for (const file of importedFiles(workspace, importer)) related.add(file);
  }
  return related;
}

function* directImports(workspace: Workspace, source: SourceFile): Generator<SourceFile> {
  for (const { path } of source.root.imports) {
    const target = path === undefined ? undefined : workspace.resolve(source, path);
    if (target) yield target;
  }
}
