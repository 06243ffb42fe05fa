import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import type { Provenance } from '../provenance.ts';
import { group, leaf, totalOf, unknown, type CostNode } from './tree.ts';

/** Which share of the predictions has to be kept so that a monitor sees enough of them in each of its windows. */
export interface Sampling {
  /** Share of the traffic to keep, 0 to 1. */
  readonly share: number;
  /** Whether the traffic of a window is enough at all. */
  readonly enough: boolean;
  /** The shortest window, in seconds, that holds enough of all traffic. */
  readonly shortestWindowSeconds: number;
}

/**
 * The share of predictions to keep: samples that the drift statistic needs in a window ÷ predictions in it. Usually a few
 * per cent of the traffic, and that is what monitoring costs.
 *
 * @param samples Samples that each window needs, for each segment that is watched by itself.
 * @param segments Segments of equal size.
 * @param ratePerSecond Mean predictions a second. Undefined where a number is not above zero.
 */
export function samplingFor(samples: number, windowSeconds: number, ratePerSecond: number, segments = 1): Sampling | undefined {
  if (![samples, windowSeconds, ratePerSecond, segments].every((number) => number > 0 && Number.isFinite(number))) return undefined;
  const needed = samples * segments;
  const share = needed / (windowSeconds * ratePerSecond);
  return { share: Math.min(1, share), enough: share <= 1, shortestWindowSeconds: needed / ratePerSecond };
}

/** Amazon S3 Standard, us-east-1, first 50 TB: USD for a gigabyte (10⁹ bytes) a month. A list price to compare with, not a default. */
export const OBJECT_STORAGE_LIST_PRICE = 0.023;

/** Predictions that are kept for monitoring. */
export interface PredictionLog {
  readonly predictionsPerMonth: number;
  /** Inputs, output and keys of one prediction. */
  readonly bytesPerPrediction?: number;
  readonly retentionSeconds?: number;
  /** Share that is kept, 0 to 1; all, if left out. */
  readonly share?: number;
  /** Money for a gigabyte a month. */
  readonly pricePerGigabyte?: number;
}

/** Bytes that a log holds once the first entries are as old as they may get. */
export function bytesKept({ predictionsPerMonth, bytesPerPrediction, retentionSeconds, share = 1 }: PredictionLog): number | undefined {
  return bytesPerPrediction === undefined || retentionSeconds === undefined ? undefined : predictionsPerMonth * share * bytesPerPrediction * (retentionSeconds / SECONDS_PER_MONTH);
}

interface Source {
  readonly name: string;
  readonly currency: string;
  readonly provenance: Provenance;
}

/** Storage of a log of predictions in its steady state. */
export function storageNode(log: PredictionLog, { name, currency, provenance }: Source): CostNode {
  const kept = bytesKept(log);
  if (kept === undefined) return unknown(name, 'how large a prediction is, or how long it is kept, is not known', 'bytes of a prediction and the retention');
  if (log.pricePerGigabyte === undefined) return unknown(name, 'the price of storage is not known', 'the price of a gigabyte a month');
  const gigabytes = kept / 1e9;
  return leaf({ name, value: gigabytes * log.pricePerGigabyte, currency, provenance, formula: `${Number(gigabytes.toPrecision(4))} GB × ${log.pricePerGigabyte} ${currency}/GB a month` });
}

/** Monitoring that a vendor runs. */
export interface ManagedMonitoring {
  /** Money a month whatever the volume. */
  readonly perMonth?: number;
  /** Money for each thousand predictions that are sent. */
  readonly perThousand?: number;
}

export function managedTree({ perMonth, perThousand }: ManagedMonitoring, log: PredictionLog, source: Source): CostNode {
  const { name, currency, provenance } = source;
  if (perMonth === undefined && perThousand === undefined) return unknown(name, 'no price of the vendor is stated', 'its price a month, or for a thousand predictions');
  const sent = log.predictionsPerMonth * (log.share ?? 1);
  return group(name, [
    ...(perMonth === undefined ? [] : [leaf({ name: 'subscription', value: perMonth, currency, provenance, formula: `${perMonth} ${currency}/month` })]),
    ...(perThousand === undefined ? [] : [leaf({ name: 'predictions sent', value: (sent * perThousand) / 1000, currency, provenance, formula: `${Math.round(sent)} predictions × ${perThousand} ${currency} a thousand` })]),
  ]);
}

/** Monitoring on one’s own machines: free software, and people who keep it running. */
export interface SelfHostedMonitoring {
  readonly nodes: number;
  /** Money a month for one node. */
  readonly nodePerMonth?: number;
  /** Days a month that engineers spend on it, and money a day. */
  readonly engineerDays?: number;
  readonly dayRate?: number;
  /** Days to set it up, spread over so many months. */
  readonly setUp?: { readonly days: number; readonly months: number };
}

export function selfHostedTree({ nodes, nodePerMonth, engineerDays, dayRate, setUp }: SelfHostedMonitoring, log: PredictionLog, source: Source): CostNode {
  const { name, currency, provenance } = source;
  const people = (title: string, days: number | undefined, formula: string): CostNode =>
    days === undefined || dayRate === undefined ? unknown(title, 'time of engineers is not stated', 'their days a month and their rate') : leaf({ name: title, value: days * dayRate, currency, provenance, formula: `${formula} × ${dayRate} ${currency} a day` });
  return group(name, [
    nodePerMonth === undefined ? unknown('nodes', 'the price of a node is not stated', 'its price a month') : leaf({ name: 'nodes', value: nodes * nodePerMonth, currency, provenance, formula: `${nodes} × ${nodePerMonth} ${currency}/month` }),
    storageNode(log, { ...source, name: 'storage' }),
    people('operation', engineerDays, `${engineerDays} days a month`),
    ...(setUp ? [people('set-up', setUp.months > 0 ? setUp.days / setUp.months : Number.NaN, `${setUp.days} days over ${setUp.months} months`)] : []),
  ]);
}

/** Managed or self-hosted, by their bills. */
export interface MonitoringChoice {
  readonly managed: number;
  readonly selfHosted: number;
  /** Undefined where the bill of the one that looks cheaper is known only in part. */
  readonly cheaper?: 'managed' | 'self-hosted';
  /** Engineer days a month at which both cost the same; undefined without a rate, or where machines and storage alone cost more. */
  readonly breakEvenDays?: number;
}

export function chooseMonitoring(managed: CostNode, selfHosted: CostNode, currency: string, dayRate?: number): MonitoringChoice {
  const [vendor, own] = [totalOf(managed, currency), totalOf(selfHosted, currency)];
  const looksCheaper = vendor.value <= own.value ? vendor : own;
  const people = selfHosted.kind === 'group' ? totalOf(group('', selfHosted.parts.filter(({ name }) => name === 'operation')), currency).value : 0;
  const days = dayRate !== undefined && dayRate > 0 ? (vendor.value - (own.value - people)) / dayRate : undefined;
  return {
    managed: vendor.value,
    selfHosted: own.value,
    ...(looksCheaper.bound === undefined ? { cheaper: looksCheaper === vendor ? ('managed' as const) : ('self-hosted' as const) } : {}),
    ...(days !== undefined && days >= 0 ? { breakEvenDays: days } : {}),
  };
}

/** What it costs that a model gets worse and nobody sees it. */
export interface UnseenLoss {
  /** Money that a degraded model loses a day. */
  readonly lossPerDay: number;
  readonly incidentsPerYear: number;
  /** Days until somebody notices, without monitoring and with it. */
  readonly daysWithout: number;
  readonly daysWith: number;
}

/** Money a month that earlier detection saves; what monitoring may cost at most. Never below zero. */
export const savedByDetection = ({ lossPerDay, incidentsPerYear, daysWithout, daysWith }: UnseenLoss): number => Math.max(0, (lossPerDay * incidentsPerYear * (daysWithout - daysWith)) / 12);
