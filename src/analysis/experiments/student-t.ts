import { normalTail, normalUpperQuantile } from './distributions.ts';
import { rootOf } from './root.ts';

/** From here on a t distribution is normal to nine digits. */
const MANY = 1e9;

/** Logarithm of a density, relative to its peak, below which nothing is added. */
const NOTHING = -90;

/**
 * P(T > t) of a t distribution, noncentral where `noncentrality` is not 0. T is (Z + noncentrality) / S with S² = χ² / df,
 * so the tail of Z is integrated over ln S, where the trapezoidal rule converges exponentially.
 *
 * @param df Degrees of freedom, above 0.
 */
export function studentTail(t: number, df: number, noncentrality = 0): number {
  if (df >= MANY) return normalTail(t - noncentrality);
  const logDensity = (u: number): number => df * (u - Math.expm1(2 * u) / 2);
  const step = 0.25 / Math.sqrt(df + 2);
  let [weights, sum] = [0, 0];
  const add = (u: number): boolean => {
    const log = logDensity(u);
    if (log < NOTHING) return false;
    const weight = Math.exp(log);
    weights += weight;
    sum += weight * normalTail(t * Math.exp(u) - noncentrality);
    return true;
  };
  for (let index = 0; add(index * step); index++);
  for (let index = -1; add(index * step); index--);
  return sum / weights;
}

/** The t with P(T > t) = p of a central t distribution, for p up to a half. */
export function studentUpperQuantile(p: number, df: number): number {
  const normal = normalUpperQuantile(p);
  if (df >= MANY || p >= 0.5) return normal;
  let high = Math.max(1, 2 * normal);
  while (studentTail(high, df) > p) high *= 2;
  // On a logarithmic scale, since the tail of few degrees of freedom is a power.
  return Math.exp(rootOf((log) => Math.log(studentTail(Math.exp(log), df) / p), Math.log(Math.max(normal, 1e-12)), Math.log(high)));
}
