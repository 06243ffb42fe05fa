import { existsSync } from 'node:fs';
import { Failure } from './failure.ts';
import type { Command } from './command.ts';

/** The language server, a bundle of its own: beside the commands, or one folder up. */
const SERVER = '../server/main.cjs';

export const lsp: Command = {
  name: 'lsp',
  summary: 'Run the language server for an editor.',
  usage: 'lsp --stdio',
  example: 'mlarch lsp --stdio',
  options: { stdio: { type: 'boolean', doc: 'Talk over standard input and output.' } },
  async run(invocation) {
    if (invocation.options['stdio'] !== true) throw new Failure('The server talks over standard input and output: mlarch lsp --stdio');
    const bundle = new URL(SERVER, import.meta.url);
    if (!existsSync(bundle)) throw new Failure('The language server is not beside this program; install the package mlarch.');
    await import(bundle.href);
    // The server ends the process when its client says so, or is gone.
    return new Promise(() => undefined);
  },
};
