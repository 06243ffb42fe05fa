import { AstUtils, type AstNode } from 'langium';
import type { SelectionRange } from 'vscode-languageserver-types';
import type { Position, Range } from '../../model/architecture.ts';
import { bundledLibrary } from '../bundled-library.ts';
import { isDocument, isProperty, isSystem, type Property } from '../generated/ast.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { blockOf } from './blocks.ts';
import { commentsIn, type Comment } from './comments.ts';
import { leafAt, membersOn } from './place.ts';
import { memberOf, rolesIn } from './roles.ts';
import { holds, isInside, isSame, lineStarts, offsetAt, positionAt } from './text-lines.ts';

/** For each position what grows around it: word, value, property, what is in the block, declaration, system, file; each strictly within the next. */
export function selectionRangesAt(source: SourceFile, positions: readonly Position[]): SelectionRange[] {
  const starts = lineStarts(source.text);
  const comments = commentsIn(source.text, starts);
  return positions.map((position) => {
    let selection: SelectionRange = { range: { start: { line: 0, character: 0 }, end: positionAt(starts, source.text.length) } };
    for (const range of rangesAround(source, position, starts, comments)) {
      if (holds(range, position) && isInside(selection.range, range) && !isSame(selection.range, range)) selection = { range, parent: selection };
    }
    return selection;
  });
}

/** From the outside in. */
function* rangesAround(source: SourceFile, position: Position, starts: readonly number[], comments: readonly Comment[]): Generator<Range> {
  for (let node: AstNode | undefined = source.root; node; node = childAt(source, node, position)) {
    if (!isDocument(node)) yield spanOf(source.file, node).range;
    if (isProperty(node)) yield* statementsIn(source, node);
    const content = contentOf(source, node, starts);
    if (content) yield content;
  }
  yield* commentRanges(comments, position);
  const leaf = leafAt(source, position);
  if (!leaf) return;
  yield leaf.range;
  if (/^".*"$/.test(leaf.text)) yield { start: { ...leaf.range.start, character: leaf.range.start.character + 1 }, end: { ...leaf.range.end, character: leaf.range.end.character - 1 } };
}

function childAt(source: SourceFile, node: AstNode, position: Position): AstNode | undefined {
  const near = source.parts.length > 0 && (isDocument(node) || isSystem(node)) ? nearby(source, node, position) : AstUtils.streamContents(node);
  for (const child of near) if (child.$cstNode && holds(spanOf(source.file, child).range, position)) return child;
  return undefined;
}

/** Where a file was parsed in parts, only the declarations of the part can hold the position; there may be thousands of others. */
function* nearby(source: SourceFile, node: AstNode, { line }: Position): Generator<AstNode> {
  for (const member of membersOn(source, line)) if (member.$container === node) yield member;
  if (!isDocument(node)) return;
  yield* node.imports;
  for (const member of node.members) if (isSystem(member)) yield member;
}

/** What stands between the braces or brackets, without the space around it. */
function contentOf(source: SourceFile, node: AstNode, starts: readonly number[]): Range | undefined {
  const block = blockOf(source, node);
  if (!block?.closing) return undefined;
  const from = offsetAt(starts, block.opening.end);
  const inner = source.text.slice(from, offsetAt(starts, block.closing.start));
  const text = inner.trim();
  if (text === '') return undefined;
  const start = from + inner.indexOf(text);
  return { start: positionAt(starts, start), end: positionAt(starts, start + text.length) };
}

/** Where keys are found, what names mean does not matter. */
const NO_NAMES = { namesIn: () => new Map<string, never>(), catalogue: bundledLibrary };

/** Several properties may share a line, `watches Api test psi window 1 h`; each with its values is a range. */
function* statementsIn(source: SourceFile, property: Property): Generator<Range> {
  const member = memberOf(property);
  if (!member) return;
  const roles = rolesIn(NO_NAMES, source, member);
  const words = [property, ...property.values];
  const begins = words.flatMap((word, index) => {
    const role = roles.get(word);
    return role?.role === 'key' || (role?.role === 'member' && role.property !== undefined) ? [index] : [];
  });
  for (const [order, index] of begins.entries()) {
    const [first, last] = [words[index], words[(begins[order + 1] ?? words.length) - 1]];
    if (!first || !last) continue;
    const { start } = spanOf(source.file, first).range;
    const { end } = last === property ? keyEnd(source, property) : spanOf(source.file, last).range;
    yield { start, end };
  }
}

function keyEnd(source: SourceFile, property: Property): Range {
  const { start } = spanOf(source.file, property).range;
  return { start, end: { line: start.line, character: start.character + property.key.length } };
}

/** A comment, and the lines of comment that it stands among. */
function* commentRanges(comments: readonly Comment[], position: Position): Generator<Range> {
  const at = comments.findIndex(({ range }) => holds(range, position));
  const comment = comments[at];
  if (!comment) return;
  let [first, last] = [at, at];
  while (follow(comments[first - 1], comments[first])) first -= 1;
  while (follow(comments[last], comments[last + 1])) last += 1;
  const [start, end] = [comments[first], comments[last]];
  if (start && end && first !== last) yield { start: start.range.start, end: end.range.end };
  yield comment.range;
}

const follow = (a: Comment | undefined, b: Comment | undefined): boolean =>
  a !== undefined && b !== undefined && a.first && b.first && a.text.startsWith('//') && b.text.startsWith('//') && a.range.end.line === b.range.start.line - 1;
