import type { Estimation } from '../analysis/estimation/estimate.ts';
import type { PathEstimate } from '../analysis/estimation/path-estimate.ts';
import type { Percentiles, StationEstimate } from '../analysis/estimation/station-estimate.ts';
import { costJson } from './cost-json.ts';
import { comparisonJson, monitorJson } from './plans-json.ts';
import { quantityJson } from './quantity-json.ts';
import { surgeJson } from './surge-json.ts';

/** The figures for programs: `estimate --format json`. SI base units; money in the currency of the system. */
export interface EstimateJson {
  readonly schemaVersion: 1;
  readonly systems: readonly SystemEstimateJson[];
}

export interface SystemEstimateJson {
  readonly name: string;
  readonly file: string;
  readonly multiples: readonly number[];
  readonly bottleneck: object | null;
  readonly cost: object;
  readonly stations: readonly object[];
  readonly paths: readonly object[];
  /** What happens to services that are scaled when traffic rises. */
  readonly surges: readonly object[];
  /** Experiments and rollouts that must see a difference or a sample. */
  readonly experiments: readonly object[];
  /** Monitors with a statistical test. */
  readonly monitors: readonly object[];
  readonly missing: Estimation['missing'];
  /** What a bill leads to, and what stands beside it; where it was asked for. */
  readonly besideBill?: object;
  /** Numbers to measure, the one that narrows an answer most first; where it was asked for. */
  readonly measureNext?: readonly object[];
  /** Techniques with what they would change; where it was asked for. */
  readonly whatIf?: readonly object[];
}

/** What is computed beside the estimate of a system. */
export type BesideEstimate = Pick<SystemEstimateJson, 'besideBill' | 'measureNext' | 'whatIf'>;

/** @param beside For each estimation, in the same order. */
export const estimateJson = (estimations: readonly Estimation[], beside: readonly BesideEstimate[] = []): EstimateJson => ({ schemaVersion: 1, systems: estimations.map((estimation, index) => ({ ...systemJson(estimation), ...beside[index] })) });

function systemJson({ system, file, multiples, bottleneck, stations, paths, surges, cost, experiments, monitors, missing }: Estimation): SystemEstimateJson {
  return {
    name: system,
    file,
    multiples,
    bottleneck: bottleneck ? { component: bottleneck.component, multiple: quantityJson(bottleneck.multiple), ...(bottleneck.exhausted && { exhausted: { months: { ...bottleneck.exhausted.months, unit: 'month' }, date: bottleneck.exhausted.date, growth: bottleneck.exhausted.growth } }) } : null,
    cost: costJson(cost),
    stations: stations.map(stationJson),
    paths: paths.map(pathJson),
    surges: surges.map(surgeJson),
    experiments: experiments.map(comparisonJson),
    monitors: monitors.map(monitorJson),
    missing,
  };
}

function stationJson({ component, kind, traffic, capacity, breaksAt, losses, retries, at }: StationEstimate): object {
  return {
    component,
    kind,
    ...(traffic && { traffic: quantityJson(traffic) }),
    ...(capacity && { capacity: quantityJson(capacity) }),
    ...(breaksAt && { breaksAt: quantityJson(breaksAt) }),
    losses: losses.map(({ lost, left, utilisation, holds }) => ({ lost, left, utilisation, holds })),
    ...(retries && { retries: { ...(retries.settles !== undefined && { settles: retries.settles }), ...(retries.factor && { factor: quantityJson(retries.factor) }), ...(retries.timedOut && { timedOut: quantityJson(retries.timedOut) }) } }),
    at: at.map(({ multiple, rate, replicas, needed, utilisation, takes, latency, firstToken, perToken, nearlyFull }) => ({
      multiple,
      rate: quantityJson(rate),
      ...(replicas !== undefined && { replicas }),
      ...(needed !== undefined && { needed }),
      ...(utilisation && { utilisation: quantityJson(utilisation) }),
      ...(takes !== undefined && { overloaded: { takes } }),
      ...(latency && { latency: percentilesJson(latency) }),
      ...(firstToken && { firstToken: quantityJson(firstToken) }),
      ...(perToken && { perToken: quantityJson(perToken) }),
      ...(nearlyFull && { nearlyFull }),
    })),
  };
}

function pathJson({ from, to, objective, at, missing }: PathEstimate): object {
  return {
    from,
    to,
    ...(objective && { objective: { holder: objective.holder, percentile: objective.percentile, seconds: objective.limit.high } }),
    at: at.map(({ multiple, latency, overloaded, verdict, sizing }) => ({ multiple, ...(latency && { latency: percentilesJson(latency) }), ...(overloaded.length > 0 && { overloaded }), ...(verdict && { verdict }), ...(sizing && { sizing }) })),
    ...(missing.length > 0 && { missing }),
  };
}

const percentilesJson = ({ p50, p95, p99 }: Percentiles): object => ({ p50: quantityJson(p50), p95: quantityJson(p95), p99: quantityJson(p99) });
