import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { LspClient, type ClientOptions } from '../support/lsp-client.ts';

export interface Session {
  readonly client: LspClient;
  readonly folder: string;
  /** The URI of a file of the workspace. */
  uri(name: string): string;
  write(name: string, text: string): void;
}

/** A client of the bundled server in a workspace of these files, for the length of a test. */
export async function session(files: Readonly<Record<string, string>> = {}, options: ClientOptions = {}): Promise<Session> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'mlarch-lsp-')));
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const { client } = await LspClient.start({ folder, ...options });
  onTestFinished(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { client, folder, write, uri: (name) => pathToFileURL(path.join(folder, name)).href };
}
