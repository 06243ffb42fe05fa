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
  for (const tree of treesOn(source, line)) yield* leavesIn(tree, lineOffset(source, tree), line);
}

/** All words of a syntax node, in order. */
export function* leavesOf(source: SourceFile, node: AstNode): Generator<Leaf> {
  if (node.$cstNode) yield* leavesIn(node.$cstNode, lineOffset(source, node.$cstNode), undefined);
}

/** The syntax trees that may hold words of a line: the one of the skeleton, and those of the one part that the line is in. */
function* treesOn(source: SourceFile, line: number): Generator<CstNode> {
  if (source.root.$cstNode) yield source.root.$cstNode;
  for (const member of membersOn(source, line)) if (member.$cstNode) yield member.$cstNode;
}

/** The declarations of the part that a line is in; none where the text was parsed in one piece. */
export function membersOn({ parts }: SourceFile, line: number): readonly AstNode[] {
  let low = 0;
  for (let high = parts.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return parts[low - 1]?.members ?? [];
}

/** What has to be added to the lines that a tree says, as it was parsed by itself. */
const lineOffset = ({ file }: SourceFile, tree: CstNode): number => spanOf(file, tree).range.start.line - tree.range.start.line;

function* leavesIn(node: CstNode, offset: number, line: number | undefined): Generator<Leaf> {
  if (node.hidden) return;
  if (line !== undefined && (node.range.end.line + offset < line || node.range.start.line + offset > line)) return;
  if ('content' in node) {
    for (const child of (node as CompositeCstNode).content) yield* leavesIn(child, offset, line);
    return;
  }
  const leaf = node as LeafCstNode;
  if (leaf.tokenType.name === 'EOL' || leaf.text === '') return;
  const { start, end } = leaf.range;
  const range = { start: { line: start.line + offset, character: start.character }, end: { line: end.line + offset, character: end.character } };
  yield { leaf, text: leaf.text, node: leaf.astNode, feature: featureOf(leaf), range };
}

/** By the place in the grammar that a word was read at: there are few of them, and looking the assignment up takes longer than reading on. */
const features = new WeakMap<object, string | undefined>();

/** The property of its syntax node that a word was assigned to. */
export function featureOf(leaf: LeafCstNode): string | undefined {
  const source = leaf.grammarSource;
  if (!source) return undefined;
  if (features.has(source)) return features.get(source);
  const feature = GrammarUtils.findAssignment(leaf)?.feature;
  features.set(source, feature);
  return feature;
}

export function isWithin({ start, end }: Range, { line, character }: Position): boolean {
  return (start.line < line || (start.line === line && start.character <= character)) && (end.line > line || (end.line === line && end.character > character));
}

const isEnd = ({ end }: Range, { line, character }: Position): boolean => end.line === line && end.character === character;
