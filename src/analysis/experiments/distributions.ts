import { normalCdf, normalQuantile, normalUpperQuantile, upperGamma, upperGammaInverse } from '../statistics/special-functions.ts';
import { rootOf } from './root.ts';

export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

export { normalCdf, normalQuantile, normalUpperQuantile };

/** P(Z > z), with all its digits far out where 1 − P(Z ≤ z) has none. */
export const normalTail = (z: number): number => normalCdf(-z);

/** P(X > x) of chi-squared with `df` degrees of freedom. */
export function chiSquaredTail(x: number, df: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return upperGamma(df / 2, x / 2);
}

/** The x with P(X > x) = p of chi-squared with `df` degrees of freedom; infinite at p = 0. */
export function chiSquaredUpperQuantile(p: number, df: number): number {
  if (p <= 0) return Infinity;
  if (p >= 1) return 0;
  return 2 * upperGammaInverse(df / 2, p);
}

/** Above so many degrees of freedom the noncentral law is as good as its normal approximation. */
const MANY = 2000;

/** Above this noncentrality the sum is long and the normal approximation good to four digits. */
const FAR_FROM_CENTRAL = 1000;

/**
 * P(X > x) of noncentral chi-squared: a Poisson mixture of central ones, each from the one before; by Sankaran, "On the
 * non-central chi-square distribution" (Biometrika, 1959), where the noncentrality is above 1,000.
 */
export function noncentralChiSquaredTail(x: number, df: number, noncentrality: number): number {
  if (x <= 0) return 1;
  if (noncentrality <= 0) return chiSquaredTail(x, df);
  if (noncentrality > FAR_FROM_CENTRAL || df > MANY) return sankaranTail(x, df, noncentrality);
  const [half, mean] = [x / 2, noncentrality / 2];
  // Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ / Γ(a + 1)
  let logStep = (df / 2) * Math.log(half) - half - logGammaOfHalves(df + 2);
  let tail = chiSquaredTail(x, df);
  let logWeight = -mean;
  let sum = 0;
  const last = mean + 12 * Math.sqrt(mean) + 40;
  for (let j = 0; j <= last; j++) {
    sum += Math.exp(logWeight) * tail;
    tail += Math.exp(logStep);
    logStep += Math.log(half / (df / 2 + j + 1));
    logWeight += Math.log(mean / (j + 1));
  }
  return Math.min(1, sum);
}

function sankaranTail(x: number, df: number, noncentrality: number): number {
  const total = df + noncentrality;
  const spread = df + 2 * noncentrality;
  const h = 1 - (2 * total * (df + 3 * noncentrality)) / (3 * spread ** 2);
  const p = spread / total ** 2;
  const m = (h - 1) * (1 - 3 * h);
  const mean = 1 + h * p * (h - 1 - ((2 - h) * m * p) / 2);
  const deviation = h * Math.sqrt(2 * p) * (1 + (m * p) / 2);
  return normalTail(((x / total) ** h - mean) / deviation);
}

/** ln Γ(n / 2) for a whole n above 0. */
function logGammaOfHalves(n: number): number {
  let sum = n % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = n % 2 === 0 ? 2 : 1; k < n; k += 2) sum += Math.log(k / 2);
  return sum;
}

/** The noncentrality at which noncentral chi-squared exceeds `x` with a probability; 0 where it does without any. */
export function noncentralityFor(x: number, df: number, probability: number): number {
  if (chiSquaredTail(x, df) >= probability) return 0;
  // So far out nothing spreads, to the digits of a double.
  if (x > 1e30) return x;
  let high = Math.max(1, x);
  while (noncentralChiSquaredTail(x, df, high) < probability) high *= 2;
  return rootOf((noncentrality) => noncentralChiSquaredTail(x, df, noncentrality) - probability, 0, high);
}

/** P(√n D > x) of the Kolmogorov-Smirnov distance in large samples: Kolmogorov (1933); Jacobi's other series near zero. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= 20; k++) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

/** The x that the Kolmogorov distribution exceeds with probability p: 1.3581 at 5 %. */
export function kolmogorovUpperQuantile(p: number): number {
  if (p <= 0) return Infinity;
  if (p >= 1) return 0;
  // The first term of the series alone; the others matter only near the centre.
  if (p < 1e-6) return Math.sqrt(-Math.log(p / 2) / 2);
  return rootOf((x) => kolmogorovTail(x) - p, 0, 5);
}
