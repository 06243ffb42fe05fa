import { CodeActionKind, type CodeAction } from 'vscode-languageserver-types';
import { isAcceptable } from '../../analysis/acceptance.ts';
import { bySeverity } from '../../analysis/review.ts';
import { COMMANDS } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';
import { acceptanceEdit } from './accept-risk.ts';
import type { ActionClient, ActionRequest } from './code-actions.ts';
import type { DiagnosticData } from './diagnostics.ts';
import { compatible, editsFor, isFixable, remedyEdits, removal, snippetEdit, workspaceEdit } from './edits.ts';
import { comparePositions, findingsIn, firstLine, isAt, isShown, oneLine, ownName, type Found } from './lookup.ts';

const MONTHS_TO_LOOK_AGAIN = 6;

/** Where more are found at one place, as on the name of a system, the least severe are left to the list of findings. */
const MOST = 8;

/** Characters of what a remedy is called in a menu. */
const LONGEST = 90;

/** The findings that are shown at a place, the worst first. */
function foundAt(snapshot: Snapshot, { uri, range }: ActionRequest, { minSeverity = 'low' }: ActionClient): Found[] {
  return [...findingsIn(snapshot)].filter(({ finding }) => isAt(finding.span, uri, range) && isShown(finding, { minSeverity })).sort((a, b) => bySeverity(a.finding, b.finding)).slice(0, MOST);
}

/** What puts the findings at a place right: their remedies, and those of all findings of the same rules. */
export function remedyActions(snapshot: Snapshot, request: ActionRequest, client: ActionClient): CodeAction[] {
  const found = foundAt(snapshot, request, client);
  const rules = new Map(found.toReversed().map((one) => [`${one.finding.rule} ${one.analysis.entry} ${one.system.review.system}`, one]));
  return [
    ...found.flatMap((one) => [...remedyAction(snapshot, one, request), ...acceptanceRemoval(snapshot, one, request)]),
    ...[...rules.values()].toReversed().flatMap((one) => allOfRule(snapshot, one, request)),
  ];
}

/** What else can be done about them: accept the risk, or read what the rule is about. */
export function riskActions(snapshot: Snapshot, request: ActionRequest, client: ActionClient): CodeAction[] {
  const found = foundAt(snapshot, request, client);
  const several = new Set(found.map(({ system }) => system)).size > 1;
  return [
    ...found.flatMap((one) => acceptAction(snapshot, one, request, client, several)),
    ...(client.commands ? [...new Set(found.map(({ finding }) => finding.rule))].map(explainAction) : []),
  ];
}

const action = (title: string, found: Found, request: ActionRequest, rest: Partial<CodeAction>): CodeAction => {
  const diagnostics = diagnosticsFor(found, request);
  return { title: oneLine(title), kind: CodeActionKind.QuickFix, ...(diagnostics.length > 0 ? { diagnostics } : {}), ...rest };
};

/** By what the diagnostic carries; a client that drops that is understood by rule and place. */
function diagnosticsFor({ finding, analysis }: Found, { diagnostics }: ActionRequest): ActionRequest['diagnostics'][number][] {
  return diagnostics.filter(({ code, data, range }) => {
    const carried = data as DiagnosticData | undefined;
    if (carried?.finding !== undefined) return carried.finding === finding.id && carried.entry === analysis.entry;
    return carried === undefined && code === finding.rule && comparePositions(range.start, firstLine(finding.span.range).start) === 0;
  });
}

/** A remedy is a plan: applying it declares that the system has what it lacked, which only its team can know. */
function remedyAction(snapshot: Snapshot, found: Found, request: ActionRequest): CodeAction[] {
  const edits = remedyEdits(snapshot, found);
  return edits.length > 0 ? [action(`Declare the remedy of ${found.finding.rule}: ${inShort(found.finding.remedy.title)}`, found, request, { edit: workspaceEdit(edits) })] : [];
}

/** A menu has room for the first sentence, or the first part of a long one. */
function inShort(title: string): string {
  const [sentence = title] = /^.*?[.:;](?=\s|$)/.exec(oneLine(title)) ?? [];
  const text = sentence.replace(/[.:;]$/, '');
  return text.length <= LONGEST ? text : `${text.slice(0, text.lastIndexOf(' ', LONGEST - 2))} …`;
}

function allOfRule(snapshot: Snapshot, one: Found, request: ActionRequest): CodeAction[] {
  const { rule } = one.finding;
  const same = [...findingsIn(snapshot)].filter(({ finding, system }) => system === one.system && finding.rule === rule && isFixable(finding));
  const { found, changes } = compatible(same);
  if (found.length < 2) return [];
  const edits = editsFor(snapshot, one, changes);
  const count = found.length === same.length ? `all ${same.length}` : `${found.length} of ${same.length}`;
  return edits.length > 0 ? [action(`Declare the remedies of ${count} findings of ${rule} in ${one.system.review.system}`, one, request, { edit: workspaceEdit(edits) })] : [];
}

/** An expired acceptance has no effect, but whether its risk is still taken is for somebody to say. */
function acceptanceRemoval({ textOf }: Snapshot, found: Found, request: ActionRequest): CodeAction[] {
  const { rule, span } = found.finding;
  if (rule !== 'accept/unused' && rule !== 'accept/expired') return [];
  const edit = workspaceEdit([removal(textOf(span.file), span)]);
  return [action(rule === 'accept/unused' ? 'Remove the acceptance that matches nothing' : 'Remove the expired acceptance', found, request, { edit, ...(rule === 'accept/unused' ? { isPreferred: true } : {}) })];
}

function acceptAction(snapshot: Snapshot, found: Found, request: ActionRequest, client: ActionClient, several: boolean): CodeAction[] {
  const { finding, analysis, system } = found;
  if (!isAcceptable(finding.rule)) return [];
  const title = `Accept the risk of ${finding.rule} on ${ownName(finding.component).replace('->', ' -> ')}${several ? ` in ${system.review.system}` : ''} …`;
  if (client.acceptRiskCommand) return [action(title, found, request, { command: { title, command: COMMANDS.acceptRisk, arguments: [finding.id, analysis.entry] } })];
  const until = monthsAfter(snapshot.today, MONTHS_TO_LOOK_AGAIN);
  // A placeholder that stays is known as such: the acceptance then has no effect and says so.
  const plain = acceptanceEdit(snapshot, found, { because: '"TODO"', by: '"TODO"', until });
  const asking = client.snippetEdits ? acceptanceEdit(snapshot, found, { because: '"${1:reason}"', by: '"${2:owner}"', until: `\${3:${until}}` }) : undefined;
  const edit = (asking && snippetEdit(asking)) ?? (plain && workspaceEdit([plain]));
  return edit ? [action(title, found, request, { edit })] : [];
}

function explainAction(rule: string): CodeAction {
  const title = `Explain ${rule}`;
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: COMMANDS.explain, arguments: [rule] } };
}

/** The day so many months after another, or the last of the month where it is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
