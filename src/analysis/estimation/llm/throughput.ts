import { formatNumber } from '../../format.ts';
import { banded, isRefusal, scaled, type Banded, type Refusal } from '../quantity.ts';
import { peakRate } from '../work/accelerator.ts';
import { calibrationOf, computeFormat, type Calibration } from './calibration.ts';
import { concurrencyLimit, memoryBudget, type Deployment, type MemoryBudget } from './memory.ts';
import { decodeTime, prefillTime } from './step-time.ts';

/** Tokens of a request and of its answer. */
export interface Lengths {
  readonly input: number;
  readonly output: number;
}

/** What a deployment does at most, when requests never run out. */
export interface Throughput {
  /** Output tokens per second over all accelerators, `tok/s`. */
  readonly tokens: Banded;
  /** Requests per second, `req/s`. */
  readonly requests: Banded;
  /** Sequences in work at once. */
  readonly sequences: number;
  /** Seconds of the deployment for the prompt of one request, and for one step of all sequences. */
  readonly prefillTime: number;
  readonly stepTime: number;
  readonly memory: MemoryBudget;
  readonly calibration: Calibration;
}

/**
 * Maximum throughput under continuous batching (Orca, 2022): each request costs the reading of its prompt and its share of as
 * many steps as it has tokens of output. Refused where the model does not fit or nothing is known of the arithmetic.
 */
export function maximumThroughput(deployment: Deployment, { input, output }: Lengths): Throughput | Refusal {
  if (!(input >= 0) || !(output >= 1) || !Number.isFinite(input + output)) return { refused: 'input and output lengths must be numbers of tokens' };
  if (!(deployment.accelerator.bandwidth > 0) || peakRate(deployment.accelerator, computeFormat(deployment)) === undefined) return { refused: `the accelerator has no stated bandwidth, or no rate to compute ${deployment.precision} with` };
  const memory = memoryBudget(deployment);
  if (isRefusal(memory)) return memory;
  const limit = concurrencyLimit(memory, input, output, deployment.maxSequences);
  if (memory.tokens < input + output) return { refused: `the cache holds ${formatNumber(Math.floor(memory.tokens))} tokens, fewer than one request of ${formatNumber(input + output)}` };
  const sequences = Math.max(1, limit);
  const calibration = calibrationOf(deployment, input, output, sequences);
  const prompt = prefillTime(deployment, calibration, input);
  const step = decodeTime(deployment, calibration, sequences, input + output / 2);
  const each = prompt + (output * step) / sequences;
  const requests = banded(1 / each, 'req/s', calibration.provenance, calibration.logSd);
  return { tokens: scaled(requests, output, 'tok/s'), requests, sequences, prefillTime: prompt, stepTime: step, memory, calibration };
}
