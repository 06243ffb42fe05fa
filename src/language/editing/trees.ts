import type { AstNode, CompositeCstNode, CstNode } from 'langium';
import { spanOf, type SourceFile } from '../source-file.ts';

/** A syntax tree that holds some declarations of a file. */
export interface Tree {
  readonly root: CstNode;
  /** What is to be added to its lines. */
  readonly line: number;
  /** What the declarations were parsed in: the words that are its own are not in the file. */
  readonly wrapper: AstNode | undefined;
}

/** The lines that a feature is asked for, the last one included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** The syntax trees of a file that may touch some lines, or all; the one that holds imports and the systems themselves first. */
export function* treesOf({ file, root, parts }: SourceFile, lines?: Lines): Generator<Tree> {
  if (root.$cstNode) yield { root: root.$cstNode.root, line: 0, wrapper: undefined };
  for (const [index, { tree, line, system }] of parts.entries()) {
    const next = parts[index + 1]?.line;
    if (!tree || (lines && (line > lines.last || (next !== undefined && next <= lines.first)))) continue;
    yield { root: tree, line: spanOf(file, tree).range.start.line - tree.range.start.line, wrapper: system === undefined ? undefined : tree.astNode };
  }
}

export const isComposite = (node: CstNode): node is CompositeCstNode => 'content' in node;
