import { applyChanges } from '../../model/apply-changes.ts';
import type { Architecture, Change } from '../../model/architecture.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { exactly, middle, type Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { meanRateOf } from '../serving/mean-load.ts';
import type { Service } from '../serving/services.ts';
import { group, leavesOf, totalOf } from './cost/tree.ts';
import { estimate, estimateWith, type Estimation } from './estimate.ts';
import { bandOf } from './estimated.ts';
import { partsOf } from './parts.ts';
import { BAND_SCORE, banded, USUAL_LOG_SD } from './quantity.ts';
import { DECLARED_SIGMA, type Replica } from './replica.ts';
import { stationsOf, stationsWith, type Station, type Work } from './stations.ts';

/** A number that nobody has measured, and how much more would be known if somebody did. */
export interface MeasureNext {
  readonly component: string;
  readonly property: string;
  /** What it narrows: the multiple of today’s peak at which the first station is full, the tail of a way with an objective, or the bill. */
  readonly narrows: Narrowed;
  /** The way whose latency it narrows. */
  readonly way?: { readonly from: string; readonly to: string };
  /** The band of today, and the one after a measurement that finds the value taken today. Undefined where nothing can be said until then. */
  readonly from?: Ends;
  readonly to?: Ends;
  /** `Declare `throughput` of Scorer from a load test`. */
  readonly how: string;
}

export type Narrowed = 'bottleneck' | 'latency' | 'cost';

/** Ends of an 80 % band: multiples of today’s peak, seconds, or money a month. Without an upper end where only a lower bound is known. */
export interface Ends {
  readonly low: number;
  readonly high?: number;
}

/** What an estimate answers, each as a band: `key` tells answers apart. */
interface Answer {
  readonly key: string;
  readonly narrows: Narrowed;
  readonly way?: MeasureNext['way'];
  readonly ends: Ends;
  /** How far it is open: the logarithm of the width of its band, and more where that is only a bound. */
  readonly width: number;
}

/** Something to measure, and the model as if it had been measured with the value that is taken today. */
interface Candidate {
  readonly component: string;
  readonly property: string;
  readonly how: string;
  readonly changes?: readonly Change[];
  readonly work?: Work;
}

/** Bands that shrink by less than this factor are not worth a measurement. */
const LEAST_FACTOR = 1.05;

/** A figure that is only a bound is as open as a band this much wider: a band says more than any bound. */
const UNBOUNDED = Math.log(100);

/**
 * What to measure next, the number that narrows an answer most first: each uncertain input in turn is given the spread of a
 * measurement (a standard deviation of a tenth) at the value taken today, and the estimate of the part of the system that it
 * belongs to is solved again. What is not known at all comes first where an answer waits for it, and last where none does.
 */
export function measureNext(context: Context, parts: readonly Architecture[] = partsOf(context.architecture)): MeasureNext[] {
  const before = estimate(context, [1]);
  const answers = answersOf(before);
  const partOf = new Map(parts.flatMap((part) => [...part.components.keys()].map((name) => [name, part] as const)));
  const found = candidatesOf(context).flatMap((candidate) => {
    const architecture = partOf.get(candidate.component) ?? context.architecture;
    const after = measured({ ...context, architecture }, candidate);
    return narrowings(candidate, answers, answersOf(architecture === context.architecture ? after : withPart(context, before, after, architecture)));
  });
  const known = new Set(found.map(({ next }) => `${next.component}.${next.property}`));
  const open = unknownInputs(before, answers, found).filter(({ next }) => !known.has(`${next.component}.${next.property}`));
  return [...found, ...open].sort((a, b) => (a.gain === b.gain ? ORDER[a.next.narrows] - ORDER[b.next.narrows] : b.gain - a.gain)).map(({ next }) => next);
}

interface Narrowing {
  readonly next: MeasureNext;
  /** By how much the logarithm of the width of the band falls; infinite where an answer waits for it, zero where none does. */
  readonly gain: number;
}

/** Among equals a promise that may be broken counts most. */
const ORDER: Readonly<Record<Narrowed, number>> = { latency: 0, bottleneck: 1, cost: 2 };

function measured(context: Context, { component, changes = [], work }: Candidate): Estimation {
  const changed: Context = { ...context, architecture: applyChanges(context.architecture, changes) };
  return estimateWith(changed, work ? stationsWith(changed, new Map([[component, work]])) : stationsOf(changed), [1]);
}

/** What answers are made from, where one part of a system was estimated anew and the others are as they were. */
function withPart({ architecture }: Context, before: Answered, after: Answered, part: Architecture): Answered {
  const isOther = (name: string): boolean => !part.components.has(name);
  const bills = new Map([...before.cost.tree.parts.filter(({ name }) => isOther(name)), ...after.cost.tree.parts].map((bill) => [bill.name, bill]));
  const tree = group(before.cost.tree.name, [...architecture.components.keys()].flatMap((name) => bills.get(name) ?? []));
  return { stations: [...before.stations.filter(({ component }) => isOther(component)), ...after.stations], paths: after.paths, cost: { tree, total: totalOf(tree) } };
}

interface Answered {
  readonly stations: Estimation['stations'];
  readonly paths: Estimation['paths'];
  readonly cost: Pick<Estimation['cost'], 'tree' | 'total'>;
}

/** Of each kind of answer the one that a candidate narrows most. */
function narrowings({ component, property, how }: Candidate, before: readonly Answer[], after: readonly Answer[]): Narrowing[] {
  const all = before.flatMap((known): Narrowing[] => {
    const other = after.find(({ key }) => key === known.key);
    if (!other) return [];
    const gain = known.width - other.width;
    return gain > Math.log(LEAST_FACTOR) ? [{ gain, next: { component, property, narrows: known.narrows, ...(known.way && { way: known.way }), from: known.ends, to: other.ends, how } }] : [];
  });
  return (['bottleneck', 'latency', 'cost'] as const).flatMap((kind) => all.filter(({ next }) => next.narrows === kind).sort((a, b) => b.gain - a.gain).slice(0, 1));
}

function answersOf({ stations, paths, cost }: Answered): Answer[] {
  const multiples = stations.flatMap(({ breaksAt }) => breaksAt ?? []);
  const tails = paths.flatMap(({ from, to, objective, at }): Answer[] => {
    const figure = objective && at[0]?.latency?.[objective.percentile];
    return figure ? [answer(`${from} ${to}`, 'latency', figure, { low: figure.low, high: figure.bound ? Number.POSITIVE_INFINITY : figure.high }, { from, to })] : [];
  });
  // The first of several to be full is so at the least of their multiples, whichever it is: the ends of the least are the least of the ends.
  const least = (ends: readonly number[]): number => Math.min(...ends);
  const first = answer('bottleneck', 'bottleneck', { low: least(multiples.map(({ low }) => low)), high: least(multiples.map(({ high }) => high)) }, {
    low: least(multiples.map(({ low, bound }) => (bound === 'at most' ? 0 : low))),
    high: least(multiples.map(({ high, bound }) => (bound === 'at least' ? Number.POSITIVE_INFINITY : high))),
  });
  return [...(multiples.length > 0 ? [first] : []), ...tails, ...(cost.total.value > 0 ? [answer('cost', 'cost', cost.total, cost.total)] : [])];
}

/**
 * @param band As if nothing of it were a bound.
 * @param ends With what is known of it: from zero, or to infinity, where it is one.
 */
function answer(key: string, narrows: Narrowed, band: Band, ends: Band, way?: MeasureNext['way']): Answer {
  const bounded = ends.low > 0 && Number.isFinite(ends.high);
  return { key, narrows, ...(way && { way }), ends: { low: ends.low, ...(Number.isFinite(ends.high) && { high: ends.high }) }, width: (band.low > 0 ? Math.log(band.high / band.low) : UNBOUNDED) + (bounded ? 0 : UNBOUNDED) };
}

interface Band {
  readonly low: number;
  readonly high: number;
}

function candidatesOf(context: Context): Candidate[] {
  const { architecture, settings } = context;
  const consumers = componentsOf(architecture, 'consumer').flatMap((consumer): Candidate[] => {
    const peak = peakOf(architecture, consumer, settings.thresholds.peakFactor);
    const mean = meanRateOf(context, consumer);
    const { name } = consumer;
    if (peak && isVague(peak.value, peak.assumptions)) return [stated(name, 'peak', around(peak.value), `Declare \`peak\` of ${name} from its busiest hours`)];
    // A mean that is reckoned from the peak rests on the usual factor between the two.
    const declared = value(consumer, 'average') ?? value(consumer, 'volume');
    return mean && (declared ? isVague(declared, []) : value(consumer, 'peak') !== undefined && value(consumer, 'peak_factor') === undefined) ? [stated(name, 'average', around(mean), `Declare \`average\` of ${name} from a week of its traffic`)] : [];
  });
  return [...consumers, ...stationsOf(context).flatMap(stationCandidates)];
}

const stated = (component: string, property: string, declared: Quantity, how: string): Candidate => ({ component, property, how, changes: [{ op: 'set', subject: component, property, value: declared }] });

/** As a measurement would give it: the value taken today, with the spread of what is measured. */
const around = (quantity: Quantity): Quantity => ({ ...bandOf(middle(quantity), DECLARED_SIGMA), unit: quantity.unit });

const isVague = ({ low, high }: Quantity, assumptions: readonly string[]): boolean => assumptions.length > 0 || (low > 0 && Math.log(high / low) > 2 * BAND_SCORE * DECLARED_SIGMA + 1e-9);

function stationCandidates(station: Station): Candidate[] {
  if (station.component.kind !== 'service') return [];
  const { replica, replicas, language } = station;
  const { name } = station.component as Service;
  return [
    ...(replica ? replicaCandidates(name, replica) : []),
    ...(language ? [{ component: name, property: 'throughput', how: `Declare \`throughput\` of ${name} from a load test`, work: { language: { ...language, most: { ...language.most, requests: banded(language.most.requests.value, 'req/s', 'measured') } } } }] : []),
    ...((replica ?? language) && replicas?.assumed === true ? [stated(name, 'replicas', exactly(replicas.most, '1'), `Declare \`replicas\` of ${name}`)] : []),
  ];
}

function replicaCandidates(name: string, replica: Replica): Candidate[] {
  const surely: Replica = { ...replica, sigma: USUAL_LOG_SD.measured, provenance: 'measured', assumptions: [] };
  const widest = replica.inputs.reduce<Replica['inputs'][number] | undefined>((a, b) => (a && spreadOf(a.value) >= spreadOf(b.value) ? a : b), undefined);
  return [
    ...(replica.least ? [stated(name, 'concurrency', exactly(replica.streams, '1'), `Declare \`concurrency\` of ${name}`)] : []),
    ...(replica.batching && replica.provenance !== 'measured'
      ? [{ component: name, property: 'throughput', how: `Declare \`throughput\` of ${name} from a load test with full batches`, work: { replica: surely } }]
      : replica.sigma > DECLARED_SIGMA && widest && spreadOf(widest.value) > 1
        ? [{ component: name, property: widest.property, how: `Declare \`${widest.property}\` of ${name} from a load test, in place of a range`, work: { replica: surely } }]
        : []),
  ];
}

const spreadOf = ({ low, high }: Quantity): number => (low > 0 ? high / low : 1);

const TIMES: ReadonlySet<string> = new Set(['service_time', 'latency']);

/** What is not declared at all: nobody can say how narrow an answer would be with it, only that there is none without it. */
function unknownInputs(estimation: Estimation, answers: readonly Answer[], found: readonly Narrowing[]): Narrowing[] {
  const { missing, paths, cost } = estimation;
  const bounds = (narrows: Narrowed): boolean => found.some(({ next }) => next.narrows === narrows && next.to?.high !== undefined);
  const unbounded = (narrows: Narrowed): boolean => !bounds(narrows) && !answers.some((known) => known.narrows === narrows && known.width < UNBOUNDED);
  const declared = missing.map(({ component, property }): Narrowing => {
    const narrows = TIMES.has(property) ? ('latency' as const) : ('bottleneck' as const);
    const way = narrows === 'latency' ? paths.find((path) => path.objective && path.missing.includes(component)) : undefined;
    const waits = narrows === 'latency' ? way !== undefined : unbounded('bottleneck');
    return { gain: waits ? Number.POSITIVE_INFINITY : 0, next: { component, property, narrows, ...(way && { way: { from: way.from, to: way.to } }), how: `Declare \`${property}\` of ${component}` } };
  });
  const prices = leavesOf(cost.tree).flatMap(({ path, leaf }): Narrowing[] => (leaf.kind === 'unknown' ? [{ gain: unbounded('cost') ? Number.POSITIVE_INFINITY : 0, next: { component: path[1] ?? leaf.name, property: 'cost', narrows: 'cost', how: `Declare ${leaf.settledBy}` } }] : []));
  return [...declared, ...prices];
}
