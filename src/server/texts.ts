import type { Files } from './files.ts';

interface Text {
  readonly text: string;
  /** The version that the client gave an open document. */
  readonly version?: number;
}

/** The texts of all files: those open in the editor as they stand there, the others as they were read. */
export class Texts {
  readonly #open = new Map<string, Text>();
  readonly #read = new Map<string, string | undefined>();
  readonly #wanted = new Set<string>();
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  open(uri: string, text: string, version: number): void {
    this.#open.set(uri, { text, version });
  }

  close(uri: string): void {
    this.#open.delete(uri);
    this.#read.delete(uri);
  }

  /** The file changed where it is stored; it is read again when it is wanted. */
  forget(uri: string): void {
    this.#read.delete(uri);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  versionOf(uri: string): number | undefined {
    return this.#open.get(uri)?.version;
  }

  /** The text as far as it is known. One that was never read is noted, so that `fetch` brings it. */
  get(uri: string): string | undefined {
    const open = this.#open.get(uri);
    if (open) return open.text;
    if (!this.#read.has(uri)) this.#wanted.add(uri);
    return this.#read.get(uri);
  }

  /** Reads what was asked for and not there; false where nothing was. */
  async fetch(): Promise<boolean> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    const texts = await Promise.all(wanted.map((uri) => this.#files.read(uri)));
    wanted.forEach((uri, index) => this.#read.set(uri, texts[index]));
    return wanted.length > 0;
  }

  openUris(): Iterable<string> {
    return this.#open.keys();
  }
}
