import { maturityOf } from '../analysis/maturity/maturity.ts';
import { review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { markdownOf } from '../report/document/markdown.ts';
import { maturityJson } from '../report/maturity-json.ts';
import { maturityText } from '../report/maturity-text.ts';
import { sectionOf } from '../report/review-report/maturity.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { configuredSettings } from './configured.ts';
import { dayOf } from './day.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { writeWhole } from './output.ts';
import { paint } from './paint.ts';
import { version } from './version.ts';

export const maturityCommand: Command = {
  name: 'maturity',
  summary: 'Derive maturity levels, the ML Test Score and a rubric.',
  usage: 'maturity [PATH…] [--format pretty|json|markdown] [-o FILE] [--today DATE]',
  example: 'mlarch maturity examples/card-fraud',
  options: {
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json, markdown' },
    output: { type: 'string', short: 'o', value: 'FILE', doc: 'File (default: standard output).' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the review, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json', 'markdown'] as const, 'pretty');
  const today = dayOf(textOption(invocation, 'today'));
  const output = textOption(invocation, 'output');
  const inputs = await readInputs(invocation.positionals);
  const { architectures } = loadValid(inputs);
  const settings = await configuredSettings(inputs);
  const systems = architectures.map((architecture) => {
    const context: Context = { architecture, settings, today };
    return maturityOf(context, review(architecture, context));
  });
  const texts = {
    pretty: () => `${systems.map((system) => maturityText(system, paint(invocation.colour && output === undefined))).join('\n\n')}\n`,
    json: () => `${JSON.stringify(maturityJson(systems, { name: 'mlarch', version }, today), undefined, 2)}\n`,
    markdown: () => systems.map((system) => markdownOf({ title: `${system.system}: maturity`, date: today, language: 'en', sections: [sectionOf(system, false)], footer: `mlarch ${version}` }, () => '')).join('\n'),
  };
  const text = texts[format]();
  if (output === undefined) process.stdout.write(text);
  else writeWhole(output, text);
  return 0;
}
