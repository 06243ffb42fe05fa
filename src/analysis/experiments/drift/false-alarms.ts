import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { answer, noAnswer, type Answer } from '../answer.ts';
import { bonferroniLevel, falseDiscoveriesUnderNull } from '../multiple-testing.ts';

const SECONDS_PER_DAY = 86_400;
/** Days of a mean month. */
export const DAYS_PER_MONTH = SECONDS_PER_MONTH / SECONDS_PER_DAY;

/** Nobody watches more, and false discoveries are a sum over them. */
const MOST_FEATURES = 1_000_000;

/** A level that somebody who corrects for many features would choose at most. */
const LARGEST_LEVEL = 0.05;

export interface FalseAlarms {
  /** Without any correction: features × checks × chance of one. */
  readonly perDay: number;
  readonly perMonth: number;
  /** Checks in a month at which at least one of independent features speaks. */
  readonly checksWithAny: number;
  /** With that chance, or 5 % where it is larger, as the level of all features together, divided among them. */
  readonly perMonthBonferroni: number;
  /** With the same as the false-discovery rate of a check (Benjamini and Hochberg). */
  readonly perMonthBenjaminiHochberg: number;
}

/** What a monitor is expected to say in a mean month (30.44 days) while nothing changes. */
export function falseAlarms({ chance, features, checksPerDay }: { readonly chance: number; readonly features: number; readonly checksPerDay: number }): Answer<FalseAlarms> {
  if (!(chance >= 0 && chance <= 1)) return noAnswer(`The chance of a false alarm must lie between 0 and 1; it is ${chance}.`);
  if (!(Number.isInteger(features) && features >= 1 && features <= MOST_FEATURES)) return noAnswer(`A monitor watches one feature or more, and at most ${MOST_FEATURES}; it watches ${features}.`);
  if (!(checksPerDay > 0 && Number.isFinite(checksPerDay))) return noAnswer(`The number of checks must be above 0; it is ${checksPerDay}.`);
  const checks = checksPerDay * DAYS_PER_MONTH;
  const level = Math.min(chance, LARGEST_LEVEL);
  return answer({
    perDay: features * checksPerDay * chance,
    perMonth: features * checks * chance,
    checksWithAny: checks * -Math.expm1(features * Math.log1p(-chance)),
    perMonthBonferroni: checks * features * bonferroniLevel(level, features),
    perMonthBenjaminiHochberg: checks * falseDiscoveriesUnderNull(level, features),
  });
}

/**
 * Seconds from a change to the alarm, in the mean, where each check finds it with the given power: the change falls
 * somewhere between two checks, the first whole window after it is needed, and the labels if any.
 */
export function detectionDelay({ window, every, power, labelDelay = 0 }: { readonly window: number; readonly every: number; readonly power: number; readonly labelDelay?: number }): Answer {
  const usable = window >= 0 && every > 0 && power > 0 && power <= 1 && labelDelay >= 0;
  const delay = window + every / 2 + every * (1 / power - 1) + labelDelay;
  return usable && Number.isFinite(delay) ? answer(delay) : noAnswer('Window, interval, power and label delay must be above 0.');
}
