import { BYTES, peakRate } from '../work/accelerator.ts';
import type { Constants } from './calibration.ts';
import { computeFormat } from './calibration.ts';
import { kvBytesPerToken, kvPrecisionOf, weightBytes, type Deployment } from './memory.ts';

/** Seconds to start the kernels of one layer. */
const LAUNCH = 65e-6;
/** Seconds for one exchange of results between accelerators, however small; there are two in a layer. */
const EXCHANGE = 12e-6;
/** Seconds that a server spends on each sequence in a step: sampling, scheduling, handing out the token. */
const PER_SEQUENCE = 7.6e-6;
/** Share of the peak rate in 16 bits that attention over a prompt reaches. */
const ATTENTION = 0.35;
/** Share of the bandwidth of the links that an exchange reaches; shared buses fare worse than direct links. */
const DIRECT_LINK = 0.55;
const SHARED_BUS = 0.42;
const LEAST_DIRECT_LINK = 100e9;

/**
 * Seconds to read a prompt: its arithmetic, the attention of each token to all before it, and the exchanges between
 * accelerators. A prompt in a queue of prompts; by itself it also waits for its layers to start.
 */
export function prefillTime(deployment: Deployment, { prefill }: Constants, tokens: number): number {
  const { model, accelerator, count } = deployment;
  const sixteen = peakRate(accelerator, 'fp16') ?? peak(deployment);
  const arithmetic = (2 * model.activeParameters * tokens) / (count * peak(deployment) * prefill);
  // Scores and weighted values: two matrix products of tokens × tokens × head, half of them masked.
  const attention = (2 * model.layers * model.heads * model.headSize * tokens ** 2) / (count * sixteen * ATTENTION);
  return arithmetic + attention + exchangeTime(deployment, tokens);
}

/** Seconds to start the layers of a model once. */
export const launchTime = ({ model, count }: Deployment): number => model.layers * (LAUNCH + (count > 1 ? 2 * EXCHANGE : 0));

/**
 * Seconds for one more token of each of `sequences`, which hold `context` tokens on average: weights and caches pass through
 * the memory once, each sequence brings its arithmetic. Published steps lie nearer to the sum of the two than to the longer.
 */
export function decodeTime(deployment: Deployment, { decode, memory }: Constants, sequences: number, context: number): number {
  const { model, precision, accelerator, count } = deployment;
  const caches = sequences * context * kvBytesPerToken(model, kvPrecisionOf(deployment));
  const traffic = (weightBytes(model, precision) * touchedShare(deployment, sequences) + caches) / (count * accelerator.bandwidth * memory);
  const arithmetic = (2 * model.activeParameters * sequences) / (count * peak(deployment) * decode);
  return traffic + arithmetic + launchTime(deployment) + PER_SEQUENCE * sequences + exchangeTime(deployment, sequences);
}

/** The part of the weights that a step reads: all of a dense model, and of experts those that any of the tokens is sent to. */
function touchedShare({ model }: Deployment, tokens: number): number {
  const { parameters, activeParameters, experts, expertsPerToken } = model;
  if (experts === undefined || expertsPerToken === undefined) return 1;
  const each = expertsPerToken / experts;
  const shared = Math.max(0, (activeParameters - parameters * each) / (parameters * (1 - each)));
  return shared + (1 - shared) * (1 - (1 - each) ** tokens);
}

/** Two sums over all accelerators in each layer, in 16 bits, in a ring: each passes on all but its own share, twice. */
function exchangeTime({ model, accelerator, count }: Deployment, tokens: number): number {
  if (count <= 1) return 0;
  const bytes = 2 * model.layers * tokens * model.hiddenSize * BYTES.fp16 * ((2 * (count - 1)) / count);
  return bytes / (accelerator.link * (accelerator.link >= LEAST_DIRECT_LINK ? DIRECT_LINK : SHARED_BUS));
}

const peak = (deployment: Deployment): number => peakRate(deployment.accelerator, computeFormat(deployment)) ?? Number.NaN;
