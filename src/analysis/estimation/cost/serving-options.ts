import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { formatDuration } from '../../format.ts';
import type { Provenance } from '../provenance.ts';
import { batchCost, batchTree, type BatchJob } from './batch.ts';
import { fleetTree, type FleetSource } from './machines-tree.ts';
import { fleetCost, type Fleet, type Scaling } from './machines.ts';
import { tokenTree, type CallTokens, type TokenPrices } from './tokens.ts';
import { meanOf, peakOf, type TrafficProfile } from './traffic-profile.ts';
import { group, type CostNode } from './tree.ts';

/** What predictions must be like. Whatever is left out is not known, and what depends on it stays open. */
export interface ServingNeed {
  readonly profile: TrafficProfile;
  /** Seconds within which an answer must be there. */
  readonly latencySeconds?: number;
  /** Age in seconds that an answer may have. */
  readonly ageSeconds?: number;
  /** Age in seconds that candidates may have which a model puts in order when it is asked. */
  readonly candidateAgeSeconds?: number;
  /** Whether it is known beforehand what will be asked, so that it can be computed before. */
  readonly inputsKnownBefore?: boolean;
  /** Whether inputs may leave the house. */
  readonly mayLeave?: boolean;
}

/** One way to serve a volume. */
export interface ServingOption {
  readonly name: string;
  readonly bill: CostNode;
  /** Why it does not do. */
  readonly obstacles: readonly string[];
  /** What nobody says and what may be an obstacle. */
  readonly open: readonly string[];
  /** Mean share of the machines’ throughput that is used, 0 to 1. */
  readonly utilisation?: number;
}

/** Notes what speaks against a way, or what would have to be known. */
interface Notes {
  readonly obstacles: string[];
  readonly open: string[];
}

/** A limit in seconds that must be kept, where both are known. */
function keep({ obstacles, open }: Notes, what: string, value: number | undefined, limit: number | undefined): void {
  if (limit === undefined) open.push(`what ${what} may be`);
  else if (value === undefined) open.push(`what ${what} is`);
  else if (!(value <= limit)) obstacles.push(`${what} is ${formatDuration(value)}, and may be ${formatDuration(limit)}`);
}

const rounded = (value: number): number => Number(value.toPrecision(3));

/** Everything is computed before and looked up. */
export function batchOption(need: ServingNeed, job: BatchJob, source: FleetSource): ServingOption {
  const notes: Notes = { obstacles: [], open: [] };
  judgeJob(notes, need, job, 'the age of an answer', need.ageSeconds);
  return { name: source.name, bill: batchTree(job, source), ...notes };
}

/** A run must be in time, its inputs known, and its results young enough until the next ones are there. */
function judgeJob(notes: Notes, need: ServingNeed, job: BatchJob, age: string, mostAge: number | undefined): void {
  const cost = batchCost(job);
  if (need.inputsKnownBefore === false) notes.obstacles.push('what will be asked is not known before');
  if (need.inputsKnownBefore === undefined) notes.open.push('whether it is known before what will be asked');
  if ('problem' in cost) return void notes.open.push(cost.problem);
  if (cost.inTime === false) notes.obstacles.push(`a run takes ${formatDuration(cost.runSeconds)} and has ${formatDuration(job.windowSeconds ?? 0)}`);
  keep(notes, age, cost.runSeconds + SECONDS_PER_MONTH / job.runsPerMonth, mostAge);
}

/** Machines that answer when they are asked: a model of one’s own, classical or large. */
export interface FleetOffer {
  readonly fleet: Fleet;
  readonly scaling: Scaling;
  /** Seconds within which they answer at their capacity, at the percentile that is promised. */
  readonly latencySeconds?: number;
}

export function fleetOption(need: ServingNeed, offer: FleetOffer, source: FleetSource): ServingOption {
  const notes: Notes = { obstacles: [], open: [] };
  const utilisation = judgeFleet(notes, need, offer);
  return { name: source.name, bill: fleetTree(offer.fleet, need.profile, offer.scaling, source), ...notes, ...(utilisation === undefined ? {} : { utilisation }) };
}

function judgeFleet(notes: Notes, need: ServingNeed, { fleet, scaling, latencySeconds }: FleetOffer): number | undefined {
  keep(notes, 'the time for an answer', latencySeconds, need.latencySeconds);
  const cost = fleetCost(fleet, need.profile, scaling);
  if ('problem' in cost) return void notes.open.push(cost.problem);
  if (cost.beyondCapacity > 0) notes.obstacles.push(`${cost.replicas.most} replicas are too few for ${rounded(cost.beyondCapacity * 100)} % of the time`);
  return cost.utilisation;
}

/** Candidates are computed before; a smaller model orders them when it is asked. What quality that costs, only a test can say. */
export function hybridOption(need: ServingNeed, job: BatchJob, ranker: FleetOffer, source: FleetSource): ServingOption {
  const notes: Notes = { obstacles: [], open: [] };
  judgeJob(notes, need, job, 'the age of a candidate', need.candidateAgeSeconds);
  const utilisation = judgeFleet(notes, need, ranker);
  const parts = [batchTree(job, { ...source, name: 'candidates' }), fleetTree(ranker.fleet, need.profile, ranker.scaling, { ...source, name: 'ranking' })];
  return { name: source.name, bill: group(source.name, parts), ...notes, ...(utilisation === undefined ? {} : { utilisation }) };
}

/** A model that is paid by use. */
export interface ApiOffer {
  readonly prices: TokenPrices;
  readonly tokens: CallTokens;
  readonly callsPerPrediction?: number;
  /** Seconds within which it answers, at the percentile that is promised. */
  readonly latencySeconds?: number;
  /** Calls a second that the contract allows. */
  readonly mostCallsPerSecond?: number;
}

export function apiOption(need: ServingNeed, { prices, tokens, callsPerPrediction = 1, latencySeconds, mostCallsPerSecond }: ApiOffer, { name, provenance, logSd }: Pick<FleetSource, 'name' | 'logSd'> & { readonly provenance: Provenance }): ServingOption {
  const notes: Notes = { obstacles: [], open: [] };
  keep(notes, 'the time for an answer', latencySeconds, need.latencySeconds);
  const calls = peakOf(need.profile) * callsPerPrediction;
  if (mostCallsPerSecond === undefined) notes.open.push('how many calls a second the contract allows');
  else if (calls > mostCallsPerSecond) notes.obstacles.push(`the peak asks ${rounded(calls)} times a second, and ${rounded(mostCallsPerSecond)} are allowed`);
  if (need.mayLeave === false) notes.obstacles.push('inputs may not leave the house');
  if (need.mayLeave === undefined) notes.open.push('whether inputs may leave the house');
  const callsPerMonth = meanOf(need.profile) * callsPerPrediction * SECONDS_PER_MONTH;
  return { name, bill: tokenTree(prices, tokens, { callsPerMonth, name, provenance, spread: logSd?.traffic ? { traffic: logSd.traffic } : {} }), ...notes };
}
