import { compareSystems } from '../analysis/comparison/compare.ts';
import { isNewlyOpen } from '../analysis/comparison/findings.ts';
import { SEVERITIES } from '../analysis/finding.ts';
import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import type { DiffInput } from '../report/diff-input.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import type { Input } from './input.ts';
import type { Trees } from './load.ts';
import { writeWhole } from './output.ts';
import { paint } from './paint.ts';
import { version } from './version.ts';
import { readVersion } from './version-source.ts';
import { failedRules, versionsOf } from './versions.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'Compare two versions: structure, findings, questions, readiness, capacity, latency and cost.',
  usage: 'diff OLD NEW [--format FORMAT] [-o FILE] [--fail-on SEVERITY]\n\nOLD and NEW are files, folders, - for standard input, REV:path for a revision in git, or /dev/null for nothing.',
  example: 'mlarch diff main:architecture.mlarch architecture.mlarch --fail-on high',
  options: {
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json, markdown (a comment on a pull request)' },
    output: { type: 'string', short: 'o', value: 'FILE', doc: 'File (default: standard output).' },
    'fail-on': { type: 'string', value: 'SEVERITY', doc: 'Exit with 1 where a finding is newly open at this severity or above: critical, high, medium, low, never (default).' },
    today: { type: 'string', value: 'DATE', doc: 'Day by which both are reviewed, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json', 'markdown'] as const, 'pretty');
  const failOn = oneOf('fail-on', textOption(invocation, 'fail-on'), [...SEVERITIES, 'never'] as const, 'never');
  const today = dayOf(textOption(invocation, 'today'));
  const output = textOption(invocation, 'output');
  const [before, after, ...others] = invocation.positionals;
  if (before === undefined || after === undefined || others.length > 0) throw new Failure(`diff takes two versions, OLD and NEW; found ${invocation.positionals.length}. Such as: ${diffCommand.example}`);
  if (before === '-' && after === '-') throw new Failure('Standard input can be one of the versions, not both.');
  const trees: Trees = new Map();
  const [old, now] = [await readVersion(before, trees), await readVersion(after, trees)];
  const errors = [...old.lowered.problems, ...now.lowered.problems].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Failure('', errors);
  // One yardstick for both, so that a change of the configuration is no change of the architecture; that of what is there, where nothing is left.
  const settings = await settingsOf((now.lowered.architectures.length > 0 ? now : old).config);
  const versions = [versionsOf(old.lowered.architectures, settings, today), versionsOf(now.lowered.architectures, settings, today)] as const;
  const systems = compareSystems(...versions);
  const text = await render(format, { systems, before, after, today, tool: { name: 'mlarch', version } }, invocation.colour && output === undefined);
  if (output === undefined) process.stdout.write(text);
  else writeWhole(output, text);
  const failed = failedRules(versions.flat());
  if (failed.length > 0) throw new Failure(`${failed.join(', ')} could not be run, so the comparison says nothing of ${failed.length === 1 ? 'it' : 'them'}. This is a fault of mlarch.`);
  return failOn !== 'never' && systems.some(({ findings }) => findings.some((finding) => isNewlyOpen(finding, failOn))) ? 1 : 0;
}

async function settingsOf(config: Input | undefined): Promise<Settings> {
  if (!config) return DEFAULT_SETTINGS;
  const { parseConfig } = await import('./config.ts');
  return parseConfig(config.text, config.file).settings;
}

/** The picture in Markdown is loaded only where it is asked for. */
async function render(format: 'pretty' | 'json' | 'markdown', input: DiffInput, colour: boolean): Promise<string> {
  switch (format) {
    case 'pretty': {
      const { diffText } = await import('../report/diff-text.ts');
      return diffText(input, paint(colour));
    }
    case 'json': {
      const { diffJson } = await import('../report/diff-json.ts');
      return `${JSON.stringify(diffJson(input), undefined, 2)}\n`;
    }
    case 'markdown': {
      const { diffMarkdown } = await import('../report/diff-markdown.ts');
      return diffMarkdown(input);
    }
  }
}
