import type { Command, Invocation } from '../command.ts';
import { oneOf, textOption } from '../command.ts';
import { Failure } from '../failure.ts';
import { paint } from '../paint.ts';
import { machinesCost } from './cost-machines.ts';
import { jsonText, type CostAnswer } from './cost-output.ts';
import { tokensCost } from './cost-tokens.ts';

/** What only one of the two bills takes. */
const MACHINES = ['rate', 'capacity', 'throughput', 'replicas', 'min', 'max', 'spare', 'zones', 'start-up', 'spot', 'spot-price', 'weekend'] as const;
const TOKENS = ['volume', 'tokens-in', 'tokens-out', 'price-in', 'price-out', 'price-cached', 'cached', 'batch', 'calls', 'tokens-per-second', 'self-host-replicas'] as const;

export const cost: Command = {
  name: 'calc cost',
  summary: 'Calculate what machines, or tokens of an LLM, cost a month and for each prediction.',
  usage: 'calc cost --rate RATE --price PRICE --capacity RATE [options] | calc cost --volume RATE --tokens-in N --tokens-out N --price-in PRICE --price-out PRICE [options]',
  example: 'mlarch calc cost --rate 40/s --peak 200/s --price 1.006USD/h --capacity 350/s --replicas 3 --min 2',
  options: {
    rate: { type: 'string', value: 'RATE', doc: 'Machines: mean predictions a second over the month, such as 40/s.' },
    peak: { type: 'string', value: 'RATE', doc: 'Rate of the busiest hour; the mean, if left out.' },
    price: { type: 'string', value: 'PRICE', doc: 'Of one machine, such as 1.006USD/h.' },
    capacity: { type: 'string', value: 'RATE', doc: 'What one machine takes within its latency objective.' },
    throughput: { type: 'string', value: 'RATE', doc: 'What one machine takes at most; its capacity, if left out.' },
    replicas: { type: 'string', value: 'N', doc: 'Machines that are always on; what the peak needs, if left out.' },
    min: { type: 'string', value: 'N', doc: 'Fewest machines when they follow the load (default: 1).' },
    max: { type: 'string', value: 'N', doc: 'Most machines when they follow the load.' },
    spare: { type: 'string', value: 'N', doc: 'Machines that may fail: 1 for N+1 (default: 0).' },
    zones: { type: 'string', value: 'N', doc: 'Zones of which one may fail; instead of --spare.' },
    'start-up': { type: 'string', value: 'TIME', doc: 'From the start of a machine until it serves, such as 3min.' },
    spot: { type: 'string', value: 'SHARE', doc: 'Share of the machines bought as spot machines, with --spot-price.' },
    'spot-price': { type: 'string', value: 'SHARE', doc: 'Spot price as a share of the price, such as 35%.' },
    weekend: { type: 'string', value: 'SHARE', doc: 'Traffic of a day at the weekend as a share of that of a working day (default: 100%).' },
    volume: { type: 'string', value: 'RATE', doc: 'Tokens: predictions in a time, such as 1M/day.' },
    'tokens-in': { type: 'string', value: 'N', doc: 'Input tokens of one call.' },
    'tokens-out': { type: 'string', value: 'N', doc: 'Output tokens of one call.' },
    'price-in': { type: 'string', value: 'PRICE', doc: 'Of input tokens, such as 0.15USD/Mtok.' },
    'price-out': { type: 'string', value: 'PRICE', doc: 'Of output tokens.' },
    'price-cached': { type: 'string', value: 'PRICE', doc: 'Of input tokens found in the prompt cache; the price of input, if left out.' },
    cached: { type: 'string', value: 'SHARE', doc: 'Share of the input found in the prompt cache, such as 30%.' },
    batch: { type: 'boolean', doc: 'Through the batch interface, at half the price.' },
    calls: { type: 'string', value: 'N', doc: 'Calls for each prediction, retries included (default: 1).' },
    'tokens-per-second': { type: 'string', value: 'RATE', doc: 'Break-even: tokens a second that one machine of --price takes within its latency objective, such as 2500tokens/s.' },
    'self-host-replicas': { type: 'string', value: 'N', doc: 'Break-even: machines that run in any case (default: 1).' },
    budget: { type: 'string', value: 'MONEY', doc: 'What may be spent, such as 3000USD/month.' },
    growth: { type: 'string', value: 'GROWTH', doc: 'Growth of the traffic, such as 8%/month: says when budget and machines are full.' },
    currency: { type: 'string', value: 'CURRENCY', doc: 'USD, EUR or GBP; prices in another one are refused.' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    if (invocation.positionals.length > 0) throw new Failure(`calc cost takes options only; found ${invocation.positionals.join(' ')}.`);
    const { json, text } = answer(invocation);
    process.stdout.write(format === 'json' ? `${jsonText(json)}\n` : text(paint(invocation.colour)));
    return 0;
  },
};

function answer(invocation: Invocation): CostAnswer {
  const given = (names: readonly string[]): string[] => names.filter((name) => invocation.options[name] !== undefined);
  const [machines, tokens] = [given(MACHINES), given(TOKENS)];
  if (machines.length > 0 && tokens.length > 0) throw new Failure(`--${machines[0]} is for machines and --${tokens[0]} for tokens; calculate one after the other.`);
  if (tokens.length > 0) return tokensCost(invocation);
  if (machines.length > 0) return machinesCost(invocation);
  throw new Failure('Machines or tokens? Such as --rate 40/s --price 1.006USD/h --capacity 350/s, or --volume 1M/day --tokens-in 500 --tokens-out 150 --price-in 0.15USD/Mtok --price-out 0.60USD/Mtok.');
}
