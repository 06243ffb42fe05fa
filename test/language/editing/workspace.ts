import path from 'node:path';
import { bundledLibrary } from '../../../src/language/bundled-library.ts';
import type { Workspace } from '../../../src/language/editing/workspace.ts';
import { namesInFile, namesInSystem } from '../../../src/language/references/names.ts';
import type { Position } from '../../../src/model/architecture.ts';
import { parseSource, type SourceFile } from '../../../src/language/source-file.ts';
import { parser } from '../../support/load.ts';

/** A workspace of files that are given as text. */
export function workspaceOf(texts: Readonly<Record<string, string>>): Workspace {
  const files = new Map(Object.entries(texts).map(([file, text]) => [file, parseSource(parser, file, text)]));
  const resolve = (from: SourceFile, target: string) => files.get(path.posix.join(path.posix.dirname(from.file), target));
  return {
    files: () => files.values(),
    file: (name) => files.get(name),
    resolve,
    sourceOf: (declaration) => {
      let node: { $container?: unknown } = declaration;
      while (node.$container) node = node.$container as typeof node;
      return [...files.values()].find(({ root }) => root === node);
    },
    namesIn: (source, system) => {
      const names = namesInFile(source, resolve);
      return system ? namesInSystem(system, names) : names;
    },
    catalogue: bundledLibrary,
  };
}

/** Texts with one cursor, written `<|>`, taken out. */
export function atCursor(texts: Readonly<Record<string, string>>): { workspace: Workspace; source: SourceFile; position: Position } {
  const [file, marked] = Object.entries(texts).find(([, text]) => text.includes('<|>')) ?? [];
  if (file === undefined || marked === undefined) throw new Error('No cursor: put <|> into one of the texts.');
  const before = marked.slice(0, marked.indexOf('<|>')).split('\n');
  const workspace = workspaceOf({ ...texts, [file]: marked.replace('<|>', '') });
  const source = workspace.file(file);
  if (!source) throw new Error(`No file ${file}.`);
  return { workspace, source, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}
