import { banded, inQuadrature, isRefusal, type Banded, type Refusal } from '../quantity.ts';
import { calibrationOf } from './calibration.ts';
import { decodeTime, launchTime, prefillTime } from './step-time.ts';
import { maximumThroughput, type Lengths, type Throughput } from './throughput.ts';
import type { Deployment } from './memory.ts';

/** How long one request takes, with so many others in work. */
export interface LoadedLatency {
  /** Share of the maximum throughput that is used. */
  readonly utilisation: number;
  /** Sequences in work at once, on average. */
  readonly sequences: number;
  /** Mean seconds to the first token, and from each token to the next. */
  readonly firstToken: Banded;
  readonly perToken: Banded;
  /** Mean seconds to the end of the answer. */
  readonly whole: Banded;
}

/** Too near to the maximum for a latency: it takes up to so many requests a second. */
export interface Saturation {
  readonly saturatesAt: Banded;
  readonly utilisation: number;
}

/**
 * Beyond this share of the maximum a capacity that is off by a tenth moves latency by half and more. Of 37 published runs at
 * the edge (MLPerf Inference 4.1, 2024) none could be told from an overload.
 */
const MOST_UTILISATION = 0.8;

/** A single prompt fills the matrix units less well than a queue of them (first-token latencies of TensorRT-LLM 0.9, 2024). */
const ALONE = 0.85;

/** Servers in front of the model: parsing, tokenising, sending. */
const REQUEST_OVERHEAD = 3e-3;

const [SHORT_PROMPT, USUAL_OUTPUT] = [100, 1000];

const LOG_SD = { perToken: 0.05, firstToken: 0.17 } as const;

/** Latency at a rate of requests per second that arrive by chance (Poisson). */
export function latencyAt(deployment: Deployment, lengths: Lengths, rate: number): LoadedLatency | Saturation | Refusal {
  const most = maximumThroughput(deployment, lengths);
  if (isRefusal(most)) return most;
  if (!(rate > 0) || !Number.isFinite(rate)) return { refused: 'the rate of requests must be above zero' };
  const utilisation = rate / most.requests.value;
  if (utilisation > MOST_UTILISATION) return { saturatesAt: most.requests, utilisation };
  // An error of the capacity moves the number in work, and with it the time of a step, the more the fuller the deployment is.
  const amplification = 1 + utilisation / (2 * (1 - utilisation));
  return latencyWith(deployment, lengths, most, sequencesAt(deployment, lengths, most, rate), utilisation, rate, amplification);
}

/** Latency with so many requests kept in work: each that ends is followed by the next. */
export function latencyOf(deployment: Deployment, lengths: Lengths, sequences: number): LoadedLatency | Saturation | Refusal {
  const most = maximumThroughput(deployment, lengths);
  if (isRefusal(most)) return most;
  if (!(sequences >= 1) || !Number.isFinite(sequences)) return { refused: 'at least one sequence is in work' };
  if (sequences > most.sequences) return { saturatesAt: most.requests, utilisation: 1 };
  const rate = sequences / (prefillTime(deployment, most.calibration, lengths.input) + lengths.output * tokenTime(deployment, lengths, most, sequences, undefined));
  return latencyWith(deployment, lengths, most, sequences, Math.min(1, rate / most.requests.value), rate, 1);
}

/** Little’s law: as many in work as arrive while one is written. Its fixed point; the iteration rises towards it from one. */
function sequencesAt(deployment: Deployment, lengths: Lengths, most: Throughput, rate: number): number {
  let sequences = 1;
  for (let round = 0; round < 200; round++) {
    const next = Math.min(most.sequences, Math.max(1, rate * lengths.output * tokenTime(deployment, lengths, most, sequences, rate)));
    if (Math.abs(next - sequences) < 1e-6 * sequences) return next;
    sequences = next;
  }
  return sequences;
}

/** Seconds from token to token: a step, and the prompts that are read between two steps. */
function tokenTime(deployment: Deployment, { input, output }: Lengths, { calibration }: Throughput, sequences: number, rate: number | undefined): number {
  const step = decodeTime(deployment, calibration, sequences, input + output / 2);
  const prompt = prefillTime(deployment, calibration, input);
  return rate === undefined ? step + ((sequences - 1) * prompt) / output : step / Math.max(1e-9, 1 - rate * prompt);
}

function latencyWith(deployment: Deployment, lengths: Lengths, most: Throughput, sequences: number, utilisation: number, rate: number, amplification: number): LoadedLatency {
  const { calibration } = most;
  const prompt = prefillTime(deployment, calibration, lengths.input);
  const perToken = tokenTime(deployment, lengths, most, sequences, rate);
  const alone = prompt / ALONE + launchTime(deployment) + REQUEST_OVERHEAD;
  // Prompts queue for one another as at a single server of constant service time (Pollaczek and Khinchine), behind the step that runs.
  const busy = Math.min(MOST_UTILISATION, rate * prompt);
  const waiting = sequences > 1 ? (busy * prompt) / (2 * (1 - busy)) + perToken / 2 : 0;
  const firstToken = alone + waiting;
  // How many would fit, and how long answers are, does not matter to the time of one step; short prompts are the easy ones.
  const speed = calibrationOf(deployment, Math.max(SHORT_PROMPT, lengths.input), USUAL_OUTPUT, Infinity).logSd;
  const logSd = inQuadrature(LOG_SD.perToken, speed * amplification);
  const { provenance } = calibration;
  return {
    utilisation,
    sequences,
    firstToken: banded(firstToken, 's', provenance, inQuadrature(LOG_SD.firstToken, logSd)),
    perToken: banded(perToken, 's', provenance, logSd),
    whole: banded(firstToken + (lengths.output - 1) * perToken, 's', provenance, logSd),
  };
}
