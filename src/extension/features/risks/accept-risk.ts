import * as vscode from 'vscode';
import { ACCEPT_RISK, COMMANDS, type AcceptRiskParams } from '../../../protocol/messages.ts';
import { applyEdit } from '../../apply-edit.ts';
import type { Connection } from '../connection/connection.ts';
import type { FindingNode } from '../findings/tree.ts';
import { fault, inMonths } from './reasons.ts';

/** Accepting a risk: a reason, an owner and a day are asked for, and become part of the file. */
export function registerRisks(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(COMMANDS.acceptRisk, async (given?: string | FindingNode, uri?: string) => {
      const finding = typeof given === 'string' ? given : given?.finding?.id;
      const entry = uri ?? (typeof given === 'object' ? given.system?.location.uri : undefined);
      if (finding === undefined || entry === undefined) return;
      const reason = await ask(finding);
      if (!reason) return;
      const edit = await connection.request<object | null>(ACCEPT_RISK, { finding, uri: entry, ...reason } satisfies AcceptRiskParams);
      if (edit !== null) await applyEdit(connection.client, edit);
      else void vscode.window.showInformationMessage(vscode.l10n.t('The finding is not there any more, or its rule cannot be accepted.'));
    }),
  );
}

async function ask(finding: string): Promise<Pick<AcceptRiskParams, 'because' | 'by' | 'until'> | undefined> {
  const title = vscode.l10n.t('Accept the risk of {0}', finding);
  const because = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t('Why may it stay as it is?'), ignoreFocusOut: true, validateInput: (text) => fault('reason', text) });
  if (because === undefined) return undefined;
  const by = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t('Who answers for it?'), placeHolder: vscode.l10n.t('A team or a person'), ignoreFocusOut: true, validateInput: (text) => fault('owner', text) });
  if (by === undefined) return undefined;
  const until = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t('Until which day (YYYY-MM-DD)? Then it is looked at again.'), value: inMonths(new Date(), 6), ignoreFocusOut: true, validateInput: (text) => fault('day', text) });
  return until === undefined ? undefined : { because, by, until };
}
