import { exactly } from '../../model/quantity.ts';
import { online } from '../../model/graph/online.ts';
import { value } from '../../model/statements.ts';
import { headroomOf } from '../serving/load.ts';
import type { Context } from '../rule.ts';
import type { Service } from '../serving/services.ts';
import type { CostTotal } from './cost/tree.ts';
import { estimate, type Estimation } from './estimate.ts';
import type { Estimated } from './estimated.ts';
import type { PathAt } from './path-estimate.ts';
import { weakest, type Provenance } from './provenance.ts';
import { isRefusal } from './quantity.ts';
import { stationsOf, type Station } from './stations.ts';
import { acceleratorEdits } from './what-if-accelerators.ts';
import { editsOf } from './what-if-techniques.ts';
import { solveWith, TECHNIQUES, type Edit, type Technique } from './what-if-variant.ts';

/** What a technique, or two of them together, would make of a service, solved anew with the queue and the bill. */
export interface WhatIf {
  readonly component: string;
  readonly techniques: readonly Technique[];
  readonly edits: readonly string[];
  readonly capacity: Change<Estimated>;
  /** The ways of requests over the service, at today’s peak. */
  readonly ways: readonly { readonly from: string; readonly to: string; readonly before: Tail; readonly after: Tail }[];
  /** The bill of the whole system, with as many replicas as are declared. */
  readonly cost: Change<CostTotal>;
  /** Fewer replicas, where so many are always on: they still take what all of them take today. */
  readonly fewer?: { readonly replicas: number; readonly before: number; readonly cost: CostTotal; readonly ways: readonly Tail[] };
  /** Money a month that is saved, with fewer replicas where they do; negative where it costs more, undefined where nobody can say. */
  readonly saving?: number;
  readonly accuracy?: string;
  readonly provenance: Provenance;
  readonly assumptions: readonly string[];
}

export interface Change<T> {
  readonly before?: T;
  readonly after?: T;
}

/** The slow end of a way; without a figure where it is overloaded or nothing is known of its times. */
export interface Tail {
  readonly p99?: Estimated;
  readonly overloaded: readonly string[];
  readonly verdict?: NonNullable<PathAt['verdict']>;
}

/** Changes below this share are no reason for anything. */
const LEAST_GAIN = 0.02;

/**
 * Everything that can be tried on the services of a system and that makes something better, the largest saving first; what
 * nobody can price comes last. Of each technique the best variant, and of each service the best two techniques together.
 */
export function whatIf(context: Context): WhatIf[] {
  const before = estimate(context, [1]);
  return stationsOf(context)
    .filter((station) => station.component.kind === 'service' && (station.replica ?? station.language))
    .flatMap((station) => offersFor(context, before, station))
    .sort(bestFirst);
}

interface Offer {
  readonly edits: readonly Edit[];
  readonly result: WhatIf;
}

function offersFor(context: Context, before: Estimation, station: Station): WhatIf[] {
  const tried = [...editsOf(context, station)].flatMap((edit) => offer(context, before, station, [edit]));
  const machine = otherMachine(context, before, station);
  const singles = TECHNIQUES.flatMap((technique) => [...tried, ...machine].filter(({ edits: [edit] }) => edit?.technique === technique).sort(byResult).slice(0, 1));
  // A distilled model is another model, with another accuracy: not a change that is made along with others.
  const joined = singles.filter(({ edits }) => edits.every(({ technique }) => technique !== 'distillation'));
  const pairs = joined.flatMap((first, index) => joined.slice(index + 1).flatMap((second) => offer(context, before, station, [...first.edits, ...second.edits])));
  const [pair] = pairs.sort(byResult);
  const better = pair && singles.every((single) => byResult(pair, single) < 0) ? [pair] : [];
  return [...singles, ...better].map(({ result }) => result);
}

const byResult = (a: Offer, b: Offer): number => bestFirst(a.result, b.result);

/** A solved trial, unless it cannot be solved, makes nothing better, or breaks an objective that is kept today. */
function offer(context: Context, before: Estimation, station: Station, edits: readonly Edit[]): Offer[] {
  const after = solveWith(context, station, edits);
  if (isRefusal(after)) return [];
  const result = compare(context, before, after, station, edits);
  return isBetter(result) && !breaksObjective(result) ? [{ edits, result }] : [];
}

/** The cheapest machine with which no objective is given up and the system still takes the growth that it must be ready for. */
function otherMachine(context: Context, before: Estimation, station: Station): Offer[] {
  for (const edit of acceleratorEdits(context, station)) {
    const [found] = offer(context, before, station, [edit]);
    if (!found) continue;
    const { result } = found;
    const [then, now] = [result.capacity.before?.value, result.capacity.after?.value];
    const enough = (station.traffic?.value ?? 0) * headroomOf(context);
    if (then === undefined || now === undefined || now < Math.min(then, enough)) continue;
    if ((result.saving ?? 0) > 0 || objectiveGained(result)) return [found];
  }
  return [];
}

function compare(context: Context, before: Estimation, after: Estimation, station: Station, edits: readonly Edit[]): WhatIf {
  const name = station.component.name;
  const ways = waysOver(context, before, after, name);
  const fewer = withFewer(context, before, after, station, edits);
  const saving = savingOf(station, before.cost.total, [after.cost.total, ...(fewer ? [fewer.cost] : [])]);
  const accuracy = edits.flatMap((edit) => edit.accuracy ?? []).join('; ');
  const [then, now] = [capacityIn(before, name), capacityIn(after, name)];
  return {
    component: name,
    techniques: edits.map(({ technique }) => technique),
    edits: edits.flatMap((edit) => edit.edits),
    capacity: { ...(then && { before: then }), ...(now && { after: now }) },
    ways,
    cost: { before: before.cost.total, after: after.cost.total },
    ...(fewer && { fewer }),
    ...(saving !== undefined && { saving }),
    ...(accuracy !== '' && { accuracy }),
    provenance: weakest(...edits.map(({ provenance }) => provenance)),
    assumptions: [...new Set(edits.flatMap(({ assumptions }) => assumptions))],
  };
}

const capacityIn = ({ stations }: Estimation, name: string): Estimated | undefined => stations.find(({ component }) => component === name)?.capacity;

function waysOver({ architecture }: Context, before: Estimation, after: Estimation, name: string): WhatIf['ways'] {
  return before.paths.flatMap((path, index) => {
    const other = after.paths[index];
    if (!other || !online(architecture, path.from, path.to).names.includes(name)) return [];
    // A time that was known and is not any more would make the rest of the way look fast.
    const lost = other.missing.length > path.missing.length;
    return [{ from: path.from, to: path.to, before: tailOf(path.at[0]), after: lost ? { overloaded: [] } : tailOf(other.at[0]) }];
  });
}

const tailOf = (at: PathAt | undefined): Tail => ({ overloaded: at?.overloaded ?? [], ...(at?.latency && { p99: at.latency.p99 }), ...(at?.verdict && { verdict: at.verdict }) });

/** Two replicas stay where there are two: one of them may fail. */
const LEAST_REPLICAS = 2;

function withFewer(context: Context, before: Estimation, after: Estimation, station: Station, edits: readonly Edit[]): WhatIf['fewer'] {
  const service = station.component as Service;
  const [then, now] = [capacityIn(before, service.name), capacityIn(after, service.name)];
  const declared = value(service, 'replicas');
  if (!then || !now || !declared || declared.low !== declared.high || value(service, 'autoscale')) return undefined;
  const least = Math.max(Math.min(LEAST_REPLICAS, declared.low), Math.ceil((declared.low * then.value) / now.value - 1e-9));
  for (let [replicas, step] = [least, 1]; replicas < declared.low; replicas += step, step *= 2) {
    const solved = solveWith(context, station, edits, [{ op: 'set', subject: service.name, property: 'replicas', value: exactly(replicas, '1') }]);
    if (isRefusal(solved)) return undefined;
    const ways = waysOver(context, before, solved, service.name);
    // What takes as much may still be slower: then it is one more, and so on.
    if (!ways.some(({ before: was, after: is }) => isWorse(was, is))) return { replicas, before: declared.low, cost: solved.cost.total, ways: ways.map((way) => way.after) };
  }
  return undefined;
}

/** Unknown parts of a bill stay what they are, so that the difference is known; unless the service itself is one of them. */
function savingOf(station: Station, before: CostTotal, after: readonly CostTotal[]): number | undefined {
  const service = station.component as Service;
  // What is declared as a whole does not say what it is made of.
  if (value(service, 'cost') || value(service, 'runs_on')?.instance === undefined || ['office', 'on_demand'].includes(value(service, 'hours') ?? '')) return undefined;
  const comparable = after.filter((total) => total.currency === before.currency && total.unknown.length === before.unknown.length);
  return comparable.length === 0 ? undefined : before.value - Math.min(...comparable.map((total) => total.value));
}

const RANK = { met: 2, open: 1, missed: 0 } as const;

const isWorse = (before: Tail, after: Tail): boolean =>
  after.overloaded.length > before.overloaded.length || (before.verdict !== undefined && after.verdict !== undefined && RANK[after.verdict] < RANK[before.verdict]);

const breaksObjective = ({ ways }: WhatIf): boolean => ways.some(({ before, after }) => isWorse(before, after));

const objectiveGained = ({ ways }: WhatIf): boolean => ways.some(({ before, after }) => isWorse(after, before));

function isBetter(result: WhatIf): boolean {
  return gainOf(result) > LEAST_GAIN || savedShare(result) > LEAST_GAIN || objectiveGained(result) || result.ways.some(({ before, after }) => before.p99 !== undefined && after.p99 !== undefined && after.p99.value < before.p99.value * (1 - LEAST_GAIN));
}

const gainOf = ({ capacity: { before, after } }: WhatIf): number => (before && after ? after.value / before.value - 1 : 0);

const savedShare = ({ saving, cost }: WhatIf): number => (saving !== undefined && cost.before !== undefined && cost.before.value > 0 ? saving / cost.before.value : 0);

const slowest = ({ ways }: WhatIf): number => Math.max(0, ...ways.map(({ after }) => after.p99?.value ?? (after.overloaded.length > 0 ? Number.MAX_VALUE : 0)));

/** By what is saved, then by what it adds to the capacity, then by the slowest way; what nobody can price comes last. */
function bestFirst(a: WhatIf, b: WhatIf): number {
  if ((a.saving === undefined) !== (b.saving === undefined)) return a.saving === undefined ? 1 : -1;
  const saved = (b.saving ?? 0) - (a.saving ?? 0);
  if (Math.abs(saved) > 0.005) return saved;
  const gained = gainOf(b) - gainOf(a);
  return Math.abs(gained) > 1e-9 ? gained : slowest(a) - slowest(b);
}
