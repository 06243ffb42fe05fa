import { EmptyFileSystem } from 'langium';
import { bundledLibrary } from '../language/bundled-library.ts';
import type { Workspace } from '../language/editing/workspace.ts';
import type { Declaration } from '../language/generated/ast.ts';
import { createMlarchServices } from '../language/mlarch-module.ts';
import type { MlarchLexer } from '../language/parser/lexer.ts';
import { namesInFile, namesInSystem, type Body } from '../language/references/names.ts';
import { parseSource, type SourceFile } from '../language/source-file.ts';
import type { Catalogue } from '../model/architecture.ts';
import type { Texts } from './texts.ts';
import { resolveImport } from './packages.ts';

/** The syntax trees of all files, each parsed when it is wanted and not again before its text changes. */
export class Syntax implements Workspace {
  readonly lexer: MlarchLexer;
  /** Set by the reviewer: the catalogue with the entries of the authors. */
  entries: Catalogue | undefined;
  readonly #texts: Texts;
  readonly #parser;
  readonly #sources = new Map<string, SourceFile>();
  #names = new WeakMap<SourceFile | Body, ReadonlyMap<string, Declaration>>();
  #known: ReadonlySet<string> = new Set();

  constructor(texts: Texts) {
    const { mlarch } = createMlarchServices(EmptyFileSystem);
    this.#texts = texts;
    this.#parser = mlarch.parser.LangiumParser;
    this.lexer = mlarch.parser.Lexer as MlarchLexer;
  }

  /** The files of the workspace; others are parsed too when something imports them. */
  setFiles(uris: ReadonlySet<string>): void {
    this.#known = uris;
    for (const uri of this.#sources.keys()) if (!uris.has(uri) && this.#texts.get(uri) === undefined) this.#sources.delete(uri);
  }

  parse(uri: string, text: string): SourceFile {
    const earlier = this.#sources.get(uri);
    if (earlier?.text === text) return earlier;
    const source = parseSource(this.#parser, uri, text, earlier);
    this.#sources.set(uri, source);
    // Names of one file are visible in those that import it.
    this.#names = new WeakMap();
    return source;
  }

  file(uri: string): SourceFile | undefined {
    const text = this.#texts.get(uri);
    return text === undefined ? undefined : this.parse(uri, text);
  }

  *files(): Generator<SourceFile> {
    for (const uri of this.#known) {
      const source = this.file(uri);
      if (source) yield source;
    }
  }

  resolve(from: SourceFile, path: string): SourceFile | undefined {
    const uri = resolveImport(this.#texts, from.file, path);
    return uri === undefined ? undefined : this.file(uri);
  }

  sourceOf(declaration: Declaration): SourceFile | undefined {
    let node: { $container?: unknown } = declaration;
    while (node.$container) node = node.$container as typeof node;
    for (const source of this.#sources.values()) if (source.root === node) return source;
    return undefined;
  }

  namesIn(source: SourceFile, system?: Body): ReadonlyMap<string, Declaration> {
    const key = system ?? source;
    let names = this.#names.get(key);
    if (!names) {
      names = system ? namesInSystem(system, this.namesIn(source)) : namesInFile(source, (from, path) => this.resolve(from, path));
      this.#names.set(key, names);
    }
    return names;
  }

  catalogue(): Catalogue {
    return this.entries ?? bundledLibrary();
  }
}
