import { EmptyFileSystem } from 'langium';
import path from 'node:path';
import type { Catalogue, Evidence } from '../../src/model/architecture.ts';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import { lowerProject, type LoweredProject } from '../../src/language/lowering/lower-project.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import { loadProject } from '../../src/language/project.ts';
import { parseSource } from '../../src/language/source-file.ts';

const { mlarch } = createMlarchServices(EmptyFileSystem);
export const parser = mlarch.parser.LangiumParser;

interface LoadOptions {
  readonly library?: Catalogue;
  readonly evidence?: (file: string, target: string) => Omit<Evidence, 'target'>;
}

/** Loads files that are given as text; the first one is the file of the review. Paths are resolved as in a file system. */
export function loadFiles(files: Readonly<Record<string, string>>, options: LoadOptions = {}): LoweredProject {
  const first = Object.keys(files)[0] ?? 'main.mlarch';
  const host = {
    parse: (file: string, text: string) => parseSource(parser, file, text),
    resolve: (from: string, target: string) => path.posix.join(path.posix.dirname(from), target),
    read: (file: string) => files[file],
  };
  const project = loadProject(host, [{ file: first, text: files[first] ?? '' }]);
  return lowerProject(project, { library: options.library ?? bundledLibrary(), evidence: options.evidence, entries: [first] });
}

export const loadText = (text: string, options?: LoadOptions): LoweredProject => loadFiles({ 'main.mlarch': text }, options);
