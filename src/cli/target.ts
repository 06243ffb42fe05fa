import { review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { targetJson } from '../report/target-json.ts';
import { targetText } from '../report/target-text.ts';
import { targetSubject } from '../report/review-report/subject.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { configuredSettings } from './configured.ts';
import { dayOf } from './day.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
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
