import { answer, noAnswer, type Answer } from './answer.ts';
import { normalQuantile, normalTail, normalUpperQuantile } from './distributions.ts';
import { rootOf } from './root.ts';
import { after, chanceAbove, START, stoppingProbabilities, sumOf, type Look, type Running } from './stopping-probabilities.ts';
import { problemOfOptions, problemOfPower } from './two-proportions.ts';

/**
 * O'Brien and Fleming (1979): hard to pass early on. Pocock (1977): the same at each look. The others spend the error as
 * Lan and DeMets (1983) proposed, which needs no equal distances between looks.
 */
export type BoundaryFamily = 'obrien-fleming' | 'pocock' | 'lan-demets-obrien-fleming' | 'lan-demets-pocock';

export interface GroupSequential {
  readonly boundary?: BoundaryFamily;
  /** Number of looks at equal distances, the last one included; up to 50. */
  readonly looks?: number;
  /** Share of the largest sample that has been seen at each look, increasing, the last one 1; instead of `looks`. */
  readonly times?: readonly number[];
  readonly alpha?: number;
  readonly sides?: 1 | 2;
  readonly power?: number;
}

export interface PlannedLook {
  /** Share of the largest sample that has been seen. */
  readonly time: number;
  /** Stop where |z| (one-sided: z) is larger. */
  readonly z: number;
  /** The same as a p-value of this look alone. */
  readonly p: number;
  /** Chance to have stopped by now where there is no difference: the error spent. */
  readonly spent: number;
  /** Chance to have stopped by now, on the right side, where the difference is the planned one. */
  readonly power: number;
}

export interface GroupSequentialDesign {
  readonly looks: readonly PlannedLook[];
  /** Largest sample, by that of a test with one look. */
  readonly inflation: number;
  /** Mean sample where the difference is the planned one, by that of a test with one look. */
  readonly expectedUnderAlternative: number;
  /** Mean sample where there is no difference, by that of a test with one look. */
  readonly expectedUnderNull: number;
}

const MOST_LOOKS = 50;

/** Part of the sample so far that must come between two looks. */
const NEAREST = 1e-3;

/** Error below which the integration has no digits left. */
const LEAST_ALPHA = 1e-10;

/** The boundaries of a sequence of looks, and what it costs and saves; symmetric without stopping for futility. */
export function groupSequentialDesign(plan: GroupSequential = {}): Answer<GroupSequentialDesign> {
  const { alpha = 0.05, sides = 2, power = 0.8 } = plan;
  const times = timesOf(plan);
  const level = alpha / sides;
  const problem = problemOfOptions(plan) ?? problemOfPower(power, level) ?? problemOfTimes(times) ?? (alpha < LEAST_ALPHA ? `Boundaries cannot be computed for a significance level below ${LEAST_ALPHA}.` : undefined);
  if (problem !== undefined) return noAnswer(problem);
  const boundaries = boundariesOf({ family: plan.boundary ?? 'obrien-fleming', times, level, sides });
  const looks = times.map((time, index) => lookAt(time, boundaries[index] ?? 0, sides));
  const fixed = normalUpperQuantile(level) + normalQuantile(power);
  const drift = driftFor(looks, power, fixed);
  const inflation = (drift / fixed) ** 2;
  const [underNull, underAlternative] = [stoppingProbabilities(looks, 0), stoppingProbabilities(looks, drift)];
  const stopped = ({ above, below }: typeof underNull): number[] => above.map((chance, index) => chance + (below[index] ?? 0));
  const [spent, found] = [runningSums(stopped(underNull)), runningSums(underAlternative.above)];
  return answer({
    looks: looks.map(({ time, upper }, index) => ({ time, z: upper, p: sides * normalTail(upper), spent: spent[index] ?? 0, power: found[index] ?? 0 })),
    inflation,
    expectedUnderAlternative: inflation * expectedTime(times, stopped(underAlternative)),
    expectedUnderNull: inflation * expectedTime(times, stopped(underNull)),
  });
}

/**
 * Chance to find a difference where there is none, looking that often at equal distances and stopping as soon as p is
 * below alpha: 0.142 for five looks at 5 %.
 */
export function falsePositiveRateOfPeeking(looks: number, alpha = 0.05): Answer {
  const problem = problemOfOptions({ alpha }) ?? problemOfTimes(timesOf({ looks }));
  if (problem !== undefined) return noAnswer(problem);
  const z = normalUpperQuantile(alpha / 2);
  const { above, below } = stoppingProbabilities(timesOf({ looks }).map((time) => lookAt(time, z, 2)), 0);
  return answer(sumOf(above) + sumOf(below));
}

const timesOf = ({ looks = 5, times }: GroupSequential): readonly number[] => times ?? (Number.isInteger(looks) && looks > 0 && looks <= MOST_LOOKS ? Array.from({ length: looks }, (_, index) => (index + 1) / looks) : []);

function problemOfTimes(times: readonly number[]): string | undefined {
  if (times.length === 0 || times.length > MOST_LOOKS) return `The number of looks must be a whole one between 1 and ${MOST_LOOKS}.`;
  const increasing = times.every((time, index) => time > (times[index - 1] ?? 0));
  if (!increasing || times.at(-1) !== 1) return 'The times of the looks must increase from above 0 to 1.';
  // The integration needs the more points the closer two looks are.
  return times.every((time, index) => time * (1 - NEAREST) >= (times[index - 1] ?? 0)) ? undefined : 'Two looks are so close together that they are one.';
}

const lookAt = (time: number, z: number, sides: 1 | 2): Look => ({ time, upper: z, lower: sides === 2 ? -z : -Infinity });

interface Boundaries {
  readonly family: BoundaryFamily;
  readonly times: readonly number[];
  /** Error on each side. */
  readonly level: number;
  readonly sides: 1 | 2;
}

function boundariesOf(asked: Boundaries): number[] {
  switch (asked.family) {
    case 'obrien-fleming':
      return shapedBoundaries(asked, (time) => 1 / Math.sqrt(time));
    case 'pocock':
      return shapedBoundaries(asked, () => 1);
    case 'lan-demets-obrien-fleming':
      return spendingBoundaries(asked, (time) => 2 * normalTail(normalUpperQuantile(asked.level / 2) / Math.sqrt(time)));
    case 'lan-demets-pocock':
      return spendingBoundaries(asked, (time) => asked.level * Math.log(1 + (Math.E - 1) * time));
  }
}

/** Boundaries of a given shape, as high as the whole error asks for. */
function shapedBoundaries({ times, level, sides }: Boundaries, shape: (time: number) => number): number[] {
  const errorAt = (constant: number): number => sumOf(stoppingProbabilities(times.map((time) => lookAt(time, constant * shape(time), sides)), 0).above);
  // One look alone spends no more than all of them, and all of them no more than each by itself (Bonferroni).
  const constant = rootOf((z) => errorAt(z) - level, normalUpperQuantile(level), normalUpperQuantile(level / times.length));
  return times.map((time) => constant * shape(time));
}

/** Below this the integration cannot tell who was stopped before; as long as next to nobody was, it need not. */
const NEXT_TO_NOBODY = 1e-14;

/** Boundaries that spend what a function says, look by look. */
function spendingBoundaries({ times, level, sides }: Boundaries, spentBy: (time: number) => number): number[] {
  const boundaries: number[] = [];
  let running: Running = START;
  let spent = 0;
  for (const [index, time] of times.entries()) {
    const due = index === times.length - 1 ? level : spentBy(time);
    const z = boundaryFor(running, time, due - spent, due);
    boundaries.push(z);
    running = after(running, lookAt(time, z, sides));
    spent = due;
  }
  return boundaries;
}

function boundaryFor(running: Running, time: number, share: number, due: number): number {
  // Somebody above the boundary now is counted, whether stopped before or not: the boundary is at most this high.
  const highest = normalUpperQuantile(Math.max(share, Number.MIN_VALUE));
  if (due < NEXT_TO_NOBODY) return highest;
  return rootOf((z) => chanceAbove(running, time, z) - share, 0, highest);
}

/** The drift at which the looks find the difference with a power; that of one look is `fixed`. */
function driftFor(looks: readonly Look[], power: number, fixed: number): number {
  const missing = (drift: number): number => sumOf(stoppingProbabilities(looks, drift).above) - power;
  let high = 1.2 * fixed + 0.1;
  while (missing(high) < 0) high *= 1.5;
  return rootOf(missing, fixed * (1 - 1e-9), high);
}

function runningSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** Mean of the time at which one stops, at the last look at the latest. */
function expectedTime(times: readonly number[], stopped: readonly number[]): number {
  const before = runningSums(stopped);
  // The time between two looks is spent by those who were not stopped at the first.
  return times.reduce((sum, time, index) => sum + (time - (times[index - 1] ?? 0)) * (1 - (before[index - 1] ?? 0)), 0);
}
