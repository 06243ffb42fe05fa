import * as vscode from 'vscode';
import type { SystemReview } from '../../../protocol/messages.ts';
import type { Connection } from '../connection/connection.ts';
import { filtered, grouped } from './model.ts';
import { opening } from './tree.ts';

/** The findings as a list to choose from, for those who would rather type than look for the tree. */
export function registerGoToFinding(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('mlarch.goToFinding', async () => {
      const items = itemsOf(connection.results.latest().systems);
      if (items.length === 0) {
        void vscode.window.showInformationMessage(vscode.l10n.t('There is no finding.'));
        return;
      }
      const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which finding?'), matchOnDescription: true, matchOnDetail: true });
      if (chosen?.open) await vscode.commands.executeCommand(chosen.open.command, ...((chosen.open.arguments ?? []) as unknown[]));
    }),
  );
}

type Item = vscode.QuickPickItem & { readonly open?: vscode.Command };

function itemsOf(systems: readonly SystemReview[]): Item[] {
  return grouped(filtered(systems, 'all', undefined), 'severity').flatMap(({ name, entries }) => [
    { label: name, kind: vscode.QuickPickItemKind.Separator },
    ...entries.map(({ finding: { rule, component, message, location } }) => ({ label: rule, description: component, detail: withoutIcons(message), open: opening(location) })),
  ]);
}

/** A list takes `$(bug)` for a picture. */
const withoutIcons = (text: string): string => text.replaceAll('$(', '$ (');
