import type { Catalogue } from '../../model/architecture.ts';
import type { Declaration } from '../generated/ast.ts';
import type { Body } from '../references/names.ts';
import type { SourceFile } from '../source-file.ts';

/** What the features of an editor see: parsed files and what their names mean. Files are named as the front end names them. */
export interface Workspace {
  files(): Iterable<SourceFile>;
  file(name: string): SourceFile | undefined;
  /** The file that an import path means. */
  resolve(from: SourceFile, path: string): SourceFile | undefined;
  /** The file that holds a declaration. */
  sourceOf(declaration: Declaration): SourceFile | undefined;
  /** What names mean at the top of a file, or within one of its systems or tests of rules. */
  namesIn(source: SourceFile, system?: Body): ReadonlyMap<string, Declaration>;
  /** The bundled catalogue with the entries of the authors. */
  catalogue(): Catalogue;
}
