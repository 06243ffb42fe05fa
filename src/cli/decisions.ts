import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decisionsOf } from '../analysis/decisions/decisions.ts';
import { review } from '../analysis/review.ts';
import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import { decisionFiles, slugOf, type DecisionFile } from '../report/decisions/decision-files.ts';
import { oneOf, textOption, type Command } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { findConfig } from './find-config.ts';
import { codeOf, readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { writeWhole } from './output.ts';

export const decisionsCommand: Command = {
  name: 'decisions',
  summary: 'Write the decisions of a system as records (MADR), and propose those that nobody wrote down.',
  usage: 'decisions [PATH…] [-o DIR] [--proposed] [--format FORMAT]',
  example: 'mlarch decisions architecture/ -o docs/decisions --proposed',
  options: {
    output: { type: 'string', short: 'o', value: 'DIR', doc: 'Folder of records, one a file (default: standard output). Files edited by hand are left.' },
    proposed: { type: 'boolean', doc: 'Also what the roadmap asks for, and what the model shows and no decision speaks of.' },
    format: { type: 'string', value: 'FORMAT', doc: 'madr (default) or json' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the proposals, for repeatable output (default: today).' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['madr', 'json'] as const, 'madr');
    const today = dayOf(textOption(invocation, 'today'));
    const folder = textOption(invocation, 'output');
    if (format === 'json' && folder !== undefined) throw new Failure('--format json goes to standard output; leave -o out.');
    const inputs = await readInputs(invocation.positionals);
    const { architectures } = loadValid(inputs);
    const settings = await settingsNear(inputs[0]?.file);
    const systems = architectures.map((architecture) => {
      const context = { architecture, settings, today };
      return { system: architecture.system.name, records: decisionsOf(context, review(architecture, context), { proposed: invocation.options['proposed'] === true }) };
    });
    if (format === 'json') {
      process.stdout.write(`${JSON.stringify({ systems: systems.map(({ system, records }) => ({ system, decisions: records })) }, undefined, 2)}\n`);
      return 0;
    }
    const existing = folder === undefined ? new Map<string, string>() : recordsIn(folder);
    const files = systems.reduce<DecisionFile[]>((done, { system, records }) => {
      const known = new Map([...existing, ...done.map(({ name, content }) => [name, content] as const)]);
      return [...done, ...decisionFiles(records, known, systems.length > 1 ? `${slugOf(system)}-` : '')];
    }, []);
    if (folder === undefined) process.stdout.write(files.length > 0 ? files.map(({ content }) => content).join('\n') : 'No decision is declared. --proposed writes those that wait for somebody.\n');
    else writeFiles(folder, files);
    return 0;
  },
};

async function settingsNear(file: string | undefined): Promise<Settings> {
  const found = findConfig(file);
  return found === undefined ? DEFAULT_SETTINGS : (await import('./config.ts')).readConfig(found).settings;
}

/** The Markdown files of a folder; none where it is not there yet. */
function recordsIn(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  try {
    return new Map(readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
  } catch (error) {
    throw new Failure(`${folder}: cannot be read (${codeOf(error)}).`);
  }
}

function writeFiles(folder: string, files: readonly DecisionFile[]): void {
  for (const { name, content, state } of files) {
    const file = path.join(folder, name);
    if (state === 'edited') process.stderr.write(`${file}: edited by hand, left as it is\n`);
    if (state !== 'new' && state !== 'changed') continue;
    writeWhole(file, content);
    process.stdout.write(`${file}\n`);
  }
  if (files.length === 0) process.stderr.write('No decision is declared, so nothing was written. --proposed writes those that wait for somebody.\n');
}
