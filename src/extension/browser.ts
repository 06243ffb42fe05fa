import { LanguageClient } from 'vscode-languageclient/browser';
import * as vscode from 'vscode';
import { activateWith, type Api } from './activate.ts';

/** Of the browser; the types of the project are those of Node. */
declare const Worker: new (script: string) => Awaited<Exclude<ConstructorParameters<typeof LanguageClient>[2], (...given: never[]) => unknown>>;

/** Entry of the extension where it runs in a browser; the server is a worker. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, {
    createClient: ({ extensionUri }, options) => {
      const script = vscode.Uri.joinPath(extensionUri, 'dist/server-browser.js').toString(true);
      return new LanguageClient('mlarch', 'mlarch', () => Promise.resolve(new Worker(script)), options);
    },
  });
}
