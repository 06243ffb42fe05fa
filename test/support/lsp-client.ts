import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';

export interface ClientOptions {
  /** Path of a folder, the only one of the workspace. */
  readonly folder?: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** What the client answers when it is asked for section `mlarch`. */
  readonly settings?: object;
  readonly command?: readonly string[];
}

const CAPABILITIES: ClientCapabilities = {
  workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true }, workspaceEdit: { documentChanges: true } },
  textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true }, completion: { completionItem: { snippetSupport: true } } },
};

/** A client of the bundled server over standard input and output, as an editor is one. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly log: string[] = [];
  readonly registered: unknown[] = [];
  settings: object;
  readonly #diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly #versions = new Map<string, number>();
  #listeners: (() => void)[] = [];

  private constructor(options: ClientOptions) {
    const [program = process.execPath, ...arguments_] = options.command ?? [process.execPath, 'dist/cli/mlarch.js', 'lsp', '--stdio'];
    this.process = spawn(program, arguments_, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.settings = options.settings ?? {};
    const { stdout, stdin } = this.process;
    if (!stdout || !stdin) throw new Error('The server has no standard streams.');
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#diagnostics.set(params.uri, params);
      this.#notify();
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => void this.log.push(message));
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => this.settings));
    this.connection.onRequest('client/registerCapability', ({ registrations }: { registrations: unknown[] }) => {
      this.registered.push(...registrations);
      return null;
    });
    this.connection.onRequest('client/unregisterCapability', () => null);
    this.connection.listen();
  }

  static async start(options: ClientOptions = {}): Promise<{ client: LspClient; initialized: InitializeResult }> {
    const client = new LspClient(options);
    const uri = options.folder === undefined ? null : pathToFileURL(path.resolve(options.folder)).href;
    const initialized = await client.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: uri === null ? null : [{ uri, name: 'test' }],
      capabilities: options.capabilities ?? CAPABILITIES,
      initializationOptions: options.initializationOptions,
    });
    await client.connection.sendNotification('initialized', {});
    return { client, initialized };
  }

  async open(uri: string, text: string): Promise<void> {
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'mlarch', version: 1, text } });
  }

  /** Without ranges, an edit is the whole text. Returns the version after it. */
  async change(uri: string, ...edits: readonly (TextEdit | string)[]): Promise<number> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: edits.map((edit) => (typeof edit === 'string' ? { text: edit } : { range: edit.range, text: edit.newText })) });
    return version;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async fileChanged(uri: string, type: 1 | 2 | 3): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }

  /** The diagnostics of a file as they were last published. */
  diagnostics(uri: string): readonly Diagnostic[] | undefined {
    return this.#diagnostics.get(uri)?.diagnostics;
  }

  /** Resolves with the diagnostics of a file once they are of this version (or a later one) and as wanted. */
  async published(uri: string, version: number | undefined, wanted: (diagnostics: readonly Diagnostic[]) => boolean = () => true): Promise<readonly Diagnostic[]> {
    for (;;) {
      const known = this.#diagnostics.get(uri);
      if (known && (version === undefined || (known.version ?? 0) >= version) && wanted(known.diagnostics)) return known.diagnostics;
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  request<R>(method: string, params: object): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    this.connection.dispose();
  }

  #notify(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
