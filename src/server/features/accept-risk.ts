import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { isAcceptable } from '../../analysis/acceptance.ts';
import type { TextEdit } from '../../language/printing/change-edits.ts';
import type { AcceptRiskParams } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';
import { workspaceEdit } from './edits.ts';
import { findingOf, ownName, type Found } from './lookup.ts';

export interface Reason {
  readonly because: string;
  readonly by: string;
  /** `2027-03-31` */
  readonly until: string;
}

/** The edit that accepts the risk of a finding; undefined where there is no such finding, or its rule cannot be accepted. */
export function acceptRiskEdit(snapshot: Snapshot, { finding, uri, ...reason }: AcceptRiskParams): WorkspaceEdit | undefined {
  const found = findingOf(snapshot, uri, finding);
  const edit = found && acceptanceEdit(snapshot, found, { because: quoted(reason.because), by: quoted(reason.by), until: reason.until });
  return edit && workspaceEdit([edit]);
}

/** `because` and `by` as they are to stand in the file, in quotes; a snippet puts placeholders there. */
export function acceptanceEdit({ textOf }: Snapshot, { finding, system }: Found, { because, by, until }: Reason): TextEdit | undefined {
  if (!isAcceptable(finding.rule)) return undefined;
  const { system: element, acceptances } = system.architecture;
  const subject = ownName(finding.component);
  const on = finding.component === element.name ? '' : ` on ${subject.replace('->', ' -> ')}`;
  const last = acceptances.filter(({ span }) => span.file === element.span.file).at(-1)?.span ?? undefined;
  const lines = textOf(element.span.file).split('\n');
  const ending = lines[0]?.endsWith('\r') ? '\r\n' : '\n';
  const { end } = (last ?? element.span).range;
  const text = [`accept ${finding.rule}${on} {`, `  because ${because}`, `  by      ${by}`, `  until   ${until}`, '}'].map((line) => `  ${line}`).join(ending);
  const at = { line: end.line, character: last ? end.character : end.character - 1 };
  // After the last acceptance, or before the brace that closes the system.
  const before = (lines[at.line] ?? '').slice(0, at.character).trim();
  return { span: { file: element.span.file, range: { start: at, end: at } }, text: last || before !== '' ? `${ending}${text}${last ? '' : ending}` : `${text}${ending}` };
}

/** A string of the language: on one line, with what would end it escaped. */
const quoted = (text: string): string => JSON.stringify(text.replaceAll(/\s+/g, ' ').trim());
