import type { ClientCapabilities, Connection, Position, TextDocumentIdentifier } from 'vscode-languageserver';
import type { SourceFile } from '../language/source-file.ts';
import type { InitializationOptions, ServerSettings } from '../protocol/messages.ts';
import type { Report } from './guard.ts';
import type { Reviewer } from './reviewer.ts';
import type { Syntax } from './syntax.ts';
import { canonical } from './uris.ts';

/** What the handlers of requests are given. */
export interface FeatureHost {
  readonly connection: Connection;
  readonly syntax: Syntax;
  readonly reviewer: Reviewer;
  readonly report: Report;
  readonly options: InitializationOptions;
  readonly capabilities: ClientCapabilities;
  readonly folders: readonly string[];
  settings(): ServerSettings;
}

/** Calls a feature with the file and the position of a request, once the files that it may look at are there; `none` for a file that is not known. */
export async function at<R>(host: FeatureHost, { textDocument, position }: { textDocument: TextDocumentIdentifier; position: Position }, feature: (source: SourceFile, position: Position) => R, none: R): Promise<R> {
  return inFile(host, { textDocument }, (source) => feature(source, position), none);
}

/** The same for a request that is about a whole file. */
export async function inFile<R>({ syntax, reviewer }: FeatureHost, { textDocument }: { textDocument: TextDocumentIdentifier }, feature: (source: SourceFile) => R, none: R): Promise<R> {
  await reviewer.loaded;
  const source = syntax.file(canonical(textDocument.uri));
  return source ? feature(source) : none;
}
