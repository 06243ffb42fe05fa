import * as vscode from 'vscode';
import { COMMANDS, EXPLAIN } from '../../../protocol/messages.ts';
import type { Connection } from '../connection/connection.ts';

const SCHEME = 'mlarch-docs';

/** A line of a tree that is about a check or rule. */
interface Explained {
  readonly explains?: string;
}

/** Checks and rules in full, offline, in the Markdown preview. */
export function registerExplanations(context: vscode.ExtensionContext, connection: Connection): void {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async ({ path }) => {
      const id = path.replace(/^\//, '').replace(/\.md$/, '');
      return (await connection.request<string | null>(EXPLAIN, { id })) ?? vscode.l10n.t('There is no check or rule {0}.', id);
    },
  };
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.commands.registerCommand(COMMANDS.explain, async (given?: string | Explained) => {
      const id = (typeof given === 'string' ? given : given?.explains) ?? (await choose(connection));
      if (id === undefined) return;
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${id}.md` });
      // The preview is an extension of VS Code that can be turned off; then the text is shown as it is.
      await vscode.commands.executeCommand('markdown.showPreview', uri).then(undefined, () => vscode.window.showTextDocument(uri, { preview: true }));
    }),
  );
}

async function choose(connection: Connection): Promise<string | undefined> {
  const checks = connection.results.latest().systems[0]?.checks ?? [];
  if (checks.length === 0) return vscode.window.showInputBox({ title: vscode.l10n.t('Which check or rule?'), placeHolder: 'ML09' });
  const items = checks.flatMap(({ id, title, rules }) => [{ label: id, description: title }, ...rules.map((rule) => ({ label: rule.id, description: rule.title }))]);
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which check or rule?'), matchOnDescription: true }))?.label;
}
