import { answer, finiteAnswer, noAnswer, type Answer } from './answer.ts';
import { normalCdf, normalQuantile } from './distributions.ts';
import { rootOf } from './root.ts';
import { studentTail, studentUpperQuantile } from './student-t.ts';
import { criticalValue, problemOfCount, problemOfOptions, problemOfPower, type TestOptions } from './two-proportions.ts';

/** `t` is that of R's power.t.test; `normal` takes the standard deviation as known. They differ by two units or so. */
export type MeanFormula = 't' | 'normal';

export interface MeanTest extends TestOptions {
  readonly formula?: MeanFormula;
  /** Standard deviation of one unit, in the unit of the metric. */
  readonly sd: number;
}

/** Two in each arm, fewer have no variance. */
const FEWEST = 2;

/**
 * Units in the control arm, not rounded, that show a difference `delta` of the means with the given power; the treatment
 * arm has `ratio` times as many.
 */
export function meanSampleSize(test: MeanTest & { readonly delta: number; readonly power?: number }): Answer {
  const { sd, delta, power = 0.8, ratio = 1, formula = 't', alpha = 0.05, sides = 2 } = test;
  const problem = problemOfMean(test) ?? problemOfPower(power, alpha / sides) ?? (Number.isFinite(delta) && delta !== 0 ? undefined : `The difference of the means must not be 0; it is ${delta}.`);
  if (problem !== undefined) return noAnswer(problem);
  const normal = (1 + 1 / ratio) * (((criticalValue(test) + normalQuantile(power)) * sd) / delta) ** 2;
  if (formula === 'normal' || !Number.isFinite(normal)) return finiteAnswer(normal);
  // The t test never needs fewer, and hardly ever more than a few.
  const low = Math.max(normal, FEWEST, FEWEST / ratio);
  const missing = (n: number): number => powerAt(test, delta, n) - power;
  if (missing(low) >= 0) return answer(low);
  let more = 2 + 1e-6 * low;
  while (missing(low + more) < 0) more *= 2;
  const high = low + more;
  return answer(rootOf(missing, low, high));
}

/** Chance to find a difference `delta` of the means with `n` units in the control arm, in the right direction. */
export function meanPower(test: MeanTest & { readonly delta: number; readonly n: number }): Answer {
  const { delta, n } = test;
  const problem = problemOfMean(test) ?? problemOfCount(n) ?? (Number.isFinite(delta) ? undefined : `The difference of the means must be a number; it is ${delta}.`) ?? tooFew(test, n);
  return problem === undefined ? answer(powerAt(test, delta, n)) : noAnswer(problem);
}

/** The smallest difference of the means that `n` units in the control arm show with the given power. */
export function meanDetectable(test: MeanTest & { readonly n: number; readonly power?: number }): Answer {
  const { n, sd, power = 0.8, ratio = 1, alpha = 0.05, sides = 2 } = test;
  const problem = problemOfMean(test) ?? problemOfPower(power, alpha / sides) ?? problemOfCount(n) ?? tooFew(test, n);
  if (problem !== undefined) return noAnswer(problem);
  const normal = (criticalValue(test) + normalQuantile(power)) * sd * Math.sqrt((1 + 1 / ratio) / n);
  if ((test.formula ?? 't') === 'normal') return finiteAnswer(normal);
  let high = normal;
  while (powerAt(test, high, n) < power) high *= 2;
  return finiteAnswer(rootOf((delta) => powerAt(test, delta, n) - power, normal / 2, high));
}

function powerAt({ sd, ratio = 1, alpha = 0.05, sides = 2, formula = 't' }: MeanTest, delta: number, n: number): number {
  const noncentrality = Math.abs(delta / sd) / Math.sqrt((1 + 1 / ratio) / n);
  if (formula === 'normal') return normalCdf(noncentrality - criticalValue({ alpha, sides }));
  const df = n * (1 + ratio) - 2;
  return studentTail(studentUpperQuantile(alpha / sides, df), df, noncentrality);
}

const tooFew = ({ ratio = 1, formula = 't' }: MeanTest, n: number): string | undefined => (formula === 't' && n * Math.min(1, ratio) < FEWEST ? 'A t test needs two units in each arm.' : undefined);

function problemOfMean(test: MeanTest): string | undefined {
  return test.sd > 0 && Number.isFinite(test.sd) ? problemOfOptions(test) : `The standard deviation must be above 0; it is ${test.sd}.`;
}
