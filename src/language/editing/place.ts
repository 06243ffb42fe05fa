import { GrammarUtils, type AstNode, type CompositeCstNode, type CstNode, type LeafCstNode } from 'langium';
import type { Position, Range } from '../../model/architecture.ts';
import { spanOf, type SourceFile } from '../source-file.ts';

/** A word of a file: its syntax node, the declaration part that it belongs to and where it stands. */
export interface Leaf {
  readonly leaf: LeafCstNode;
  readonly text: string;
  /** The innermost syntax node, e.g. a Value, a Property, a Component. */
  readonly node: AstNode;
  /** The property of `node` that the word was assigned to, e.g. `name`, `kind`, `key`; undefined for punctuation. */
  readonly feature: string | undefined;
  readonly range: Range;
}

/** The word at a position, or the one that ends there; undefined on space and comments. */
export function leafAt(source: SourceFile, position: Position): Leaf | undefined {
  let before: Leaf | undefined;
  for (const leaf of leavesOnLine(source, position.line)) {
    if (isWithin(leaf.range, position)) return leaf;
    if (isEnd(leaf.range, position)) before = leaf;
  }
  return before;
}

/** The words that touch a line, in order. */
export function* leavesOnLine(source: SourceFile, line: number): Generator<Leaf> {
  for (const tree of treesOf(source)) yield* leavesIn(source, tree, line);
}

/** All words of a syntax node, in order. */
export function* leavesOf(source: SourceFile, node: AstNode): Generator<Leaf> {
  if (node.$cstNode) yield* leavesIn(source, node.$cstNode, undefined);
}

/** The syntax trees that a file is made of, the one of the skeleton first. */
function* treesOf(source: SourceFile): Generator<CstNode> {
  if (source.root.$cstNode) yield source.root.$cstNode;
  for (const { members } of source.parts) for (const member of members) if (member.$cstNode) yield member.$cstNode;
}

function* leavesIn(source: SourceFile, node: CstNode, line: number | undefined): Generator<Leaf> {
  if (node.hidden) return;
  const { range } = spanOf(source.file, node);
  if (line !== undefined && (range.end.line < line || range.start.line > line)) return;
  if ('content' in node) {
    for (const child of (node as CompositeCstNode).content) yield* leavesIn(source, child, line);
    return;
  }
  const leaf = node as LeafCstNode;
  if (leaf.tokenType.name === 'EOL' || leaf.text === '') return;
  const assignment = leaf.grammarSource && GrammarUtils.findAssignment(leaf);
  yield { leaf, text: leaf.text, node: leaf.astNode, feature: assignment?.feature, range };
}

export function isWithin({ start, end }: Range, { line, character }: Position): boolean {
  return (start.line < line || (start.line === line && start.character <= character)) && (end.line > line || (end.line === line && end.character > character));
}

const isEnd = ({ end }: Range, { line, character }: Position): boolean => end.line === line && end.character === character;
