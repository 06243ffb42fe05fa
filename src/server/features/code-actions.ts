import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver-types';
import type { Workspace } from '../../language/editing/workspace.ts';
import type { Range } from '../../model/architecture.ts';
import type { Severity } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';
import { workspaceEdit } from './edits.ts';
import { remedyActions, riskActions } from './finding-actions.ts';
import { importActions } from './import-actions.ts';
import { problemActions, safeEdits } from './problem-fixes.ts';
import { questionActions } from './question-actions.ts';

export interface ActionRequest {
  readonly uri: string;
  readonly range: Range;
  /** As the client gives them back; an action names those that it resolves. */
  readonly diagnostics: readonly Diagnostic[];
  readonly only?: readonly string[];
}

export interface ActionClient {
  /** Has the commands of the extension. */
  readonly commands: boolean;
  /** Asks for the reason of an acceptance itself. */
  readonly acceptRiskCommand: boolean;
  /** Takes edits with placeholders to be filled in. */
  readonly snippetEdits: boolean;
  /** Findings below it are not shown, so nothing is offered for them; `low` if left out. */
  readonly minSeverity?: Severity;
}

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.mlarch`;

/**
 * What can be done at a place. `source.fixAll.mlarch` holds what corrects the text without saying anything new of the
 * system (see `safeEdits`). A remedy says something new: applying it declares that the system has what it lacked. So
 * remedies are applied one by one, or all of a rule, by somebody who means it. Without a workspace no imports are offered.
 */
export function codeActions(snapshot: Snapshot, request: ActionRequest, client: ActionClient, workspace?: Workspace): CodeAction[] {
  const wants = (kind: string): boolean => !request.only || request.only.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    actions.push(...problemActions(snapshot, request.uri, request.range, request.diagnostics));
    if (workspace) actions.push(...importActions(snapshot, request, workspace));
    actions.push(...remedyActions(snapshot, request, client), ...questionActions(snapshot, request, client), ...riskActions(snapshot, request, client));
  }
  if (wants(FIX_ALL)) {
    const edits = safeEdits(snapshot, request.uri);
    if (edits.length > 0) actions.push({ title: 'Correct everything that is safe to correct', kind: FIX_ALL, edit: workspaceEdit(edits) });
  }
  // What two findings ask for in the same words is offered once.
  return [...new Map(actions.map((action) => [JSON.stringify([action.title, action.edit, action.command?.arguments]), action])).values()];
}
