import type { Provenance } from '../provenance.ts';
import type { Spread } from './spread.ts';
import { group, leaf, unknown, type CostNode } from './tree.ts';

/** A job that scores many items at once, run after run. */
export interface BatchJob {
  /** Items of one run. */
  readonly items: number;
  /** Items a second of one machine at the job’s batch size. */
  readonly throughput: number;
  readonly machines: number;
  /** Speed of so many machines over that of as many single ones, above 0 to 1; 1, if left out. */
  readonly efficiency?: number;
  /** Seconds from the start of a machine until it scores. */
  readonly startUpSeconds?: number;
  /** Money an hour for one machine. */
  readonly pricePerHour: number;
  readonly runsPerMonth: number;
  /** Seconds from the start of a run within which it must be done. */
  readonly windowSeconds?: number;
  readonly spot?: JobSpot;
}

/** Machines that may be taken away. An interruption costs the start-up and, in the mean, half of what lies between two checkpoints. */
export interface JobSpot {
  /** Spot price over on-demand price, 0 to 1. */
  readonly priceFactor: number;
  /** Of one machine. */
  readonly interruptionsPerHour: number;
  readonly checkpointSeconds: number;
}

/** What a job takes and costs. */
export interface BatchCost {
  /** Expected seconds of a run, start-up included. */
  readonly runSeconds: number;
  /** Money for a run, and for a month of runs. */
  readonly perRun: number;
  readonly perMonth: number;
  /** Money for one item. */
  readonly perItem: number;
  /** Share of what is paid during which machines start, or do again what an interruption lost. */
  readonly wastedShare: number;
  /** Whether a run is done within its window; undefined where it has none. */
  readonly inTime?: boolean;
  /** Items that a run can score within its window. */
  readonly mostItems?: number;
}

/** Inputs with which there is no answer, and why. */
export interface Unusable {
  readonly problem: string;
}

/** Time and money of a batch scoring job: items ÷ (machines × throughput × efficiency), and the start-up of every machine. */
export function batchCost(job: BatchJob): BatchCost | Unusable {
  const problem = problemOf(job);
  if (problem !== undefined) return { problem };
  const { items, startUpSeconds = 0, machines, pricePerHour, runsPerMonth, windowSeconds, spot } = job;
  const stretch = stretchOf(job);
  const rate = rateOf(job);
  const work = items / rate;
  const runSeconds = startUpSeconds + work * stretch;
  const perRun = (runSeconds / 3600) * machines * pricePerHour * (spot?.priceFactor ?? 1);
  return {
    runSeconds,
    perRun,
    perMonth: perRun * runsPerMonth,
    perItem: items > 0 ? perRun / items : 0,
    wastedShare: runSeconds > 0 ? 1 - work / runSeconds : 0,
    ...(windowSeconds === undefined ? {} : { inTime: runSeconds <= windowSeconds, mostItems: Math.max(0, Math.floor(((windowSeconds - startUpSeconds) / stretch) * rate)) }),
  };
}

/** The fewest machines with which a run is done within its window; undefined where starting alone takes longer, or without a window. */
export function machinesForWindow(job: Omit<BatchJob, 'machines'>): number | undefined {
  const whole: BatchJob = { ...job, machines: 1 };
  if (problemOf(whole) !== undefined || job.windowSeconds === undefined) return undefined;
  const left = job.windowSeconds - (job.startUpSeconds ?? 0);
  if (left <= 0) return undefined;
  return Math.max(1, Math.ceil(Number((((job.items / rateOf(whole)) * stretchOf(whole)) / left).toPrecision(12))));
}

/** The monthly bill of a job. */
export function batchTree(job: BatchJob, { name, currency, provenance, spread }: { readonly name: string; readonly currency: string; readonly provenance: Provenance; readonly spread?: Spread }): CostNode {
  const cost = batchCost(job);
  if ('problem' in cost) return unknown(name, cost.problem, 'inputs with which the time of a run can be counted');
  const hours = Number((cost.runSeconds / 3600).toPrecision(4));
  return group(name, [leaf({ name: 'machines', value: cost.perMonth, currency, provenance, spread, formula: `${job.runsPerMonth} runs × ${job.machines} × ${hours} h × ${job.pricePerHour * (job.spot?.priceFactor ?? 1)} ${currency}/h` })]);
}

const rateOf = ({ machines, throughput, efficiency = 1 }: BatchJob): number => machines * throughput * efficiency;

/** Expected seconds for a second of work: with r interruptions an hour that lose L hours each, 1/(1 − rL). */
function stretchOf({ spot, startUpSeconds = 0 }: BatchJob): number {
  if (!spot) return 1;
  return 1 / (1 - (spot.interruptionsPerHour * (startUpSeconds + spot.checkpointSeconds / 2)) / 3600);
}

function problemOf(job: BatchJob): string | undefined {
  const isAmount = (value: number): boolean => value >= 0 && Number.isFinite(value);
  const { items, throughput, machines, efficiency = 1, startUpSeconds = 0, pricePerHour, runsPerMonth, windowSeconds = 0, spot } = job;
  if (!isAmount(items)) return `a run has ${items} items`;
  if (!(throughput > 0) || !Number.isFinite(throughput)) return `a machine scores ${throughput} items a second`;
  if (!Number.isInteger(machines) || machines < 1) return `the job runs on ${machines} machines`;
  if (!(efficiency > 0 && efficiency <= 1)) return `the machines together have an efficiency of ${efficiency}`;
  if (!isAmount(startUpSeconds)) return `a start takes ${startUpSeconds} s`;
  if (!isAmount(pricePerHour)) return `the price an hour is ${pricePerHour}`;
  if (!isAmount(runsPerMonth)) return `${runsPerMonth} runs a month are made`;
  if (!isAmount(windowSeconds)) return `a run has ${windowSeconds} s`;
  if (!spot) return undefined;
  if (!(spot.priceFactor >= 0 && spot.priceFactor <= 1) || !isAmount(spot.interruptionsPerHour) || !isAmount(spot.checkpointSeconds)) return 'spot machines take a price factor from 0 to 1, interruptions an hour and seconds between checkpoints';
  return stretchOf(job) > 0 && Number.isFinite(stretchOf(job)) ? undefined : 'interruptions come faster than a machine starts and reaches a checkpoint: the run never ends';
}
