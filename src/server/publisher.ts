import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Texts } from './texts.ts';

/** Sends diagnostics where they differ from what the client has. */
export class Publisher {
  readonly #connection: Connection;
  readonly #texts: Texts;
  readonly #sent = new Map<string, { readonly diagnostics: readonly Diagnostic[]; readonly version: number | undefined }>();

  constructor(connection: Connection, texts: Texts) {
    this.#connection = connection;
    this.#texts = texts;
  }

  /** `all`: a file that is not in the map has no diagnostics any more. */
  publish(diagnostics: ReadonlyMap<string, readonly Diagnostic[]>, all: boolean): void {
    for (const [uri, list] of diagnostics) this.#send(uri, list);
    if (!all) return;
    for (const uri of this.#sent.keys()) if (!diagnostics.has(uri)) this.#send(uri, []);
  }

  #send(uri: string, diagnostics: readonly Diagnostic[]): void {
    const version = this.#texts.versionOf(uri);
    const sent = this.#sent.get(uri);
    // The same again with a new version tells the client that the new text was looked at.
    if (sent ? sent.version === version && areSame(sent.diagnostics, diagnostics) : diagnostics.length === 0 && version === undefined) return;
    if (diagnostics.length === 0 && version === undefined) this.#sent.delete(uri);
    else this.#sent.set(uri, { diagnostics, version });
    void this.#connection.sendDiagnostics({ uri, diagnostics: [...diagnostics], ...(version === undefined ? {} : { version }) });
  }
}

const areSame = (a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean => a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
