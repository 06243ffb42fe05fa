import type { Component } from '../../model/architecture.ts';
import { middle } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import type { DeclaredMonitor } from '../experiments/declared-plan.ts';
import type { Context } from '../rule.ts';
import { meanLoadOf } from '../serving/mean-load.ts';
import { consumersOf, type Service } from '../serving/services.ts';
import { OBJECT_STORAGE_LIST_PRICE, samplingFor, storageNode, type PredictionLog, type Sampling } from './cost/monitoring.ts';
import { PUBLISHED_BANDS, type PublishedBand } from './cost/published-bands.ts';
import type { CostNode } from './cost/tree.ts';

/** What monitoring takes: the part of the predictions that its statistics need, and what keeping all of them costs. */
export interface MonitoringCost {
  /** Declared monitors. */
  readonly monitors: number;
  readonly sampling: readonly MonitorSampling[];
  readonly logs: readonly LogCost[];
  /** What a managed service is told to cost, to compare with; it is no part of the bill. */
  readonly published: PublishedBand;
}

/** The share of the predictions that a statistical monitor needs; undefined where its plan cannot be reckoned, and `unknown` says why. */
export interface MonitorSampling {
  readonly monitor: string;
  readonly counted?: string;
  /** Rows that each window, and each declared segment, must have, so that chance alone speaks at most once a month. */
  readonly rows?: number;
  readonly need?: Sampling;
  readonly unknown?: string;
}

/** Storage of the log of a service: with all predictions, and with as many as its drift monitors need. */
export interface LogCost {
  readonly service: string;
  readonly store: string;
  readonly full: CostNode;
  /** Only for drift: truth, audits and training may need all predictions. */
  readonly sampled?: { readonly share: number; readonly cost: CostNode };
  readonly assumptions: readonly string[];
}

/** @param plans What the declared monitors with a statistical test do. */
export function monitoringCost(context: Context, plans: readonly DeclaredMonitor[]): MonitoringCost {
  const { architecture } = context;
  const sampling = plans.map((plan) => samplingOf(context, plan));
  const logs = componentsOf(architecture, 'service').flatMap((service) => logCost(context, service, sampling) ?? []);
  return { monitors: componentsOf(architecture, 'monitor').length, sampling, logs, published: PUBLISHED_BANDS.monitoring };
}

function samplingOf(context: Context, plan: DeclaredMonitor): MonitorSampling {
  const { component, counted, window, reasons } = plan;
  const base = { monitor: component, ...(counted !== undefined && { counted }) };
  const monitor = context.architecture.components.get(component) as Component<'monitor'> | undefined;
  const load = counted === undefined ? undefined : meanLoadOf(context, counted);
  const rows = rowsFor(plan);
  if (rows === undefined) return { ...base, unknown: reasons.neededRows ?? 'how many rows its statistic needs is not known' };
  if (!window) return { ...base, rows, unknown: `\`window\` of ${component} is not declared` };
  if (!load) return { ...base, rows, unknown: 'the traffic that it watches is not declared' };
  const need = samplingFor(rows, middle(window), middle(load.value), Math.max(1, (monitor && value(monitor, 'segments')?.length) ?? 1));
  return { ...base, rows, ...(need ? { need } : { unknown: 'its window or its traffic is nothing' }) };
}

/** How the noise of a statistic falls with the rows: by one over their number, or over its root. */
const FALLS_WITH: Readonly<Record<string, number>> = { psi: 1, kl: 1, js: 2, wasserstein: 2, ks: 2 };

/**
 * Rows with which all inputs together are expected to alarm falsely once a month. The plan knows those for one input and one
 * check in 20; where many inputs are watched often, the noise must be smaller by as much as the threshold would have to be higher.
 */
function rowsFor({ test, neededRows, nullP95, monthlyThreshold }: DeclaredMonitor): number | undefined {
  if (!neededRows) return undefined;
  const power = FALLS_WITH[test];
  const stricter = power !== undefined && nullP95 && monthlyThreshold && nullP95.value > 0 ? Math.max(1, monthlyThreshold.value / nullP95.value) ** power : 1;
  return Math.ceil(neededRows.value * stricter);
}

function logCost(context: Context, service: Service, sampling: readonly MonitorSampling[]): LogCost | undefined {
  const { architecture } = context;
  const store = architecture.components.get(value(service, 'logs_to') ?? '');
  const load = meanLoadOf(context, service.name);
  if (store?.kind !== 'store' || !load) return undefined;
  const payloads = consumersOf(architecture, service.name).flatMap((consumer) => value(consumer, 'payload') ?? []);
  const retention = value(store as Component<'store'>, 'retention');
  const onS3 = value(store as Component<'store'>, 'technology') === 's3';
  const log: PredictionLog = {
    predictionsPerMonth: middle(load.value) * SECONDS_PER_MONTH,
    ...(payloads.length > 0 && { bytesPerPrediction: Math.max(...payloads.map(middle)) }),
    ...(retention && { retentionSeconds: middle(retention) }),
    ...(onS3 && { pricePerGigabyte: OBJECT_STORAGE_LIST_PRICE }),
  };
  const source = { name: 'storage', currency: 'USD', provenance: 'assumed' as const };
  const needs = sampling.filter(({ counted }) => counted === service.name);
  // One monitor of which the need is not known may need everything.
  const known = needs.length > 0 && needs.every(({ need }) => need !== undefined);
  const share = Math.max(0, ...needs.map(({ need }) => need?.share ?? 1));
  return {
    service: service.name,
    store: store.name,
    full: storageNode(log, source),
    ...(known && { sampled: { share, cost: storageNode({ ...log, share }, source) } }),
    assumptions: [...(payloads.length > 0 ? ['a logged prediction is as large as its request'] : []), ...(onS3 ? [`list price of S3 Standard, ${OBJECT_STORAGE_LIST_PRICE} USD/GB a month`] : []), 'nothing is compressed'],
  };
}
