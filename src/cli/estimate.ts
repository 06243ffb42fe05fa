import { estimate, USUAL_MULTIPLES } from '../analysis/estimation/estimate.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import { estimateJson } from '../report/estimate-json.ts';
import { estimateText } from '../report/estimate-text.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { Failure } from './failure.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { paint } from './paint.ts';

export const estimateCommand: Command = {
  name: 'estimate',
  summary: 'Estimate capacity, latency and cost, and what breaks first.',
  usage: 'estimate [PATH…] [--traffic 1,5,10] [--format pretty|json]',
  example: 'mlarch estimate examples/card-fraud --traffic 1,5,10',
  options: {
    traffic: { type: 'string', value: 'MULTIPLES', doc: 'Multiples of today’s peak, with commas between them (default: 1,5,10).' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the estimate, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const multiples = multiplesOf(textOption(invocation, 'traffic'));
  const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
  const today = textOption(invocation, 'today') ?? new Date().toISOString().slice(0, 10);
  const { architectures } = loadValid(await readInputs(invocation.positionals));
  const estimations = architectures.map((architecture) => estimate({ architecture, settings: DEFAULT_SETTINGS, today }, multiples));
  process.stdout.write(format === 'json' ? `${JSON.stringify(estimateJson(estimations), undefined, 2)}\n` : estimations.map((estimation) => estimateText(estimation, paint(invocation.colour))).join('\n'));
  return 0;
}

function multiplesOf(text: string | undefined): readonly number[] {
  if (text === undefined) return USUAL_MULTIPLES;
  const found = text.split(',').map((part) => Number(part.trim().replace(/[×x]$/, '')));
  if (found.length === 0 || found.some((multiple) => !(multiple > 0) || multiple > 1e6)) throw new Failure(`--traffic takes multiples of today’s peak between 0 and a million, such as --traffic 1,5,10; found ${text}.`);
  return [...new Set(found)].sort((a, b) => a - b);
}
