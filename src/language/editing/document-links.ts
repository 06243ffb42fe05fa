import { GrammarUtils, URI, UriUtils, type AstNode } from 'langium';
import type { Range } from '../../model/architecture.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import { isAddress, pathOf } from '../evidence.ts';
import { isAcceptance, isSystem, isValue, type Acceptance, type Import } from '../generated/ast.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { membersOf, rolesIn, type Member } from './roles.ts';
import { isBefore } from './text-lines.ts';
import type { Workspace } from './workspace.ts';

/** A place that leads somewhere: to a file or a page (`target`, a URI), or to what is said of a check or rule (`rule`), of which only the server knows the address. */
export interface Link {
  readonly range: Range;
  readonly target?: string;
  /** `ML09` or `ML09.1` */
  readonly rule?: string;
}

/** Import paths that can be read, evidence and files, addresses of web pages in quotes, and the rules whose findings are accepted. */
export function documentLinks(workspace: Workspace, source: SourceFile): Link[] {
  const links = source.root.imports.flatMap((node) => importLink(workspace, source, node));
  for (const member of membersOf(source)) {
    if (isSystem(member)) continue;
    if (isAcceptance(member)) links.push(...ruleLink(source, member));
    if (mayLink(member)) links.push(...textLinks(workspace, source, member));
  }
  return links;
}

function importLink(workspace: Workspace, source: SourceFile, node: Import): Link[] {
  const target = (node.path as string | undefined) === undefined ? undefined : workspace.resolve(source, node.path);
  const range = rangeOf(source, node, 'path');
  return target && range ? [{ range: withoutQuotes(range), target: target.file }] : [];
}

function ruleLink(source: SourceFile, node: Acceptance): Link[] {
  const range = rangeOf(source, node, 'rule');
  return range ? [{ range, rule: node.rule }] : [];
}

function textLinks(workspace: Workspace, source: SourceFile, member: Member): Link[] {
  const links: Link[] = [];
  for (const [node, { role }] of rolesIn(workspace, source, member)) {
    if ((role !== 'evidence' && role !== 'text') || !isValue(node) || node.text === undefined) continue;
    const target = webAddress(node.text) ?? (role === 'evidence' ? fileAddress(source.file, node.text) : undefined);
    if (target !== undefined) links.push({ range: withoutQuotes(spanOf(source.file, node).range), target });
  }
  return links.sort((a, b) => (isBefore(a.range.start, b.range.start) ? -1 : 1));
}

function rangeOf(source: SourceFile, node: AstNode, property: string): Range | undefined {
  const found = GrammarUtils.findNodeForProperty(node.$cstNode, property);
  return found && spanOf(source.file, found).range;
}

const withoutQuotes = ({ start, end }: Range): Range => ({ start: { line: start.line, character: start.character + 1 }, end: { line: end.line, character: end.character - 1 } });

/** Nothing but files and web pages is linked: another scheme could run something. */
function webAddress(text: string): string | undefined {
  return /^https?:\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text) ? text : undefined;
}

function fileAddress(from: string, target: string): string | undefined {
  const path = pathOf(target);
  if (isAddress(target) || path === '' || /^[/\\]/.test(path)) return undefined;
  const uri = URI.parse(from);
  return uri.scheme === 'untitled' ? undefined : UriUtils.resolvePath(UriUtils.dirname(uri), path).toString();
}

let pattern: RegExp | undefined;

/** Whether a declaration may hold a link; most do not and need not be looked at closely. */
function mayLink(member: Member): boolean {
  pattern ??= new RegExp(String.raw`https?:|\b(?:evidence|${[...linkedKeys()].join('|')})\b`, 'i');
  const text = member.$cstNode?.text ?? '';
  return text.includes('"') && pattern.test(text);
}

/** The properties whose text is a path. */
function linkedKeys(): ReadonlySet<string> {
  const tables: readonly PropertyTable[] = [...Object.values(vocabulary.kinds).map(({ properties }) => properties), ...Object.values(vocabulary.forms), ...Object.values(vocabulary.catalogue)];
  return new Set(tables.flatMap((table) => Object.entries(table).flatMap(([key, { linked }]) => (linked ? [key] : []))));
}
