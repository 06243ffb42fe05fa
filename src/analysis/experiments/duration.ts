import { answer, noAnswer, type Answer } from './answer.ts';

const SECONDS_PER_DAY = 86_400;
export const SECONDS_PER_WEEK = 7 * SECONDS_PER_DAY;

/** Beyond this cookies are lost, seasons change, and nobody waits. */
const LONG_WEEKS = 8;

export interface Traffic {
  /** Units that could take part, per second in the mean: users, sessions or requests, whichever is assigned. */
  readonly eligiblePerSecond: number;
  /** Part of them that takes part, in all arms together, 0 to 1. */
  readonly share?: number;
}

export interface Duration {
  /** Until the sample is complete. */
  readonly seconds: number;
  /** The same in whole weeks, so that every day of the week counts as often; at least one. */
  readonly weeks: number;
  readonly warnings: readonly string[];
}

/** How long it takes until so many units, in all arms together, have taken part. */
export function durationOf(total: number, traffic: Traffic): Answer<Duration> {
  const problem = problemOfTraffic(traffic);
  if (problem !== undefined) return noAnswer(problem);
  const seconds = total / (traffic.eligiblePerSecond * (traffic.share ?? 1));
  if (!Number.isFinite(seconds)) return noAnswer('At this traffic the sample is never complete.');
  const weeks = Math.max(1, Math.ceil(seconds / SECONDS_PER_WEEK));
  return answer({ seconds, weeks, warnings: weeks > LONG_WEEKS ? [`${weeks} weeks are longer than ${LONG_WEEKS}: take more of the traffic, a larger difference, or a metric with less variance.`] : [] });
}

/** Units, in all arms together, that take part in a time. */
export function unitsIn(seconds: number, traffic: Traffic): Answer {
  const problem = problemOfTraffic(traffic);
  return problem === undefined ? answer(seconds * traffic.eligiblePerSecond * (traffic.share ?? 1)) : noAnswer(problem);
}

/** What is wrong with a length that was chosen beforehand, in seconds; undefined where nothing is. */
export function problemOfLength(seconds: number): string | undefined {
  return seconds >= SECONDS_PER_WEEK ? undefined : `${Number((seconds / SECONDS_PER_DAY).toPrecision(3))} days are shorter than a week: days of the week differ, and each must count. Run whole weeks.`;
}

function problemOfTraffic({ eligiblePerSecond, share = 1 }: Traffic): string | undefined {
  if (!(eligiblePerSecond > 0 && Number.isFinite(eligiblePerSecond))) return `The traffic must be above 0; it is ${eligiblePerSecond}.`;
  return share > 0 && share <= 1 ? undefined : `The share of the traffic must lie between 0 and 1; it is ${share}.`;
}
