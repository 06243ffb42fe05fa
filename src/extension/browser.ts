import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type MessageTransports } from 'vscode-languageclient/browser';
import * as vscode from 'vscode';
import type { InitializationOptions } from '../protocol/messages.ts';
import { activateWith, type Api } from './activate.ts';

type ServerWorker = ConstructorParameters<typeof BrowserMessageReader>[0] & { terminate(): void };

/** Of the browser; the types of the project are those of Node. */
declare const Worker: new (script: string) => ServerWorker;

/** Entry of the extension where it runs in a browser; the server is a worker. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, {
    createClient: ({ extensionUri }, options) => {
      const script = vscode.Uri.joinPath(extensionUri, 'dist/server-browser.js').toString(true);
      let worker: ServerWorker | undefined;
      // Reader and writer are made here: VS Code puts a function of its own in the place of Worker, and the client does not know its workers.
      const startServer = (): Promise<MessageTransports> => {
        // A worker does not end with its connection.
        worker?.terminate();
        worker = new Worker(script);
        return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
      };
      // A worker cannot find files beside its own script: where it starts layouts from is said.
      const initializationOptions = { ...(options.initializationOptions as InitializationOptions), layoutScript: vscode.Uri.joinPath(extensionUri, 'dist/layout-worker.js').toString(true) } satisfies InitializationOptions;
      return new LanguageClient('mlarch', 'mlarch', startServer, { ...options, initializationOptions });
    },
  });
}
