import { estimate, USUAL_MULTIPLES } from '../analysis/estimation/estimate.ts';
import { formatDuration } from '../analysis/format.ts';
import type { Context } from '../analysis/rule.ts';
import { besideBill } from '../analysis/estimation/beside-bill.ts';
import { measureNext } from '../analysis/estimation/measure-next.ts';
import { whatIf } from '../analysis/estimation/what-if.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import { besideBillJson } from '../report/beside-bill-json.ts';
import { besideBillText } from '../report/beside-bill-text.ts';
import { estimateJson } from '../report/estimate-json.ts';
import { estimateText } from '../report/estimate-text.ts';
import { measureNextJson, whatIfJson } from '../report/what-if-json.ts';
import { measureNextText, whatIfText } from '../report/what-if-text.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { paint } from './paint.ts';

export const estimateCommand: Command = {
  name: 'estimate',
  summary: 'Estimate capacity, latency and cost, and what breaks first.',
  usage: 'estimate [PATH…] [--traffic 1,5,10] [--what-if] [--cost] [--format pretty|json] [--today DATE]\n       mlarch estimate [PATH…] --validate [--format pretty|json]',
  example: 'mlarch estimate examples/card-fraud --traffic 1,5,10',
  options: {
    traffic: { type: 'string', value: 'MULTIPLES', doc: 'Multiples of today’s peak, with commas between them (default: 1,5,10).' },
    'what-if': { type: 'boolean', doc: 'Also try quantization, batching, caching and other techniques on each service.' },
    cost: { type: 'boolean', doc: 'Also all of what stands beside the bill: other ways to serve, build or buy, monitoring, retraining.' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
    validate: { type: 'boolean', doc: 'Instead simulate each station at today’s peak and compare; takes up to a second for each.' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the estimate, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const multiples = multiplesOf(textOption(invocation, 'traffic'));
  const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
  const today = dayOf(textOption(invocation, 'today'));
  const simulates = invocation.options['validate'] === true;
  const unused = ['traffic', 'what-if', 'cost'].find((option) => invocation.options[option] !== undefined);
  if (simulates && unused !== undefined) throw new Failure(`--validate compares at today’s peak as it is declared: leave --${unused} out, or run twice.`);
  const { architectures } = loadValid(await readInputs(invocation.positionals));
  const contexts = architectures.map((architecture) => ({ architecture, settings: DEFAULT_SETTINGS, today }));
  if (simulates) return validate(contexts, format);
  const tried = invocation.options['what-if'] === true;
  const estimations = contexts.map((context) => estimate(context, multiples));
  if (format === 'json') {
    const beside = contexts.map((context) => ({ besideBill: besideBillJson(besideBill(context)), measureNext: measureNextJson(measureNext(context)), ...(tried && { whatIf: whatIfJson(whatIf(context)) }) }));
    process.stdout.write(`${JSON.stringify(estimateJson(estimations, beside), undefined, 2)}\n`);
    return 0;
  }
  const palette = paint(invocation.colour);
  const beside = contexts.map((context) => [besideBillText(besideBill(context), palette, invocation.options['cost'] === true), tried ? whatIfText(whatIf(context), palette) : '', measureNextText(measureNext(context), palette)].filter((text) => text !== ''));
  process.stdout.write(estimations.map((estimation, index) => [estimateText(estimation, palette), ...(beside[index] ?? []).map((text) => `${text}\n`)].join('\n')).join('\n'));
  return 0;
}

/** The closed forms beside a simulation of the same laws. */
async function validate(contexts: readonly Context[], format: 'pretty' | 'json'): Promise<number> {
  const { compareWithSimulation } = await import('../analysis/estimation/simulated.ts');
  const rows = contexts.flatMap((context) => compareWithSimulation(context).map((row) => ({ system: context.architecture.system.name, ...row })));
  if (format === 'json') process.stdout.write(`${JSON.stringify({ schemaVersion: 1, stations: rows }, undefined, 2)}\n`);
  else if (rows.length === 0) process.stdout.write('No station with declared times and a known traffic below 95 % busy: there is nothing to simulate.\n');
  else process.stdout.write(`${rows.map(({ system, component, utilisation, percentile, closedForm, simulated }) => `${`${system}.${component}`.padEnd(32)} ${`${Math.round(utilisation * 100)} %`.padStart(5)}  ${percentile}  closed form ${formatDuration(three(closedForm)).padStart(9)}  simulated ${formatDuration(three(simulated)).padStart(9)}  ${`${((closedForm / simulated - 1) * 100).toFixed(1)} %`.padStart(8)}`).join('\n')}\n`);
  return 0;
}

const three = (seconds: number): number => Number(seconds.toPrecision(3));

/** A decimal number, with or without a sign for “times” after it. */
const MULTIPLE = /^(\d*\.?\d+(?:e[+-]?\d+)?)\s*[×x]?$/i;

function multiplesOf(text: string | undefined): readonly number[] {
  if (text === undefined) return USUAL_MULTIPLES;
  const found = text.split(',').map((part) => Number(MULTIPLE.exec(part.trim())?.[1]));
  if (found.some((multiple) => !(multiple > 0 && multiple <= 1e6))) throw new Failure(`--traffic takes multiples of today’s peak, above 0 and up to a million, such as --traffic 1,5,10; found ${text === '' ? 'nothing' : text}.`);
  return [...new Set(found)].sort((a, b) => a - b);
}
