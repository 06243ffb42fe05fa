import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneOf, textOption, type Command } from './command.ts';
import { Failure } from './failure.ts';
import { display } from './input.ts';
import { writeWhole } from './output.ts';

const folder = fileURLToPath(new URL('templates/', import.meta.url));
const TEMPLATES = ['startup', 'real-time', 'batch', 'rag', 'empty'] as const;

export const init: Command = {
  name: 'init',
  summary: 'Start a new architecture from a template.',
  usage: 'init [--template T] [DIR]',
  example: 'mlarch init --template real-time architecture/',
  options: { template: { type: 'string', short: 't', value: 'TEMPLATE', doc: `${TEMPLATES.join(', ')} (default: startup)` } },
  async run(invocation) {
    const template = oneOf('template', textOption(invocation, 'template'), TEMPLATES, 'startup');
    const directory = invocation.positionals[0] ?? '.';
    const file = path.join(directory, 'architecture.mlarch');
    if (existsSync(file)) throw new Failure(`${display(file)} exists already; nothing was written. Choose another folder.`);
    writeWhole(file, readFileSync(path.join(folder, `${template}.mlarch`), 'utf8'));
    process.stdout.write(`Wrote ${display(file)}. Describe what you have, then review it:\n\n  mlarch check ${display(file)}\n`);
    return 0;
  },
};

/** The names of the templates that ship; a test holds them against the list above. */
export const shippedTemplates = (): string[] => readdirSync(folder).map((name) => name.replace('.mlarch', '')).sort();
