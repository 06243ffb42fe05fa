import { review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { targetJson } from '../report/target-json.ts';
import { targetText } from '../report/target-text.ts';
import { targetSubject, type TargetSubject } from '../report/review-report/subject.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { configuredSettings } from './configured.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { readInputs } from './input.ts';
import { answerParser, loadValid } from './load.ts';
import { writeWhole } from './output.ts';
import { paint } from './paint.ts';
import { version } from './version.ts';

export const targetCommand: Command = {
  name: 'target',
  summary: 'Derive the target state, and say why each change is made.',
  usage: 'target [PATH…] [--format pretty|json|mlarch] [-o FILE] [--today DATE]',
  example: 'mlarch target examples/card-fraud --format mlarch',
  options: {
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json, mlarch (a target block to put into the file)' },
    output: { type: 'string', short: 'o', value: 'FILE', doc: 'File (default: standard output).' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the review, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json', 'mlarch'] as const, 'pretty');
  const today = dayOf(textOption(invocation, 'today'));
  const output = textOption(invocation, 'output');
  const inputs = await readInputs(invocation.positionals);
  const { architectures } = loadValid(inputs);
  const settings = await configuredSettings(inputs);
  const subjects = architectures.map((architecture) => {
    const context: Context = { architecture, settings, today };
    return targetSubject(context, review(architecture, context));
  });
  const text = format === 'json' ? `${JSON.stringify(targetJson(subjects, { name: 'mlarch', version }, today), undefined, 2)}\n` : format === 'mlarch' ? await blocks(subjects) : `${subjects.map((subject) => targetText(subject, paint(invocation.colour && output === undefined))).join('\n\n')}\n`;
  if (output === undefined) process.stdout.write(text);
  else writeWhole(output, text);
  return 0;
}

/** Each derived target as a block of the language, its steps told in comments. */
async function blocks(subjects: readonly TargetSubject[]): Promise<string> {
  const { printTarget } = await import('../language/printing/print-target.ts');
    const derived = subjects.flatMap(({ context, target }) => {
    if (!target) return [];
    const names = new Set(context.architecture.targets.map(({ name }) => name));
    const name = ['Recommended', ...Array.from({ length: names.size + 1 }, (_, index) => `Recommended${index + 2}`)].find((candidate) => !names.has(candidate) && !context.architecture.components.has(candidate)) ?? 'Recommended';
    const groups = target.state.steps.map(({ title, findings, changes }) => ({ comment: `${title}\n${findings.map(({ id }) => id).join(', ')}`, changes }));
    return [printTarget(answerParser.lexer, context.architecture, { name, because: `Closes ${target.state.closed.length} findings of the review of ${context.today}`, groups })];
  });
  if (derived.length === 0) throw new Failure('No critical or high finding has a remedy that changes the architecture, so there is no target to write.');
  return `${derived.join('\n\n')}\n`;
}
