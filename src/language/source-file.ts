import type { AstNode, CompositeCstNode, CstNode, LangiumParser, LeafCstNode } from 'langium';
import type { Position, Span } from '../model/architecture.ts';
import { isSystem, type Document, type System } from './generated/ast.ts';
import { outlineOf, type Part } from './parser/outline.ts';
import type { Problem } from './problem.ts';
import { syntaxProblems } from './parser/syntax-problems.ts';

/** A file that was parsed. `file` is whatever name the front end gave it; spans carry the same name. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly root: Document;
  readonly problems: readonly Problem[];
  /** The declarations that were parsed by themselves; empty where the text was parsed in one piece. */
  readonly parts: readonly ParsedPart[];
}

interface ParsedPart extends Part {
  readonly members: readonly AstNode[];
  readonly tree: CstNode | undefined;
  /** Positions as if the part stood at the start of the file. */
  readonly problems: readonly Problem[];
}

/**
 * Parses a file, taking over the declarations that are as they were in `previous`, an earlier version of the same
 * file, which may not be used any more afterwards.
 */
export function parseSource(parser: LangiumParser, file: string, text: string, previous?: SourceFile): SourceFile {
  const outline = outlineOf(text);
  if (!outline) {
    const result = parser.parse<Document>(text);
    return { file, text, root: result.value, problems: syntaxProblems(file, result), parts: [] };
  }
  const skeleton = parser.parse<Document>(outline.skeleton);
  const systems = skeleton.value.members.filter(isSystem);
  const parts = partsOf(outline.parts, previous?.parts ?? [], (part) => parsePart(parser, file, part));
  for (const part of parts) adopt(part, (part.system === undefined ? undefined : systems[part.system]) ?? skeleton.value);
  const problems = [...syntaxProblems(file, skeleton), ...parts.flatMap((part) => part.problems.map((problem) => moved(problem, part.line)))];
  return { file, text, root: skeleton.value, problems: problems.sort((a, b) => a.span.range.start.line - b.span.range.start.line), parts };
}

/** Parts that were there before are taken over: those before and after what changed by their place, others by their text. */
function partsOf(parts: readonly Part[], previous: readonly ParsedPart[], parse: (part: Part) => ParsedPart): ParsedPart[] {
  let start = 0;
  while (start < parts.length && isSame(parts[start], previous[start])) start += 1;
  let end = 0;
  while (end < Math.min(parts.length, previous.length) - start && isSame(parts.at(-1 - end), previous.at(-1 - end))) end += 1;
  const known = byText(previous.slice(start, previous.length - end));
  return parts.map((part, index) => {
    const fromEnd = parts.length - index;
    const same = index < start ? previous[index] : fromEnd <= end ? previous.at(-fromEnd) : known.get(keyOf(part))?.pop();
    if (!same) return parse(part);
    return same.line === part.line && same.system === part.system ? same : { ...same, line: part.line, system: part.system };
  });
}

const isSame = (a: Part | undefined, b: Part | undefined): boolean => a !== undefined && b !== undefined && (a.system === undefined) === (b.system === undefined) && a.text === b.text;

const keyOf = ({ system, text }: Part): string => `${system === undefined ? 'file' : 'system'}\n${text}`;

function byText(parts: readonly ParsedPart[]): Map<string, ParsedPart[]> {
  const known = new Map<string, ParsedPart[]>();
  for (const part of parts) known.set(keyOf(part), [...(known.get(keyOf(part)) ?? []), part]);
  return known;
}

/** A part of a system is parsed in a system of its own, which begins on the line before. */
const WRAPPERS = { system: ['system Part {\n', '\n}'], file: ['', '\n'] } as const;

function parsePart(parser: LangiumParser, file: string, part: Part): ParsedPart {
  const inSystem = part.system !== undefined;
  const [before, after] = WRAPPERS[inSystem ? 'system' : 'file'];
  const wrapped = `${before}${part.text}${after}`;
  // Cut from the new string: as a piece of the file, the text would keep all of the file in memory.
  const text = wrapped.slice(before.length, -after.length);
  const above = inSystem ? 1 : 0;
  const result = parser.parse<System | Document>(wrapped, { rule: inSystem ? 'System' : 'Document' });
  return {
    ...part,
    text,
    members: result.value.members,
    tree: result.value.$cstNode?.root,
    problems: syntaxProblems(file, result, text.split('\n').length + above).map((problem) => moved(problem, -above)),
  };
}

/** The line of the file on which the syntax tree of a part begins. */
const firstLines = new WeakMap<CstNode, number>();

/** The offset in the syntax tree of a part at which the part ends: a block that is not closed takes the brace behind it, which is not in the file. */
const ends = new WeakMap<CstNode, number>();

function adopt({ members, tree, line, system, text }: ParsedPart, owner: Document | System): void {
  if (tree) {
    firstLines.set(tree, system === undefined ? line : line - 1);
    ends.set(tree, WRAPPERS[system === undefined ? 'file' : 'system'][0].length + text.length);
  }
  for (const member of members) {
    (member as { $container: AstNode }).$container = owner;
    (owner.members as AstNode[]).push(member);
  }
}

function moved(problem: Problem, lines: number): Problem {
  const { file, range } = problem.span;
  return { ...problem, span: { file, range: { start: shift(range.start, lines), end: shift(range.end, lines) } } };
}

const shift = ({ line, character }: Position, lines: number): Position => ({ line: line + lines, character });

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where a node stands, without the line end that closes it. */
export function spanOf(file: string, node: AstNode | CstNode | undefined): Span {
  const cst = node && ('$type' in node ? node.$cstNode : node);
  if (!cst) return { file, range: NOWHERE };
  const line = firstLines.get(cst.root) ?? 0;
  return { file, range: { start: shift(cst.range.start, line), end: shift((lastLeaf(cst, ends.get(cst.root) ?? Infinity) ?? cst).range.end, line) } };
}

/** The syntax node of the name of a declaration, or of all of it where the name is missing. */
export function nameNode(node: AstNode & { readonly name?: string }): CstNode | undefined {
  // A declaration begins with its kind, which may be spelt as its name is.
  const kind = firstLeaf(node.$cstNode);
  return leafWhere(node.$cstNode, (leaf) => leaf !== kind && leaf.text === node.name) ?? node.$cstNode;
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

function lastLeaf(node: CstNode, before: number): CstNode | undefined {
  if (!('content' in node)) return node.hidden || node.offset >= before || (node as LeafCstNode).tokenType.name === 'EOL' ? undefined : node;
  const { content } = node as CompositeCstNode;
  for (let index = content.length - 1; index >= 0; index -= 1) {
    const child = content[index];
    const found = child && lastLeaf(child, before);
    if (found) return found;
  }
  return undefined;
}
