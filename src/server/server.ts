import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  TextDocuments,
  type Connection,
  type Disposable,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CONFIG_NAME } from '../analysis/settings.ts';
import { BUSY, REVIEWED, type BusyParams, type InitializationOptions } from '../protocol/messages.ts';
import type { Snapshot } from './analysis.ts';
import { clientFiles } from './client-files.ts';
import { diagnosticsOf } from './features/diagnostics.ts';
import type { FeatureHost } from './feature-host.ts';
import type { Files } from './files.ts';
import { reporter } from './guard.ts';
import { CAPABILITIES, registerFeatures } from './handlers.ts';
import { registerFences } from './fences.ts';
import { registerPictures, type Drawing } from './pictures.ts';
import { Publisher } from './publisher.ts';
import { Reviewer } from './reviewer.ts';
import { DEFAULT_SERVER_SETTINGS, fetchSettings } from './settings.ts';
import { Surroundings } from './surroundings.ts';
import { Syntax } from './syntax.ts';
import { Texts } from './texts.ts';
import { canonical } from './uris.ts';

/** What differs between a process and a worker. */
export interface Platform {
  readonly version: string;
  /** Files without the help of the client; undefined where there are none. */
  files?(folders: readonly string[]): Files;
  /** Resolves when what has come in meanwhile has been looked at. */
  pause(): Promise<void>;
  readonly drawing: Drawing;
}

/** Serves one client until it goes. */
export function serve(connection: Connection, platform: Platform): void {
  connection.onInitialize((params) => {
    start(connection, platform, params);
    return { capabilities: CAPABILITIES, serverInfo: { name: 'mlarch', version: platform.version } } satisfies InitializeResult;
  });
  connection.listen();
}

function start(connection: Connection, platform: Platform, params: InitializeParams): void {
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const folders = (params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : [])).map(({ uri }) => canonical(uri));
  const files = options.files === 'client' || !platform.files ? clientFiles(connection) : platform.files(folders);
  const report = reporter(connection);
  const texts = new Texts(files);
  const syntax = new Syntax(texts);
  const surroundings = new Surroundings(files, folders);
  const publisher = new Publisher(connection, texts);
  let settings = DEFAULT_SERVER_SETTINGS;
  let stored: readonly string[] = [];
  let listed = false;

  const published = (snapshot: Snapshot, final: boolean): void => {
    publisher.publish(diagnosticsOf(snapshot, settings), final);
    if (!final) return;
    void connection.sendNotification(REVIEWED);
    void watch();
    refresh();
  };
  const reviewer = new Reviewer({
    texts,
    syntax,
    surroundings,
    folders,
    pause: () => platform.pause(),
    today: () => new Date().toISOString().slice(0, 10),
    published,
    busy: (busy) => void connection.sendNotification(BUSY, { busy } satisfies BusyParams),
    failed: report,
  });

  const documents = new TextDocuments(TextDocument);
  const allFiles = (): string[] => [...new Set([...stored, ...texts.openUris()])].sort();
  documents.onDidOpen(({ document }) => {
    const uri = canonical(document.uri);
    texts.open(uri, document.getText(), document.version);
    reviewer.changed(uri);
    reviewer.setFiles(allFiles(), listed);
  });
  documents.onDidChangeContent(({ document }) => {
    const uri = canonical(document.uri);
    texts.open(uri, document.getText(), document.version);
    reviewer.changed(uri);
  });
  documents.onDidClose(({ document }) => {
    const uri = canonical(document.uri);
    texts.close(uri);
    reviewer.changed(uri);
    reviewer.setFiles(allFiles(), listed);
  });
  documents.listen(connection);

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri: given, type } of changes) {
      const uri = canonical(given);
      texts.forget(uri);
      if (uri.endsWith('.mlarch')) {
        if (type === FileChangeType.Deleted) stored = stored.filter((known) => known !== uri);
        else if (!stored.includes(uri)) stored = [...stored, uri];
        reviewer.changed(uri);
      } else if (surroundings.forget(uri)) {
        if (uri.endsWith(`/${CONFIG_NAME}`)) reviewer.everythingChanged();
        else reviewer.changed(uri);
      }
    }
    reviewer.setFiles(allFiles(), listed);
  });

  const configurable = params.capabilities.workspace?.configuration === true;
  const takeSettings = async (): Promise<void> => {
    if (configurable) settings = await fetchSettings(connection);
    reviewer.setScope(settings.reviewScope === 'openFiles');
    reviewer.refresh();
  };
  connection.onDidChangeConfiguration(() => void takeSettings().catch((error: unknown) => report('reading settings', error)));

  const watchable = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  let watched = '';
  let watching: Disposable | undefined;
  /** Asks the client to tell of changes of what the analyses have looked at. */
  const watch = async (): Promise<void> => {
    const evidence = surroundings.watched().sort();
    if (!watchable || watched === evidence.join('\n')) return;
    watched = evidence.join('\n');
    const watchers = [{ globPattern: '**/*.mlarch' }, { globPattern: `**/${CONFIG_NAME}` }, ...evidence.map((uri) => ({ globPattern: { baseUri: uri.slice(0, uri.lastIndexOf('/')), pattern: escapeGlob(decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))) } }))];
    const earlier = watching;
    watching = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    earlier?.dispose();
  };

  const { codeLens, inlayHint } = params.capabilities.workspace ?? {};
  const refresh = (): void => {
    if (codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
  };

  const host: FeatureHost = { connection, syntax, reviewer, report, options, capabilities: params.capabilities, folders, settings: () => settings };
  registerFeatures(host);
  registerPictures(host, platform.drawing);
  registerFences(host, platform.drawing);

  connection.onInitialized(() => {
    const prepare = async (): Promise<void> => {
      stored = (await files.list()).map(canonical);
      listed = true;
      if (configurable) {
        settings = await fetchSettings(connection);
        if (params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'mlarch' });
      }
      reviewer.setScope(settings.reviewScope === 'openFiles');
      reviewer.setFiles(allFiles(), listed);
      await watch();
    };
    prepare().catch((error: unknown) => {
      report('start', error);
      // What is open is reviewed all the same.
      listed = true;
      reviewer.setFiles(allFiles(), listed);
    });
  });
}

const escapeGlob = (name: string): string => name.replaceAll(/[*?{}[\]]/g, '?');
