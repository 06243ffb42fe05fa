import * as vscode from 'vscode';
import { cliOf } from './node-check-task.ts';

/** Offers the review to agents through the Model Context Protocol; it needs nothing installed but VS Code. */
export function registerMcpServer(context: vscode.ExtensionContext): void {
  // Editors that are built on VS Code may lack the interface.
  if (typeof (vscode as Partial<typeof vscode>).lm?.registerMcpServerDefinitionProvider !== 'function') return;
  context.subscriptions.push(
    vscode.lm.registerMcpServerDefinitionProvider('mlarch.mcp', {
      provideMcpServerDefinitions: () => {
        const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
        const server = new vscode.McpStdioServerDefinition('mlarch', process.execPath, [cliOf(context), 'mcp', ...(folder ? [folder.uri.fsPath] : [])], { ELECTRON_RUN_AS_NODE: '1' }, String(context.extension.packageJSON.version));
        if (folder) server.cwd = folder.uri;
        return [server];
      },
    }),
  );
}
