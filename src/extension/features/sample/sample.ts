import * as vscode from 'vscode';

/** The sample of the walkthrough, as a new file that is saved only if somebody wants to keep it. */
export function registerSample(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('mlarch.openSample', async () => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'sample/churn.mlarch'));
      const document = await vscode.workspace.openTextDocument({ language: 'mlarch', content: new TextDecoder().decode(bytes) });
      await vscode.window.showTextDocument(document);
    }),
  );
}
