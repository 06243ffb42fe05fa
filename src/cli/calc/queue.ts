import { multipleFor, serversFor, type Objective, type Work } from '../../analysis/estimation/queueing/replicas.ts';
import { respond, type Response, type Saturated, type StationNote } from '../../analysis/estimation/queueing/station.ts';
import { formatDuration, formatNumber, formatShare } from '../../analysis/format.ts';
import { oneOf, textOption, type Command, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import { paint } from '../paint.ts';
import { numberOption, requiredNumber } from './arguments.ts';

export const queue: Command = {
  name: 'calc queue',
  summary: 'Calculate how busy equal servers behind one line are, and how long requests take.',
  usage: 'calc queue --rate RATE --service TIME --servers N [options]',
  example: 'mlarch calc queue --rate 200/s --service 40ms --servers 10 --slo 250ms --percentile 99%',
  options: {
    rate: { type: 'string', value: 'RATE', doc: 'Requests that arrive, such as 200/s.' },
    service: { type: 'string', value: 'TIME', doc: 'Mean time that a server works on a request, such as 40ms.' },
    servers: { type: 'string', value: 'N', doc: 'Requests worked on at once: replicas times workers of each. What --slo needs, if left out.' },
    'scv-arrival': { type: 'string', value: 'NUMBER', doc: 'Squared coefficient of variation of the times between requests (default: 1, Poisson; bursts are above).' },
    'scv-service': { type: 'string', value: 'NUMBER', doc: 'Squared coefficient of variation of the service times (default: 1, exponential; 0 is constant).' },
    slo: { type: 'string', value: 'TIME', doc: 'Latency objective, such as 250ms: says how many servers keep it.' },
    percentile: { type: 'string', value: 'SHARE', doc: 'Share of the requests that --slo is for (default: 95%).' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    if (invocation.positionals.length > 0) throw new Failure(`calc queue takes options only; found ${invocation.positionals.join(' ')}.`);
    const found = answer(invocation);
    process.stdout.write(format === 'json' ? `${JSON.stringify(jsonOf(found), (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value), 2)}\n` : textOf(found, paint(invocation.colour)));
    return 0;
  },
};

/** What an objective asks for. */
interface Asked extends Objective {
  /** Fewest servers that keep it; undefined where none do. */
  readonly needed?: number;
  /** Seconds that the percentile takes without any waiting, where that is too long. */
  readonly atBest?: number;
  /** The multiple of the traffic up to which the given servers keep it. */
  readonly takes: number;
}

interface Answer {
  readonly servers: number;
  readonly response: Response | Saturated;
  readonly asked?: Asked;
}

function answer(invocation: Invocation): Answer {
  const work: Work = {
    arrivalRate: requiredNumber(invocation, 'rate', 'rate'),
    serviceTime: requiredNumber(invocation, 'service', 'duration'),
    arrivalScv: numberOption(invocation, 'scv-arrival', 'number') ?? 1,
    serviceScv: numberOption(invocation, 'scv-service', 'number') ?? 1,
  };
  if (work.serviceTime === 0) throw new Failure('--service must be above zero.');
  const objective = objectiveOf(invocation);
  const given = numberOption(invocation, 'servers', 'count', { min: 1, integer: true });
  const fewest = objective && serversFor(work, objective);
  const servers = given ?? (fewest && 'servers' in fewest ? fewest.servers : undefined);
  if (servers === undefined && fewest && 'unreachable' in fewest) throw new Failure(`No number of servers keeps the objective: without any waiting ${shareText(objective.percentile)} take ${formatDuration(fewest.atBest)}. Give --servers to see the latency all the same.`);
  if (servers === undefined) throw new Failure('--servers is needed, such as --servers 10; or an objective, such as --slo 250ms.');
  const station = { ...work, servers };
  return {
    servers,
    response: respond(station),
    ...(objective && fewest && { asked: { ...objective, ...('servers' in fewest ? { needed: fewest.servers } : { atBest: fewest.atBest }), takes: multipleFor(station, objective) } }),
  };
}

function objectiveOf(invocation: Invocation): Objective | undefined {
  const limit = numberOption(invocation, 'slo', 'duration');
  const percentile = numberOption(invocation, 'percentile', 'ratio', { max: 1 });
  if (limit === undefined) {
    if (percentile !== undefined) throw new Failure('--percentile says for which share --slo holds; give --slo too, such as --slo 250ms.');
    return undefined;
  }
  if (percentile === 1 || percentile === 0) throw new Failure('--percentile must be above 0 % and below 100 %: the longest wait has no bound.');
  return { limit, percentile: percentile ?? 0.95 };
}

/** The percentiles of every answer. */
const PERCENTILES = [['p50', 0.5], ['p95', 0.95], ['p99', 0.99]] as const;

function jsonOf({ servers, response, asked }: Answer): object {
  const objective = asked && { slo: { percentile: asked.percentile, limit: asked.limit, ...('saturated' in response ? { kept: false } : { kept: response.tail(asked.limit) <= 1 - asked.percentile }), takes: asked.takes }, ...(asked.needed === undefined ? { atBest: asked.atBest } : { needed: asked.needed }) };
  if ('saturated' in response) return { servers, utilisation: response.utilisation, saturated: true, takes: response.multiple, ...objective };
  const { utilisation, waitProbability, mean, quantile, notes } = response;
  const latency = { mean, ...Object.fromEntries(PERCENTILES.map(([name, p]) => [name, quantile(p)])) };
  return { servers, utilisation, waitProbability, latency, ...(notes.length > 0 && { notes }), ...objective };
}

const NOTES: Readonly<Record<StationNote, string>> = {
  'near saturation': 'near saturation: a small error of the traffic is a large one of the latency, so read it as “at least”',
  'heavy-tailed service': 'service times vary very much: the percentiles are rough',
  'bursty arrivals': 'arrivals come in bursts: look at the busiest minute too',
};

const shareText = (value: number): string => formatShare({ low: value, high: value, unit: '1' });
const rounded = (value: number): string => formatNumber(Number(value.toPrecision(3)));
const serversText = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'server' : 'servers'}`;

function textOf({ servers, response, asked }: Answer, { bold, dim, red, green, yellow }: ReturnType<typeof paint>): string {
  const lines: string[] = [];
  if ('saturated' in response) {
    lines.push(red(`${serversText(servers)} cannot keep up: busy ${rounded(response.utilisation * 100)} %. They take ${rounded(response.multiple)} times this traffic, and the line grows without end.`));
  } else {
    const { utilisation, waitProbability, mean, quantile, notes } = response;
    lines.push(`${serversText(servers)}, busy ${bold(`${rounded(utilisation * 100)} %`)} of the time; ${rounded(waitProbability * 100)} % of the requests wait`);
    lines.push(`${dim('mean')} ${formatDuration(mean)}   ${PERCENTILES.map(([name, p]) => `${dim(name)} ${bold(formatDuration(quantile(p)))}`).join('   ')}`);
    lines.push(...notes.map((note) => yellow(NOTES[note])));
  }
  if (asked) {
    const kept = !('saturated' in response) && response.tail(asked.limit) <= 1 - asked.percentile;
    const wish = `${shareText(asked.percentile)} within ${formatDuration(asked.limit)}`;
    const reach = asked.takes > 0 ? `, up to ${rounded(asked.takes)} times this traffic` : '';
    lines.push(kept ? green(`${wish}: kept${reach}`) : red(`${wish}: not kept${asked.takes > 0 ? `; it would be at ${rounded(asked.takes)} times this traffic` : ''}`));
    lines.push(asked.needed !== undefined ? `${serversText(asked.needed)} ${asked.needed === 1 ? 'is' : 'are'} ${asked.needed < servers ? 'enough' : 'needed'} for it` : `no number of servers keeps it: without any waiting it takes ${formatDuration(asked.atBest ?? 0)}`);
  }
  return `${lines.join('\n')}\n`;
}
