import { GrammarAST, type AstNode, type CstNode, type LeafCstNode } from 'langium';
import { SemanticTokenModifiers, SemanticTokenTypes, type SemanticTokensLegend } from 'vscode-languageserver-types';
import type { Range } from '../../model/architecture.ts';
import { isAcceptance, isCatalogueEntry, isChange, isComponent, isDecision, isImport, isImportedName, isNameUse, isProperty, isRule, isRuleTest, isSystem, isTarget, isValue, type Declaration, type Target } from '../generated/ast.ts';
import type { Role } from '../lowering/reporter.ts';
import { REMOVE } from '../lowering/removal.ts';
import type { SourceFile } from '../source-file.ts';
import { commentsIn, type Comment } from './comments.ts';
import { authorEntry, meaningOf } from './naming.ts';
import { featureOf } from './place.ts';
import { memberOf, rolesIn, type Member } from './roles.ts';
import { isComposite, treesOf, type Lines } from './trees.ts';
import type { Workspace } from './workspace.ts';

const TYPES = [
  SemanticTokenTypes.keyword,
  SemanticTokenTypes.type,
  SemanticTokenTypes.enumMember,
  SemanticTokenTypes.property,
  SemanticTokenTypes.variable,
  SemanticTokenTypes.class,
  SemanticTokenTypes.number,
  SemanticTokenTypes.string,
  SemanticTokenTypes.comment,
  SemanticTokenTypes.operator,
  SemanticTokenTypes.decorator,
] as const;
const MODIFIERS = [SemanticTokenModifiers.declaration, SemanticTokenModifiers.defaultLibrary, SemanticTokenModifiers.documentation] as const;

/** What the numbers of semantic tokens stand for: types and modifiers that every theme knows. */
export const semanticTokensLegend: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

interface Colour {
  readonly type: number;
  readonly modifiers: number;
}

const colour = (type: (typeof TYPES)[number], modifier?: (typeof MODIFIERS)[number]): Colour => ({ type: TYPES.indexOf(type), modifiers: modifier === undefined ? 0 : 1 << MODIFIERS.indexOf(modifier) });

const KEYWORD = colour(SemanticTokenTypes.keyword);
const KIND = colour(SemanticTokenTypes.type);
const MEMBER = colour(SemanticTokenTypes.enumMember);
const PROPERTY = colour(SemanticTokenTypes.property);
const COMPONENT = colour(SemanticTokenTypes.variable);
const OTHER = colour(SemanticTokenTypes.class);
const BUNDLED = colour(SemanticTokenTypes.class, SemanticTokenModifiers.defaultLibrary);
const NUMBER = colour(SemanticTokenTypes.number);
const STRING = colour(SemanticTokenTypes.string);
const COMMENT = colour(SemanticTokenTypes.comment);
const DOCUMENTATION = colour(SemanticTokenTypes.comment, SemanticTokenModifiers.documentation);
const OPERATOR = colour(SemanticTokenTypes.operator);
const RULE = colour(SemanticTokenTypes.decorator);
const COMPONENT_DECLARED = colour(SemanticTokenTypes.variable, SemanticTokenModifiers.declaration);
const OTHER_DECLARED = colour(SemanticTokenTypes.class, SemanticTokenModifiers.declaration);

/** Line, column, length, type, modifiers. */
type Token = readonly [number, number, number, number, number];

/**
 * The words of a file with their meaning, as LSP encodes them (each relative to the one before); with a range, those of
 * its lines. What a name or word could not be taken for is left to the grammar of the editor.
 */
export function semanticTokens(workspace: Workspace, source: SourceFile, range?: Range): number[] {
  const lines = range && { first: range.start.line, last: range.end.line };
  const tokens: Token[] = [];
  const meaning = new Meaning(workspace, source);
  for (const { root, line, wrapper } of treesOf(source, lines)) collect(root, line, wrapper, lines, meaning, tokens);
  for (const comment of commentsIn(source.text)) addComment(comment, lines, tokens);
  return encoded(tokens.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
}

function collect(node: CstNode, line: number, wrapper: AstNode | undefined, lines: Lines | undefined, meaning: Meaning, tokens: Token[]): void {
  if (isComposite(node)) {
    for (const child of node.content) collect(child, line, wrapper, lines, meaning, tokens);
    return;
  }
  const leaf = node as LeafCstNode;
  const { start, end } = leaf.range;
  const first = start.line + line;
  if (lines && (first > lines.last || end.line + line < lines.first)) return;
  if (leaf.hidden || (wrapper && leaf.astNode === wrapper)) return;
  const found = colourOf(leaf, meaning);
  if (found) tokens.push([first, start.character, leaf.length, found.type, found.modifiers]);
}

/** A token does not go beyond its line. */
function addComment({ text, range: { start, end } }: Comment, lines: Lines | undefined, tokens: Token[]): void {
  if (lines && (start.line > lines.last || end.line < lines.first)) return;
  const { type, modifiers } = text.startsWith('/**') ? DOCUMENTATION : COMMENT;
  for (const [index, piece] of text.split(/\r\n|\r|\n/).entries()) {
    const space = index === 0 ? 0 : piece.length - piece.trimStart().length;
    const length = piece.trimEnd().length - space;
    const line = start.line + index;
    if (length > 0 && (!lines || (line >= lines.first && line <= lines.last))) tokens.push([line, space + (index === 0 ? start.character : 0), length, type, modifiers]);
  }
}

function encoded(tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let line = 0;
  let column = 0;
  for (const [nextLine, nextColumn, length, type, modifiers] of tokens) {
    data.push(nextLine - line, nextLine === line ? nextColumn - column : nextColumn, length, type, modifiers);
    line = nextLine;
    column = nextColumn;
  }
  return data;
}

const BY_TOKEN: Readonly<Record<string, Colour>> = { QUANTITY: NUMBER, DATE: NUMBER, STRING, UNTERMINATED: STRING, '->': OPERATOR, '..': OPERATOR, '*': OPERATOR, 'n/a': KEYWORD, '<': OPERATOR, '<=': OPERATOR, '>': OPERATOR, '>=': OPERATOR, '=': OPERATOR };

function colourOf(leaf: LeafCstNode, meaning: Meaning): Colour | undefined {
  const fixed = BY_TOKEN[leaf.tokenType.name];
  if (fixed) return fixed;
  const feature = featureOf(leaf);
  if (feature === undefined) return GrammarAST.isKeyword(leaf.grammarSource) && /^[a-z]/.test(leaf.text) ? KEYWORD : undefined;
  const { astNode: node } = leaf;
  switch (feature) {
    case 'kind':
      return KIND;
    case 'variant':
      return MEMBER;
    case 'rule':
      return isAcceptance(node) ? RULE : undefined;
    case 'name':
      if (leaf.text === 'none' || leaf.text === 'unknown') return KEYWORD;
      if (isRule(node)) return RULE;
      return isComponent(node) ? COMPONENT_DECLARED : OTHER_DECLARED;
    case 'key':
      return meaning.ofKey(node);
    case 'ref':
      return meaning.ofUse(node);
    case 'outcome':
      return isRuleTest(node) ? KEYWORD : undefined;
    default:
      return isRule(node) || isRuleTest(node) || isDecision(node) || isImport(node) ? STRING : undefined;
  }
}

/** What the words of a file mean; each declaration is looked at once. */
class Meaning {
  readonly #workspace: Workspace;
  readonly #source: SourceFile;
  readonly #roles = new Map<Member, ReadonlyMap<AstNode, Role>>();
  readonly #entries = new Map<string, boolean>();

  constructor(workspace: Workspace, source: SourceFile) {
    this.#workspace = workspace;
    this.#source = source;
  }

  /** A key that is not known is still one. */
  ofKey(node: AstNode): Colour | undefined {
    if (!isProperty(node)) return undefined;
    const role = this.#roleOf(node);
    if (role?.role === 'condition' || (role?.role === 'key' && isRemovalOfKeys(node))) return KEYWORD;
    return role?.role === 'member' ? MEMBER : PROPERTY;
  }

  ofUse(node: AstNode): Colour | undefined {
    if (isImportedName(node) || isNameUse(node)) return ofDeclaration(meaningOf(this.#workspace, this.#source, node));
    const role = isValue(node) ? this.#roleOf(node) : undefined;
    switch (role?.role) {
      case 'key':
        return isRemovalOfKeys(node) ? KEYWORD : PROPERTY;
      case 'field':
      case 'property':
        return PROPERTY;
      case 'member':
      case 'variant':
        return MEMBER;
      case 'kind':
        return KIND;
      case 'condition':
      case 'literal':
      case 'flag':
        return KEYWORD;
      case 'reference':
        return ofDeclaration(role.declaration);
      case 'catalogue':
        return this.#ofEntry(role.section, role.name);
      case 'text':
        return STRING;
      default:
        return undefined;
    }
  }

  #ofEntry(section: string, name: string): Colour | undefined {
    const key = `${section} ${name}`;
    let own = this.#entries.get(key);
    if (own === undefined) this.#entries.set(key, (own = authorEntry(this.#workspace, this.#source, section, name) !== undefined));
    if (own) return OTHER;
    const entries = (this.#workspace.catalogue() as unknown as Readonly<Record<string, ReadonlyMap<string, unknown> | undefined>>)[section];
    return entries?.has(name) ? BUNDLED : undefined;
  }

  #roleOf(node: AstNode): Role | undefined {
    const member = memberOf(node);
    if (!member) return undefined;
    let roles = this.#roles.get(member);
    if (!roles) this.#roles.set(member, (roles = rolesIn(this.#workspace, this.#source, member)));
    return roles.get(node);
  }
}

/** `remove` within a change is a word of the language, and not a property of what is changed. */
function isRemovalOfKeys(node: AstNode): boolean {
  const word = isProperty(node) ? node.key : isValue(node) ? node.ref?.$refText : undefined;
  const property = isProperty(node) ? node : node.$container;
  return word === REMOVE && property !== undefined && isChange(property.$container);
}

function ofDeclaration(declaration: Declaration | Target | undefined): Colour | undefined {
  if (!declaration) return undefined;
  return isSystem(declaration) || isCatalogueEntry(declaration) || isTarget(declaration) ? OTHER : COMPONENT;
}
