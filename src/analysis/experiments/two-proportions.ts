import { finiteAnswer, noAnswer, answer, type Answer } from './answer.ts';
import { normalCdf, normalQuantile, normalTail, normalUpperQuantile } from './distributions.ts';
import { rootOf } from './root.ts';

/**
 * Which variance the test is taken to have. `pooled`, the default, is that of R's power.prop.test: both arms together under
 * the null hypothesis. `unpooled` takes each arm's own (0.02 % less at 10 % → 11 %), `arcsine` Cohen's h as statsmodels
 * and pwr do (0.05 % less), `control-variance` that of the control alone under the null hypothesis, as Evan Miller's page
 * does (3 % less at 10 % → 11 %, 6 % at 20 % → 25 %).
 */
export type ProportionFormula = 'pooled' | 'unpooled' | 'arcsine' | 'control-variance';

export interface TestOptions {
  /** Significance level of the whole test, 0.05 unless said otherwise. */
  readonly alpha?: number;
  readonly sides?: 1 | 2;
  /** Size of the treatment arm by that of the control arm. */
  readonly ratio?: number;
}

export interface ProportionTest extends TestOptions {
  readonly formula?: ProportionFormula;
  /** Share in the control arm, between 0 and 1. */
  readonly baseline: number;
}

/** Difference of the arms, and its standard deviations for one unit in the control arm, under either hypothesis. */
interface Spread {
  readonly effect: number;
  readonly underNull: number;
  readonly underAlternative: number;
}

/**
 * Units in the control arm, not rounded, that show the difference from `baseline` to `target` with the given power; the
 * treatment arm has `ratio` times as many. The opposite tail of a two-sided test is left out, as in R; `arcsine` counts it,
 * as statsmodels and pwr do.
 */
export function proportionSampleSize(test: ProportionTest & { readonly target: number; readonly power?: number }): Answer {
  const { target, power = 0.8 } = test;
  const problem = problemOfTest(test) ?? problemOfShare('target', target) ?? problemOfPower(power, levelOf(test)) ?? (target === test.baseline ? 'Baseline and target are equal: there is no difference to detect.' : undefined);
  if (problem !== undefined) return noAnswer(problem);
  const { effect, underNull, underAlternative } = spreadOf(test, target);
  const needed = criticalValue(test) * underNull + normalQuantile(power) * underAlternative;
  // Where the null hypothesis is taken to vary less than the alternative, chance alone may have so little power.
  if (needed <= 0) return noAnswer('By this formula a single unit has more power than that.');
  const n = (needed / effect) ** 2;
  // The opposite tail helps only where there is next to no power.
  return finiteAnswer(countsBothTails(test) && powerAt(test, target, n) > power ? rootOf((fewer) => powerAt(test, target, fewer) - power, 0, n) : n);
}

/** Chance to find the difference from `baseline` to `target` with `n` units in the control arm, in the right direction. */
export function proportionPower(test: ProportionTest & { readonly target: number; readonly n: number }): Answer {
  const { target, n } = test;
  const problem = problemOfTest(test) ?? problemOfShare('target', target) ?? problemOfCount(n);
  if (problem !== undefined) return noAnswer(problem);
  return answer(powerAt(test, target, n));
}

/**
 * The target nearest to the baseline that `n` units in the control arm show with the given power (minimum detectable
 * effect), above the baseline or below it.
 */
export function proportionDetectable(test: ProportionTest & { readonly n: number; readonly power?: number; readonly direction?: 'up' | 'down' }): Answer {
  const { n, power = 0.8, direction = 'up', baseline } = test;
  const problem = problemOfTest(test) ?? problemOfPower(power, levelOf(test)) ?? problemOfCount(n);
  if (problem !== undefined) return noAnswer(problem);
  const end = direction === 'up' ? 1 - Number.EPSILON : Number.MIN_VALUE;
  const missing = (target: number): number => (target === baseline ? levelOf(test) : powerAt(test, target, n)) - power;
  // From the baseline outwards: with very few units the power falls again towards the end.
  for (let halvings = FINEST; halvings >= 0; halvings--) {
    const [near, far] = [halvings + 1, halvings].map((times) => baseline + (end - baseline) * 2 ** -times) as [number, number];
    if (missing(far) >= 0) return answer(rootOf(missing, halvings === FINEST ? baseline : near, far));
  }
  return noAnswer(`${direction === 'up' ? 'Even a target of 100 %' : 'Even a target of 0 %'} would not be seen with so few units.`);
}

/** Halvings of the way from the baseline to the end, down to the precision of a double. */
const FINEST = 52;

function powerAt(test: ProportionTest, target: number, n: number): number {
  const { effect, underNull, underAlternative } = spreadOf(test, target);
  const critical = criticalValue(test);
  const right = normalCdf((Math.sqrt(n) * effect - critical * underNull) / underAlternative);
  return countsBothTails(test) ? right + normalTail(critical + (Math.sqrt(n) * effect) / underAlternative) : right;
}

const countsBothTails = ({ formula, sides = 2 }: ProportionTest): boolean => formula === 'arcsine' && sides === 2;

function spreadOf({ baseline, formula = 'pooled', ratio = 1 }: ProportionTest, target: number): Spread {
  const [control, treatment] = [baseline * (1 - baseline), target * (1 - target)];
  const effect = Math.abs(target - baseline);
  const own = Math.sqrt(control + treatment / ratio);
  switch (formula) {
    case 'arcsine': {
      const both = Math.sqrt(1 + 1 / ratio);
      return { effect: cohenH(baseline, target), underNull: both, underAlternative: both };
    }
    case 'unpooled':
      return { effect, underNull: own, underAlternative: own };
    case 'control-variance':
      return { effect, underNull: Math.sqrt(control * (1 + 1 / ratio)), underAlternative: own };
    case 'pooled': {
      const pooled = (baseline + ratio * target) / (1 + ratio);
      return { effect, underNull: Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio)), underAlternative: own };
    }
  }
}

/** |2 arcsin √p₁ − 2 arcsin √p₂|: Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988). */
export const cohenH = (first: number, second: number): number => Math.abs(2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second)));

const levelOf = ({ alpha = 0.05, sides = 2 }: TestOptions): number => alpha / sides;

/** The z that the statistic must pass. */
export const criticalValue = (test: TestOptions): number => normalUpperQuantile(levelOf(test));

function problemOfTest(test: ProportionTest): string | undefined {
  return problemOfShare('baseline', test.baseline) ?? problemOfOptions(test);
}

/** What is wrong with a level or a ratio, in words. */
export function problemOfOptions({ alpha = 0.05, ratio = 1 }: TestOptions): string | undefined {
  if (!(alpha > 0 && alpha < 1)) return `The significance level must lie between 0 and 1; it is ${alpha}.`;
  return ratio > 0 && Number.isFinite(ratio) ? undefined : `The ratio of the arms must be above 0; it is ${ratio}.`;
}

/** What is wrong with a power, which must be above what chance alone reaches. */
export function problemOfPower(power: number, level: number): string | undefined {
  return power > level && power < 1 ? undefined : `The power must lie between the significance level of a side (${level}) and 1; it is ${power}.`;
}

export const problemOfCount = (n: number): string | undefined => (n > 0 && Number.isFinite(n) ? undefined : `The number of units must be above 0; it is ${n}.`);

/** What is wrong with a share; at 0 and 1 nothing varies, and the normal approximation says nothing. */
export function problemOfShare(name: string, share: number): string | undefined {
  return share > 0 && share < 1 ? undefined : `The ${name} must be a share between 0 and 1, both excluded; it is ${share}.`;
}
