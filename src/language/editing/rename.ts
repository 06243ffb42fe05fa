import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Position, Range } from '../../model/architecture.ts';
import { isAddition, isCatalogueEntry, isComponent, isRule, isSystem, isTarget, type Target } from '../generated/ast.ts';
import { exportsOf, isBody, type Body } from '../references/names.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { importedFiles, importingFiles } from './imports.ts';
import { declaredIn } from './members.ts';
import { authorEntry, nameAt, type Named, type NamePlace } from './naming.ts';
import { wrongName } from './name-rules.ts';
import { filesToSearch, occurrencesOf } from './occurrences.ts';
import type { Workspace } from './workspace.ts';

/** The name at a position as it stands, or why it cannot be renamed. */
export function prepareRenameAt(workspace: Workspace, source: SourceFile, position: Position): { readonly range: Range; readonly placeholder: string } | string {
  const place = nameAt(workspace, source, position);
  return place?.named ? { range: place.range, placeholder: place.name } : notRenamed(place);
}

function notRenamed(place: NamePlace | undefined): string {
  if (!place) return 'Only names of components, systems, targets and catalogue entries of your own can be renamed.';
  if (place.section !== undefined) return `${place.name} comes with the catalogue and cannot be renamed.`;
  return `Nothing is called ${place.name}. Declare it, or correct the name.`;
}

/** Gives the declaration that the name at a position stands for another name, in all files; or says why it cannot. */
export function renameAt(workspace: Workspace, source: SourceFile, position: Position, newName: string): WorkspaceEdit | { readonly error: string } {
  const place = nameAt(workspace, source, position);
  if (!place?.named) return { error: notRenamed(place) };
  const { named } = place;
  if (newName === named.name) return { changes: {} };
  const error = wrongName(newName, isCatalogueEntry(named) ? 'entry' : isComponent(named) ? 'component' : 'other') ?? taken(workspace, source, named, newName);
  if (error !== undefined) return { error };
  const changes: Record<string, TextEdit[]> = {};
  for (const { source: { file }, range } of occurrencesOf(workspace, named, filesToSearch(workspace, source, named))) (changes[file] ??= []).push({ range, newText: newName });
  return { changes };
}

/** What already has the name where the declaration can be seen, in words. */
function taken(workspace: Workspace, source: SourceFile, named: Named, name: string): string | undefined {
  const home = isTarget(named) ? source : workspace.sourceOf(named);
  if (!home) return undefined;
  const other = isTarget(named) ? named.$container.members.find((member): member is Target => isTarget(member) && member.name === name) : declaredNear(workspace, home, named, name);
  if (other) {
    const where = isTarget(other) ? home : workspace.sourceOf(other);
    const line = where ? `, in line ${spanOf(where.file, other).range.start.line + 1}${where === home ? '' : ` of ${where.file.slice(where.file.lastIndexOf('/') + 1)}`}` : '';
    return `${name} is already declared${line}. Choose another name.`;
  }
  if (isCatalogueEntry(named) && inCatalogue(workspace, home, named.kind, name)) return `The catalogue already has a ${named.kind} called ${name}. Choose another name.`;
  return undefined;
}

function inCatalogue(workspace: Workspace, home: SourceFile, section: string, name: string): boolean {
  const sections = workspace.catalogue() as unknown as Readonly<Record<string, ReadonlyMap<string, unknown>>>;
  return sections[section]?.has(name) === true || authorEntry(workspace, home, section, name) !== undefined;
}

/**
 * A declaration of the name that could come together with the renamed one in a system. Names are unique within a
 * system, and it brings in what its imports refer to; so all that it imports counts and not only what it names.
 */
function declaredNear(workspace: Workspace, home: SourceFile, named: Exclude<Named, { $type: 'Target' }>, name: string): Named | undefined {
  const owner = systemOf(named);
  for (const other of inFile(workspace, home, owner, name)) if (other !== named) return other;
  for (const importer of importingFiles(workspace, home)) for (const other of inFile(workspace, importer, undefined, name)) if (other !== named) return other;
  return undefined;
}

const systemOf = (named: Named): Body | undefined => {
  if (isTarget(named)) return named.$container;
  const { $container } = named;
  if ($container && isAddition($container)) return $container.$container.$container;
  return isBody($container) ? $container : undefined;
};

/** What has a name at the top of a file, in what it imports, and in one of its systems, or in all of them. */
function* inFile(workspace: Workspace, source: SourceFile, only: Body | undefined, name: string): Generator<Named> {
  for (const member of source.root.members) {
    if ((isComponent(member) || isCatalogueEntry(member) || isSystem(member)) && member.name === name) yield member;
    const bodies: readonly Body[] = isSystem(member) ? [member] : isRule(member) ? member.members.filter((inner): inner is Extract<typeof inner, Body> => isBody(inner)) : [];
    for (const inner of bodies.filter((body) => (only ? body === only : isSystem(body))).flatMap((body): readonly Body['members'][number][] => body.members)) for (const declared of declaredIn(inner)) if (!isTarget(declared) && declared.name === name) yield declared;
  }
  for (const file of importedFiles(workspace, source)) {
    const exported = exportsOf(file.root).get(name);
    if (exported) yield exported;
  }
}
