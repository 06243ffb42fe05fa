import { applyChanges } from '../../model/apply-changes.ts';
import type { Change } from '../../model/architecture.ts';
import { scaled } from '../../model/graph/interval.ts';
import { exactly, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { formatNumber } from '../format.ts';
import type { Context } from '../rule.ts';
import type { Service } from '../serving/services.ts';
import { objectiveGap, type ObjectiveGap } from './cost/budget.ts';
import { currencyOf, group, leavesOf, type CostGroup, type CostNode } from './cost/tree.ts';
import { costOf } from './costs.ts';
import type { Estimation } from './estimate.ts';
import type { PathAt, PathEstimate } from './path-estimate.ts';
import { eachOf, running, stationsOf, type Station } from './stations.ts';

/** What it would cost to keep an objective that is not sure to be kept at today’s peak. */
export interface ObjectiveCost {
  readonly from: string;
  readonly to: string;
  readonly objective: NonNullable<PathEstimate['objective']>;
  readonly verdict: 'missed' | 'open';
  /** Replicas with which it would be kept, of the services that need more of them, and those that run at the peak today. */
  readonly replicas: readonly { readonly component: string; readonly count: number; readonly now: number }[];
  /** Over the services that need more replicas; undefined where nobody can say, and `unknown` says why. */
  readonly cost?: ObjectiveGap & { readonly currency: string };
  readonly unknown?: string;
  readonly assumptions: readonly string[];
}

/** The ways of an estimate that miss their objective at today’s peak, or may, with what keeping it costs a month. */
export function objectiveCosts(context: Context, { paths, cost }: Pick<Estimation, 'paths' | 'cost'>): ObjectiveCost[] {
  return paths.flatMap((path) => {
    const now = path.at.find(({ multiple }) => multiple === 1);
    return path.objective && (now?.verdict === 'missed' || now?.verdict === 'open') ? costOfPath(context, path, path.objective, now, cost.tree) : [];
  });
}

function costOfPath(context: Context, path: PathEstimate, objective: NonNullable<PathEstimate['objective']>, { verdict, sizing }: PathAt, today: CostGroup): ObjectiveCost[] {
  const base = { from: path.from, to: path.to, objective, verdict: verdict as ObjectiveCost['verdict'], replicas: [], assumptions: [] };
  if (sizing?.obstacle !== undefined) return verdict === 'missed' ? [{ ...base, unknown: sizing.obstacle }] : [];
  const stations = new Map(stationsOf(context).map((station) => [station.component.name, station]));
  const raised = (sizing?.replicas ?? []).flatMap(({ component, count }) => {
    const station = stations.get(component);
    const now = station && runningNow(station);
    return station && now !== undefined && count > now ? [{ station, component, count, now }] : [];
  });
  // As many replicas as run today would do in the middle of the band: more of them are no answer to an open question.
  if (raised.length === 0) return [];
  const replicas = raised.map(({ component, count, now }) => ({ component, count, now }));
  const edits = raised.map(({ station, count, now }) => raise(station, count, now));
  const changed: Context = { ...context, architecture: applyChanges(context.architecture, edits.flatMap(({ changes }) => changes)) };
  const meeting = costOf(changed, stationsOf(changed)).tree;
  const only = (tree: CostGroup): CostGroup => group('', tree.parts.filter(({ name }) => replicas.some(({ component }) => component === name)));
  const [before, after] = [only(today), only(meeting)];
  const assumptions = edits.flatMap(({ assumption }) => assumption ?? []);
  const missing = machinesWithoutPrice(after, replicas.map(({ component }) => component));
  if (missing !== undefined) return [{ ...base, replicas, unknown: missing, assumptions }];
  const currency = currencyOf(after) ?? 'USD';
  return [{ ...base, replicas, cost: { ...objectiveGap(before, after, currency), currency }, assumptions }];
}

function runningNow({ replicas, traffic, kept, ...rest }: Station): number | undefined {
  const each = eachOf({ ...rest, kept });
  return replicas && traffic && each !== undefined ? running(replicas, traffic.value * (1 - kept), each) : undefined;
}

/** More replicas as the author would declare them: where they scale, the busy share that scaling aims at falls. */
function raise(station: Station, count: number, now: number): { readonly changes: Change[]; readonly assumption?: string } {
  const service = station.component as Service;
  const [declared, cost, scaling] = [value(service, 'replicas'), value(service, 'cost'), value(service, 'autoscale')];
  const name = service.name;
  const set = (property: string, to: unknown): Change => ({ op: 'set', subject: name, property, value: to });
  if (cost) return { changes: [set('cost', scaled(cost, count / now))], assumption: `the declared cost of ${name} grows in proportion to its replicas` };
  const [each, rate] = [eachOf(station), (station.traffic?.value ?? 0) * (1 - station.kept)];
  if (station.replicas?.target === undefined || each === undefined) return { changes: [set('replicas', exactly(count, '1'))] };
  const share = rate / (each * count);
  const most = Math.max(station.replicas.most, count);
  const range: Quantity = { low: declared?.low ?? 1, high: most, unit: '1' };
  return { changes: [set('replicas', range), set('autoscale', { ...scaling, on: 'utilisation', at: exactly(share, '1') })], assumption: `scaling of ${name} aims at ${formatNumber(Number((share * 100).toPrecision(2)))} % busy` };
}

/** Why the machines of one of the services have no price; undefined where all have one. */
function machinesWithoutPrice(tree: CostGroup, names: readonly string[]): string | undefined {
  for (const name of names) {
    const part = tree.parts.find((candidate): candidate is CostNode => candidate.name === name);
    const open = part && leavesOf(part).find(({ leaf }) => leaf.kind === 'unknown')?.leaf;
    if (!part) return `what ${name} costs is not declared`;
    if (open?.kind === 'unknown') return `${open.reason}; needs ${open.settledBy}`;
  }
  return undefined;
}
