import { batchingCapacity, type BatchingStation } from '../../analysis/estimation/queueing/batching-capacity.ts';
import { respondInBatches } from '../../analysis/estimation/queueing/batching.ts';
import { formatDuration, formatNumber } from '../../analysis/format.ts';
import { oneOf, textOption, type Command, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import { paint } from '../paint.ts';
import { numberOption, requiredNumber } from './arguments.ts';
import { jsonText, percent } from './cost-output.ts';

export const batch: Command = {
  name: 'calc batch',
  summary: 'Calculate what dynamic batching takes: capacity, how large batches get, latency.',
  usage: 'calc batch --rate RATE --fixed TIME --per-item TIME --max-batch N [options]',
  example: 'mlarch calc batch --rate 2000/s --fixed 1.5ms --per-item 0.4ms --max-batch 16 --delay 2ms --streams 2 --replicas 8 --queue central --slo 50ms',
  options: {
    rate: { type: 'string', value: 'RATE', doc: 'Requests that arrive at all replicas, such as 2000/s.' },
    fixed: { type: 'string', value: 'TIME', doc: 'Time of a batch of any size, such as 1.5ms.' },
    'per-item': { type: 'string', value: 'TIME', doc: 'Time that each request in a batch adds, such as 0.4ms.' },
    'max-batch': { type: 'string', value: 'N', doc: 'Most requests in a batch.' },
    delay: { type: 'string', value: 'TIME', doc: 'Longest wait for others to fill a batch (default: none).' },
    streams: { type: 'string', value: 'N', doc: 'Batches at work at once on one accelerator: their fixed times overlap, the rest does not (default: 1).' },
    replicas: { type: 'string', value: 'N', doc: 'Accelerators (default: 1).' },
    queue: { type: 'string', value: 'WHERE', doc: 'replica (default): each has a queue of its own; central: one for all.' },
    scv: { type: 'string', value: 'N', doc: 'Variance of the time of a batch over its squared mean (default: 0, the same each time).' },
    slo: { type: 'string', value: 'TIME', doc: 'Latency objective: the share of requests within it.' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    if (invocation.positionals.length > 0) throw new Failure(`calc batch takes options only; found ${invocation.positionals.join(' ')}.`);
    const answer = answerTo(stationOf(invocation), numberOption(invocation, 'slo', 'duration'));
    process.stdout.write(format === 'json' ? `${jsonText(answer)}\n` : textOf(answer, paint(invocation.colour)));
    return 0;
  },
};

function stationOf(invocation: Invocation): BatchingStation {
  const [fixed, perItem] = [requiredNumber(invocation, 'fixed', 'duration'), requiredNumber(invocation, 'per-item', 'duration')];
  if (fixed + perItem === 0) throw new Failure('--fixed and --per-item cannot both be zero: a batch takes some time.');
  const arrivalRate = requiredNumber(invocation, 'rate', 'rate');
  if (arrivalRate === 0) throw new Failure('--rate must be above 0: nobody asks, so nobody waits.');
  return {
    arrivalRate,
    fixed,
    perItem,
    maxBatch: requiredNumber(invocation, 'max-batch', 'count', { min: 1, max: 1_000_000, integer: true }),
    delay: numberOption(invocation, 'delay', 'duration') ?? 0,
    instances: numberOption(invocation, 'streams', 'count', { min: 1, max: 1000, integer: true }) ?? 1,
    replicas: numberOption(invocation, 'replicas', 'count', { min: 1, max: 1_000_000, integer: true }) ?? 1,
    topology: oneOf('queue', textOption(invocation, 'queue'), ['replica', 'central'] as const, 'replica'),
    serviceScv: numberOption(invocation, 'scv', 'number', { max: 4 }) ?? 0,
  };
}

/** In requests a second and seconds; what has no value at or above capacity is null. */
interface Answer {
  readonly capacity: number;
  readonly utilisation: number;
  readonly saturated: boolean;
  readonly nearSaturation: boolean;
  /** Capacity over rate: the factor of this traffic that it takes. */
  readonly multiple: number;
  readonly meanBatch: number | null;
  readonly busyFraction: number | null;
  readonly latency: { readonly mean: number; readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly slo?: { readonly within: number; readonly share: number };
}

function answerTo(station: BatchingStation, slo: number | undefined): Answer {
  const response = respondInBatches(station);
  const capacity = batchingCapacity(station);
  const common = { capacity, utilisation: response.utilisation, multiple: capacity / station.arrivalRate };
  const within = (share: number): Pick<Answer, 'slo'> => (slo === undefined ? {} : { slo: { within: slo, share } });
  if ('saturated' in response) return { ...common, saturated: true, nearSaturation: true, meanBatch: null, busyFraction: null, latency: null, ...within(0) };
  const { meanBatch, busyFraction, nearSaturation, mean, quantile, tail } = response;
  return { ...common, saturated: false, nearSaturation, meanBatch, busyFraction, latency: { mean, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) }, ...within(slo === undefined ? 0 : 1 - tail(slo)) };
}

function textOf({ capacity, utilisation, saturated, nearSaturation, multiple, meanBatch, busyFraction, latency, slo }: Answer, { bold, yellow, red }: ReturnType<typeof paint>): string {
  const row = (label: string, text: string): string => `${bold(label.padEnd(12))}${text}`;
  const lines = [row('capacity', `${formatNumber(capacity)} req/s, of which ${percent(utilisation)} are asked for`)];
  if (saturated || !latency) lines.push(red(`saturated   the queue grows without end; ${formatNumber(Number(multiple.toPrecision(3)))} times this traffic is the most`));
  else {
    const time = (seconds: number): string => formatDuration(seconds);
    lines.push(row('batches', `${formatNumber(Number((meanBatch ?? 0).toPrecision(3)))} requests in the mean; instances work ${percent(busyFraction ?? 0)} of the time`));
    lines.push(row('latency', `${time(latency.mean)} in the mean, p50 ${time(latency.p50)}, p95 ${time(latency.p95)}, p99 ${time(latency.p99)}`));
    if (slo) lines.push(row('objective', `${percent(slo.share)} within ${time(slo.within)}`));
    if (nearSaturation) lines.push(yellow('! So near to capacity a small error of the traffic is a large one of the latency.'));
  }
  return `${lines.join('\n')}\n`;
}
