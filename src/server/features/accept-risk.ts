import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { isAcceptable } from '../../analysis/acceptance.ts';
import type { TextEdit } from '../../language/printing/change-edits.ts';
import type { Position, SystemElement } from '../../model/architecture.ts';
import type { AcceptRiskParams } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';
import { isReadable, workspaceEdit } from './edits.ts';
import { findingOf, oneLine, ownName, type Found } from './lookup.ts';

/** The three properties of an acceptance as they are to stand in the file: strings in quotes, a date without. */
export interface Reason {
  readonly because: string;
  readonly by: string;
  /** `2027-03-31` */
  readonly until: string;
}

/** The edit that accepts the risk of a finding; undefined where there is no such finding, its rule cannot be accepted, or a part of the reason is missing. */
export function acceptRiskEdit(snapshot: Snapshot, { finding, uri, because, by, until }: AcceptRiskParams): WorkspaceEdit | undefined {
  const found = findingOf(snapshot, uri, finding);
  if (!found || oneLine(because) === '' || oneLine(by) === '' || !/^\d{4}-\d{2}-\d{2}$/.test(until)) return undefined;
  const edit = acceptanceEdit(snapshot, found, { because: quoted(because), by: quoted(by), until });
  return edit && workspaceEdit([edit]);
}

/** The insertion of an acceptance after the last one of the system, else before the brace that closes it. */
export function acceptanceEdit({ textOf }: Snapshot, { finding, analysis, system }: Found, { because, by, until }: Reason): TextEdit | undefined {
  const { system: element, acceptances } = system.architecture;
  const { file } = element.span;
  if (!isAcceptable(finding.rule) || !isReadable(analysis, file)) return undefined;
  const lines = textOf(file).split('\n');
  const ending = lines[0]?.endsWith('\r') ? '\r\n' : '\n';
  const outer = /^\s*/.exec(lines[element.span.range.start.line] ?? '')?.[0] ?? '';
  const on = finding.component === element.name ? '' : ` on ${ownName(finding.component).replace('->', ' -> ')}`;
  const text = [`accept ${finding.rule}${on} {`, `  because ${because}`, `  by      ${by}`, `  until   ${until}`, '}'].map((line) => `${outer}  ${line}${ending}`).join('');
  const last = acceptances.findLast(({ span }) => span.file === file);
  const place = (last && below(lines, last.span.range.end)) ?? beforeBrace(lines, element);
  if (!place) return undefined;
  const { at, ownLine } = place;
  return { span: { file, range: { start: at, end: at } }, text: ownLine ? text : `${ending}${text}${outer}` };
}

/** The start of the line after a declaration, if the declaration ends its line: an insertion there moves nothing else. */
function below(lines: readonly string[], { line, character }: Position): { at: Position; ownLine: true } | undefined {
  const rest = (lines[line] ?? '').slice(character);
  return rest.trim() === '' && line + 1 < lines.length ? { at: { line: line + 1, character: 0 }, ownLine: true } : undefined;
}

function beforeBrace(lines: readonly string[], { span }: SystemElement): { at: Position; ownLine: boolean } | undefined {
  const { line, character } = span.range.end;
  const before = (lines[line] ?? '').slice(0, character);
  if (!before.endsWith('}')) return undefined;
  return before.trim() === '}' ? { at: { line, character: 0 }, ownLine: true } : { at: { line, character: character - 1 }, ownLine: false };
}

/** A string of the language: on one line, with what would end it escaped. */
const quoted = (text: string): string => `"${oneLine(text).replaceAll(/["\\]/g, String.raw`\$&`)}"`;
