import { applyChanges } from '../../model/apply-changes.ts';
import type { Change } from '../../model/architecture.ts';
import { scaled } from '../../model/graph/interval.ts';
import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { testedRate } from '../serving/load.ts';
import type { Service } from '../serving/services.ts';
import { estimateWith, type Estimation } from './estimate.ts';
import { keptShare } from './paths.ts';
import type { Provenance } from './provenance.ts';
import { isRefusal, type Refusal } from './quantity.ts';
import { timeAlone } from './replica.ts';
import { stateOf } from './station-state.ts';
import { eachOf, stationsWith, type Station, type Work } from './stations.ts';

export const TECHNIQUES = ['accelerator', 'batching', 'compilation', 'distillation', 'quantization', 'caching'] as const;
export type Technique = (typeof TECHNIQUES)[number];

/** What a technique changes of a service: what is declared of it, what its replicas do, or both. */
export interface Edit {
  readonly technique: Technique;
  /** What the author would write, or do: `batching dynamic max 32`. */
  readonly edits: readonly string[];
  readonly changes?: readonly Change[];
  readonly work?: (work: Work) => Work | Refusal;
  /** Loss of quality to expect; undefined where there is none. */
  readonly accuracy?: string;
  readonly provenance: Provenance;
  readonly assumptions: readonly string[];
}

/**
 * The estimate at today’s peak with one service edited. Edits of one service are made one after the other and solved
 * once: what two of them save together is what the queue makes of both, and no product of what each saves alone.
 *
 * @param also Further changes of what is declared.
 */
export function solveWith(context: Context, station: Station, edits: readonly Edit[], also: readonly Change[] = []): Estimation | Refusal {
  const service = station.component as Service;
  let work: Work = { ...(station.replica && { replica: station.replica }), ...(station.language && { language: station.language }) };
  for (const edit of edits) {
    const next = edit.work ? edit.work(work) : work;
    if (isRefusal(next)) return next;
    work = next;
  }
  const declared = applyChanges(context.architecture, [...edits.flatMap(({ changes }) => changes ?? []), ...also]);
  const retested = applyChanges(declared, loadTestAfter(service, station, workedStation(station, work, keptAfter(declared, service))));
  const changed: Context = { ...context, architecture: retested };
  return estimateWith(changed, stationsWith(changed, new Map([[service.name, work]])), [1]);
}

const keptAfter = (architecture: Context['architecture'], service: Service): number => {
  const edited = architecture.components.get(service.name);
  return edited && value(edited as Service, 'throughput') === undefined ? keptShare(architecture, edited) : 0;
};

const workedStation = (station: Station, { replica, language }: Work, kept: number): Station => ({
  component: station.component,
  kept,
  ...(station.traffic && { traffic: station.traffic }),
  ...(station.replicas && { replicas: station.replicas }),
  ...(station.arrivalScv !== undefined && { arrivalScv: station.arrivalScv }),
  ...(replica && { replica }),
  ...(language && { language }),
});

/**
 * What the load test would have shown: as much more as the replicas now take, in times that are as much shorter as those
 * of the model are. A test of the service as it was says nothing of it as it would be otherwise.
 */
function loadTestAfter(service: Service, before: Station, after: Station): Change[] {
  const test = value(service, 'load_test');
  const at = testedRate(service);
  const [then, now] = [eachOf(before), eachOf(after)];
  if (!test || !at || then === undefined || now === undefined) return [];
  const more = (now / then) * ((1 - before.kept) / (1 - after.kept));
  const timed = slowdown(before, middle(at), after, middle(at) * more);
  const times = timed === undefined ? {} : Object.fromEntries((['p50', 'p95', 'p99'] as const).flatMap((part) => (test[part] ? [[part, scaled(test[part], timed)]] : [])));
  const others = Object.fromEntries(Object.entries(test).filter(([part]) => !['p50', 'p95', 'p99', 'at'].includes(part)));
  return [{ op: 'set', subject: service.name, property: 'load_test', value: { ...others, ...times, at: scaled(at, more) } }];
}

/** By which factor the times of a service change between two of its states; undefined where no times of it are known. */
function slowdown(before: Station, rate: number, after: Station, rateAfter: number): number | undefined {
  if (before.replica === after.replica) return 1;
  if (before.replica?.timed !== true || !after.replica) return undefined;
  const [then, now] = [untested(before), untested(after)].map((station, index) => stateOf(station, index === 0 ? rate : rateAfter).latency?.quantile(0.95));
  return then !== undefined && now !== undefined && then > 0 ? now / then : timeAlone(after.replica) / timeAlone(before.replica);
}

/** The station as the model alone sees it. */
function untested(station: Station): Station {
  const properties = Object.fromEntries(Object.entries(station.component.properties).filter(([property]) => property !== 'load_test'));
  const { capacity: _, ...others } = station;
  return { ...others, component: { ...station.component, properties } };
}
