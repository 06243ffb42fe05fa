import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type * as vscode from 'vscode';
import { activateWith, type Api } from './activate.ts';
import { registerCheckTask } from './node-check-task.ts';
import { registerMcpServer } from './node-mcp-server.ts';

/** Entry of the extension where it runs in Node; the server is a process of its own, run by the Node of VS Code. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, {
    createClient: ({ extensionPath }, options) => {
      const module = `${extensionPath}/dist/server-node.cjs`;
      return new LanguageClient('mlarch', 'mlarch', { module, transport: TransportKind.ipc }, options);
    },
    registerProcesses: (own) => {
      registerCheckTask(own);
      registerMcpServer(own);
    },
  });
}
