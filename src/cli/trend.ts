import { trendFigures, type TrendPoint } from '../analysis/comparison/trend.ts';
import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import type { TrendInput } from '../report/trend-input.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { findConfig } from './find-config.ts';
import { historyOf, isShallow, type Commit } from './history.ts';
import { load, type Trees } from './load.ts';
import { writeWhole } from './output.ts';
import { paint } from './paint.ts';
import { openRevision } from './revision.ts';
import { version } from './version.ts';
import { versionsOf } from './versions.ts';

export const trendCommand: Command = {
  name: 'trend',
  summary: 'Follow an architecture through its history in git: readiness, findings, capacity and cost of each version.',
  usage: 'trend PATH [--last N] [--format FORMAT] [-o FILE]\n\nPATH is a file, whose renames are followed, or a folder. Every version is reviewed as of one day and with\nthe configuration of today, so that only the text moves the figures.',
  example: 'mlarch trend architecture.mlarch --last 12',
  options: {
    last: { type: 'string', value: 'N', doc: 'The last N commits that touch it (default: 20).' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json, markdown' },
    output: { type: 'string', short: 'o', value: 'FILE', doc: 'File (default: standard output).' },
    today: { type: 'string', value: 'DATE', doc: 'Day by which all are reviewed, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json', 'markdown'] as const, 'pretty');
  const today = dayOf(textOption(invocation, 'today'));
  const last = lastOf(textOption(invocation, 'last') ?? '20');
  const output = textOption(invocation, 'output');
  const [target, ...others] = invocation.positionals;
  if (target === undefined || others.length > 0) throw new Failure(`trend takes one file or folder; found ${invocation.positionals.length}. Such as: ${trendCommand.example}`);
  const commits = historyOf(target, last);
  const settings = await settingsFor(target);
  const trees: Trees = new Map();
  const points = commits.map((commit) => pointOf(commit, { settings, today, trees }));
  if (isShallow()) process.stderr.write('warning: the clone is shallow, so the history may begin before what is shown. Fetch the rest with: git fetch --unshallow\n');
  const text = await render(format, { points, path: target, today, tool: { name: 'mlarch', version } }, invocation.colour && output === undefined);
  if (output === undefined) process.stdout.write(text);
  else writeWhole(output, text);
  return 0;
}

function lastOf(text: string): number {
  const last = /^\d+$/.test(text) ? Number(text) : 0;
  if (last < 1 || last > 10_000) throw new Failure(`--last takes a number of commits, from 1 to 10000; found ${text === '' ? 'nothing' : text}.`);
  return last;
}

async function settingsFor(target: string): Promise<Settings> {
  const file = findConfig(target);
  if (file === undefined) return DEFAULT_SETTINGS;
  const { readConfig } = await import('./config.ts');
  return readConfig(file).settings;
}

/** A version that cannot be read is a point too: a history has such days. */
function pointOf({ id, date, subject, file }: Commit, { settings, today, trees }: { readonly settings: Settings; readonly today: string; readonly trees: Trees }): TrendPoint {
  const point = { commit: id, date, subject, file };
  const unreadable = (faults: readonly string[]): TrendPoint => ({ ...point, systems: [], unreadable: faults });
  try {
    const revision = openRevision(id);
    const { architectures, problems } = load(revision.inputs(file === '.' ? '' : file), revision.files, trees);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return unreadable(errors.map(({ message, span }) => `${span.file.slice(id.length + 1)}:${span.range.start.line + 1}:${span.range.start.character + 1}: ${message}`));
    return { ...point, systems: versionsOf(architectures, settings, today).map(trendFigures) };
  } catch (error) {
    if (error instanceof Failure) return unreadable([error.message.replace(`${id}:`, '')]);
    throw error;
  }
}

async function render(format: 'pretty' | 'json' | 'markdown', input: TrendInput, colour: boolean): Promise<string> {
  switch (format) {
    case 'pretty': {
      const { trendText } = await import('../report/trend-text.ts');
      return trendText(input, paint(colour));
    }
    case 'json': {
      const { trendJson } = await import('../report/trend-json.ts');
      return `${JSON.stringify(trendJson(input), undefined, 2)}\n`;
    }
    case 'markdown': {
      const { trendMarkdown } = await import('../report/trend-markdown.ts');
      return trendMarkdown(input);
    }
  }
}
