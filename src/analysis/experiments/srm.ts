import { answer, noAnswer, type Answer } from './answer.ts';
import { chiSquaredTail } from './distributions.ts';

/** Below this p-value nothing of the experiment should be read: Fabijan et al., "Diagnosing sample ratio mismatch" (KDD 2019). */
export const MISMATCH_LEVEL = 0.001;

/** The chi-squared approximation holds from so many expected units in each arm. */
const FEWEST_EXPECTED = 5;

export interface SampleRatio {
  /** Units that each arm would have. */
  readonly expected: readonly number[];
  readonly statistic: number;
  readonly p: number;
  /** The assignment does not do what was configured. */
  readonly mismatch: boolean;
}

/**
 * Whether the arms got the shares that were configured (sample ratio mismatch), by Pearson's chi-squared test.
 *
 * @param counts Units in each arm.
 * @param split Configured proportions, in any scale; equal ones unless given.
 */
export function sampleRatio(counts: readonly number[], split: readonly number[] = counts.map(() => 1)): Answer<SampleRatio> {
  if (counts.length < 2) return noAnswer('A split has two arms or more.');
  if (split.length !== counts.length) return noAnswer(`${counts.length} counts cannot be compared with ${split.length} proportions.`);
  if (!counts.every((count) => Number.isFinite(count) && count >= 0)) return noAnswer('Counts must be 0 or more.');
  if (!split.every((part) => Number.isFinite(part) && part > 0)) return noAnswer('Configured proportions must be above 0.');
  const [units, parts] = [sum(counts), sum(split)];
  const expected = split.map((part) => units * (part / parts));
  if (!expected.every((count) => count >= FEWEST_EXPECTED && Number.isFinite(count))) return noAnswer(`Each arm must expect ${FEWEST_EXPECTED} units or more.`);
  const statistic = sum(counts.map((count, index) => ((count - (expected[index] ?? 0)) / (expected[index] ?? 1)) * (count - (expected[index] ?? 0))));
  const p = chiSquaredTail(statistic, counts.length - 1);
  return answer({ expected, statistic, p, mismatch: p < MISMATCH_LEVEL });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
