import { TextDocumentSyncKind, type ClientCapabilities, type Connection, type ServerCapabilities } from 'vscode-languageserver';
import type { InitializationOptions, ServerSettings } from '../protocol/messages.ts';
import type { Report } from './guard.ts';
import type { Reviewer } from './reviewer.ts';
import type { Syntax } from './syntax.ts';
import type { Texts } from './texts.ts';

export const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
};

export interface FeatureHost {
  readonly connection: Connection;
  readonly texts: Texts;
  readonly syntax: Syntax;
  readonly reviewer: Reviewer;
  readonly report: Report;
  readonly options: InitializationOptions;
  readonly capabilities: ClientCapabilities;
  settings(): ServerSettings;
}

export function registerFeatures(host: FeatureHost): void {
  host.connection.onHover(() => null);
  host.connection.onCompletion(() => []);
}
