import { AstUtils, type AstNode } from 'langium';
import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import { isValue } from '../generated/ast.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { blockOf } from './blocks.ts';
import { commentsIn, type Comment } from './comments.ts';
import { membersOf } from './roles.ts';

/** What can be folded: blocks and lists, runs of comments, imports, and what stands between `// #region` and `// #endregion`. One range for each first line. */
export function foldingRanges(source: SourceFile): FoldingRange[] {
  const comments = commentsIn(source.text);
  const all = [...importsIn(source), ...commentRuns(comments), ...regionsIn(comments), ...blocksIn(source)];
  const byLine = new Map<number, FoldingRange>();
  for (const range of all) {
    const known = byLine.get(range.startLine);
    if (range.endLine > range.startLine && (!known || known.endLine < range.endLine)) byLine.set(range.startLine, range);
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}

function* blocksIn(source: SourceFile): Generator<FoldingRange> {
  for (const member of membersOf(source)) {
    yield* blockRange(source, member);
    if (member.$type === 'System') continue;
    for (const node of AstUtils.streamAllContents(member)) if (!isValue(node) || node.list) yield* blockRange(source, node);
  }
}

/** The closing sign stays in sight. Where there is none, the block reaches to the end of what belongs to it. */
function* blockRange(source: SourceFile, node: AstNode): Generator<FoldingRange> {
  const block = blockOf(source, node);
  if (!block) return;
  const endLine = block.closing ? block.closing.start.line - 1 : spanOf(source.file, node).range.end.line;
  yield { startLine: block.opening.start.line, endLine };
}

function* importsIn(source: SourceFile): Generator<FoldingRange> {
  const { imports } = source.root;
  const [first, last] = [imports[0], imports.at(-1)];
  if (!first || !last) return;
  yield { startLine: spanOf(source.file, first).range.start.line, endLine: spanOf(source.file, last).range.end.line, kind: FoldingRangeKind.Imports };
}

const REGION = /^\/\/\s*#(end)?region\b/;

function* commentRuns(comments: readonly Comment[]): Generator<FoldingRange> {
  let start: Comment | undefined;
  let last: Comment | undefined;
  for (const comment of comments) {
    if (!comment.first || REGION.test(comment.text)) continue;
    const line = comment.text.startsWith('//');
    if (start && last && line && last.range.end.line === comment.range.start.line - 1) last = comment;
    else {
      if (start && last) yield { startLine: start.range.start.line, endLine: last.range.end.line, kind: FoldingRangeKind.Comment };
      start = line ? comment : undefined;
      last = comment;
      if (!line) yield { startLine: comment.range.start.line, endLine: comment.range.end.line, kind: FoldingRangeKind.Comment };
    }
  }
  if (start && last) yield { startLine: start.range.start.line, endLine: last.range.end.line, kind: FoldingRangeKind.Comment };
}

function* regionsIn(comments: readonly Comment[]): Generator<FoldingRange> {
  const open: number[] = [];
  for (const { text, range, first } of comments) {
    const marker = first ? REGION.exec(text) : null;
    if (!marker) continue;
    if (marker[1] === undefined) open.push(range.start.line);
    else {
      const startLine = open.pop();
      if (startLine !== undefined) yield { startLine, endLine: range.start.line, kind: FoldingRangeKind.Region };
    }
  }
}
