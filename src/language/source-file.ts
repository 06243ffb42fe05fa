import type { AstNode, CompositeCstNode, CstNode, LangiumParser, LeafCstNode } from 'langium';
import type { Span } from '../model/architecture.ts';
import type { Document } from './generated/ast.ts';
import type { Problem } from './problem.ts';
import { syntaxProblems } from './parser/syntax-problems.ts';

/** A file that was parsed. `file` is whatever name the front end gave it; spans carry the same name. */
export interface SourceFile {
  readonly file: string;
  readonly root: Document;
  readonly problems: readonly Problem[];
}

export function parseSource(parser: LangiumParser, file: string, text: string): SourceFile {
  const result = parser.parse<Document>(text);
  return { file, root: result.value, problems: syntaxProblems(file, result) };
}

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where a node stands, without the line end that closes it. */
export function spanOf(file: string, node: AstNode | CstNode | undefined): Span {
  const cst = node && ('$type' in node ? node.$cstNode : node);
  if (!cst) return { file, range: NOWHERE };
  const { start } = cst.range;
  const { end } = (lastLeaf(cst) ?? cst).range;
  return { file, range: { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } } };
}

/** The syntax node of the name of a declaration, or of all of it where the name is missing. */
export function nameNode(node: AstNode & { readonly name?: string }): CstNode | undefined {
  return leafWhere(node.$cstNode, (leaf) => leaf.text === node.name) ?? node.$cstNode;
}

/** The first token of a node. */
export function firstLeaf(node: CstNode | undefined): CstNode | undefined {
  return leafWhere(node, () => true);
}

function leafWhere(node: CstNode | undefined, wanted: (leaf: CstNode) => boolean): CstNode | undefined {
  if (!node || node.hidden) return undefined;
  if (!('content' in node)) return wanted(node) ? node : undefined;
  for (const child of (node as CompositeCstNode).content) {
    const found = leafWhere(child, wanted);
    if (found) return found;
  }
  return undefined;
}

function lastLeaf(node: CstNode): CstNode | undefined {
  if (!('content' in node)) return node.hidden || (node as LeafCstNode).tokenType.name === 'EOL' ? undefined : node;
  const { content } = node as CompositeCstNode;
  for (let index = content.length - 1; index >= 0; index -= 1) {
    const child = content[index];
    const found = child && lastLeaf(child);
    if (found) return found;
  }
  return undefined;
}
