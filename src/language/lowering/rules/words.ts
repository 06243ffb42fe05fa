import type { AstNode, CstNode } from 'langium';
import type { Property, Value } from '../../generated/ast.ts';
import { firstLeaf } from '../../source-file.ts';
import type { ProblemCode } from '../../problem.ts';
import { report, type Lowering } from '../reporter.ts';

/** The words of a line of a rule, read from left to right. A reader that meets a mistake reports it and gives undefined. */
export interface Words {
  readonly lowering: Lowering;
  readonly line: Property;
  readonly values: readonly Value[];
  at: number;
  /** Open parentheses and `not`s around the word. */
  depth: number;
}

export const wordsOf = (lowering: Lowering, line: Property): Words => ({ lowering, line, values: line.values, at: 0, depth: 0 });

/** The word that comes next, or the one `ahead` of it. */
export const peek = ({ values, at }: Words, ahead = 0): string | undefined => values[at + ahead]?.ref?.$refText;
export const markAt = ({ values, at }: Words): string | undefined => values[at]?.mark;
export const nodeAt = ({ values, at }: Words): Value | undefined => values[at];
export const textOf = (node: Value | undefined): string => node?.$cstNode?.text ?? 'nothing';

/** Takes the next words if they are these, as words of the form. */
export function take(words: Words, ...expected: readonly string[]): boolean {
  if (!expected.every((word, index) => peek(words, index) === word)) return false;
  for (const word of expected) {
    const node = nodeAt(words);
    if (node) words.lowering.note?.(node, { role: 'condition', word });
    words.at += 1;
  }
  return true;
}

/** Says what is wrong at the next word, or at the end of the line. */
export function wrong(words: Words, code: ProblemCode, message: string, options: { readonly instead?: string; readonly node?: AstNode | CstNode } = {}): undefined {
  const node = options.node ?? nodeAt(words) ?? words.values.at(-1) ?? firstLeaf(words.line.$cstNode);
  report(words.lowering, code, node, message, { instead: options.instead });
  return undefined;
}
