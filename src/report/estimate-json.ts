import type { Estimated } from '../analysis/estimation/estimated.ts';
import type { Estimation, PathEstimate, Percentiles, StationEstimate } from '../analysis/estimation/estimate.ts';

/** The figures for programs: `estimate --format json`. SI base units; money in the currency of the system. */
export interface EstimateJson {
  readonly schemaVersion: 1;
  readonly systems: readonly SystemEstimateJson[];
}

export interface SystemEstimateJson {
  readonly name: string;
  readonly file: string;
  readonly multiples: readonly number[];
  readonly bottleneck: { readonly component: string; readonly multiple: QuantityJson } | null;
  readonly stations: readonly object[];
  readonly paths: readonly object[];
  readonly missing: Estimation['missing'];
}

/** A figure: never a bare number. */
export interface QuantityJson {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly provenance: string;
  readonly bound?: string;
  readonly formula: string;
  readonly inputs: readonly { readonly component: string; readonly property: string; readonly low: number; readonly high: number; readonly unit: string }[];
  readonly assumptions: readonly string[];
}

export const estimateJson = (estimations: readonly Estimation[]): EstimateJson => ({ schemaVersion: 1, systems: estimations.map(systemJson) });

function systemJson({ system, file, multiples, bottleneck, stations, paths, missing }: Estimation): SystemEstimateJson {
  return {
    name: system,
    file,
    multiples,
    bottleneck: bottleneck ? { component: bottleneck.component, multiple: quantityJson(bottleneck.multiple) } : null,
    stations: stations.map(stationJson),
    paths: paths.map(pathJson),
    missing,
  };
}

function stationJson({ component, kind, traffic, capacity, breaksAt, at }: StationEstimate): object {
  return {
    component,
    kind,
    ...(traffic && { traffic: quantityJson(traffic) }),
    ...(capacity && { capacity: quantityJson(capacity) }),
    ...(breaksAt && { breaksAt: quantityJson(breaksAt) }),
    at: at.map(({ multiple, rate, replicas, utilisation, takes, latency, nearlyFull }) => ({
      multiple,
      rate: quantityJson(rate),
      ...(replicas !== undefined && { replicas }),
      ...(utilisation && { utilisation: quantityJson(utilisation) }),
      ...(takes !== undefined && { overloaded: { takes } }),
      ...(latency && { latency: percentilesJson(latency) }),
      ...(nearlyFull && { nearlyFull }),
    })),
  };
}

function pathJson({ from, to, objective, at, missing }: PathEstimate): object {
  return {
    from,
    to,
    ...(objective && { objective: { holder: objective.holder, percentile: objective.percentile, seconds: objective.limit.high } }),
    at: at.map(({ multiple, latency, overloaded, verdict }) => ({ multiple, ...(latency && { latency: percentilesJson(latency) }), ...(overloaded.length > 0 && { overloaded }), ...(verdict && { verdict }) })),
    ...(missing.length > 0 && { missing }),
  };
}

const percentilesJson = ({ p50, p95, p99 }: Percentiles): object => ({ p50: quantityJson(p50), p95: quantityJson(p95), p99: quantityJson(p99) });

export function quantityJson({ value, low, high, unit, provenance, bound, formula, inputs, assumptions }: Estimated): QuantityJson {
  return {
    value,
    low,
    high,
    unit,
    provenance,
    ...(bound && { bound }),
    formula,
    inputs: inputs.map((input) => ({ component: input.component, property: input.property, low: input.value.low, high: input.value.high, unit: input.value.unit })),
    assumptions,
  };
}
