import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type * as vscode from 'vscode';

/** What differs between the extension host of a desktop or server and the one in a browser. */
export interface Host {
  createClient(context: vscode.ExtensionContext, options: LanguageClientOptions): BaseLanguageClient;
  /** What only a host that can run processes offers. */
  registerProcesses?(context: vscode.ExtensionContext): void;
}
