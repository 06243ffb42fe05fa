import type { AstNode, CompositeCstNode, CstNode } from 'langium';
import type { Range } from '../../model/architecture.ts';
import { spanOf, type SourceFile } from '../source-file.ts';

/** The braces or brackets of a syntax node. */
export interface Block {
  readonly opening: Range;
  /** Undefined where it is missing in the text. */
  readonly closing: Range | undefined;
}

/** The block of a declaration, or the list of a value. */
export function blockOf(source: SourceFile, node: AstNode): Block | undefined {
  const content = (node.$cstNode as CompositeCstNode | undefined)?.content ?? [];
  const opening = content.find((child) => isSign(child, '{') || isSign(child, '['));
  if (!opening) return undefined;
  const closing = content.find((child) => isSign(child, '}') || isSign(child, ']'));
  return { opening: spanOf(source.file, opening).range, closing: closing && spanOf(source.file, closing).range };
}

const isSign = (node: CstNode, sign: string): boolean => !('content' in node) && !node.hidden && node.length === 1 && node.text === sign;
