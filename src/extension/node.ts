import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type * as vscode from 'vscode';
import { activateWith, type Api } from './activate.ts';
import { registerCheckTask } from './node-check-task.ts';
import { registerMcpServer } from './node-mcp-server.ts';

/** Entry of the extension where it runs in Node; the server is a process of its own, run by the Node of VS Code. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, {
    createClient: ({ extensionPath }, options) => {
      // One program is the server and the command line.
      const module = `${extensionPath}/dist/mlarch.mjs`;
      return new LanguageClient('mlarch', 'mlarch', { module, args: ['language-server'], transport: TransportKind.ipc }, options);
    },
    registerProcesses: (own) => {
      registerCheckTask(own);
      registerMcpServer(own);
    },
  });
}
