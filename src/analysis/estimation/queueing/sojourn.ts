import { logGamma, lowerGamma, upperGamma } from '../../statistics/special-functions.ts';
import { exponentialSum } from './markovian.ts';
import { waitTail, type WaitLaw } from './wait-law.ts';

/** A wait, and a service time with a gamma law that does not depend on it. */
export interface SojournParts {
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  /** Variance of the service time over its squared mean. */
  readonly serviceScv: number;
  readonly wait: WaitLaw;
}

/** Below this variation service counts as constant: its standard deviation is one percent of its mean. */
const CONSTANT_SCV = 1e-4;
export const isConstant = (scv: number): boolean => scv <= CONSTANT_SCV;

/** So few wait that no percentile that anybody asks for is moved by them. */
const RARE = 1e-9;
export const isRare = (wait: WaitLaw): boolean => wait.probability < RARE;

/** P(W + S > t) in closed form. */
export function sojournTail({ serviceTime, serviceScv, wait }: SojournParts): (t: number) => number {
  if (isConstant(serviceScv)) return (t) => (t < serviceTime ? 1 : waitTail(wait, t - serviceTime));
  const [only, second] = wait.phases;
  if (serviceScv === 1 && !second) return exponentialSum(serviceTime, wait.probability, only?.mean ?? 0);
  const shape = 1 / serviceScv;
  const rate = shape / serviceTime;
  const delays = isRare(wait) ? [] : wait.phases.map(({ weight, mean }) => ({ weight: weight * wait.probability, delayed: delayedBy(shape, rate, 1 / mean) }));
  return (t) => {
    if (!(t > 0)) return 1;
    let sum = upperGamma(shape, rate * t);
    for (const { weight, delayed } of delays) sum += weight * delayed(t);
    return Math.min(1, Math.max(0, sum));
  };
}

const delayedBy = (shape: number, rate: number, fall: number): ((t: number) => number) => (fall < rate ? slowWait : fastWait)(shape, rate, fall);

/*
 * Both are P(S + W > t) − P(S > t) = ∫₀ᵗ f(s) e^(−fall·(t − s)) ds for the gamma density f: with x = (rate − fall)·t it is
 * (rate/(rate − fall))ᵏ e^(−fall·t) P(k, x), and (rate·t)ᵏ/Γ(k + 1) e^(−fall·t) ₁F₁(k; k + 1; −x).
 */

/** Waits that are longer than the scale of the service law. */
function slowWait(shape: number, rate: number, fall: number): (t: number) => number {
  const scale = -shape * Math.log1p(-fall / rate);
  const norm = logGamma(shape + 1);
  return (t) => {
    const x = (rate - fall) * t;
    if (x >= shape + 1) return Math.exp(scale - fall * t) * lowerGamma(shape, x);
    // Where the rates are close the power is huge and P tiny; their product by the series of P has neither.
    let [term, sum] = [1, 1];
    for (let n = 1; term > sum * 1e-16; n++) sum += term *= x / (shape + n);
    return Math.exp(shape * Math.log(rate * t) - rate * t - norm) * sum;
  };
}

/** Waits that fall off so many times faster than the service are short beside it: three terms of an expansion do, to a thousandth. */
const SHORT_WAITS = 5;
/** Up to this exponent the series has few terms. */
const MOST_EXPONENT = 40;

/**
 * Waits that fall off faster than the service: the series of Kummer’s function, whose terms are all positive; where it is
 * long and the waits short, f·w − f′·w² + f″·w³ with their mean w.
 */
function fastWait(shape: number, rate: number, fall: number): (t: number) => number {
  const norm = logGamma(shape + 1);
  const waited = 1 / fall;
  return (t) => {
    const x = (fall - rate) * t;
    if (x > 2 * shape + FEW) return Math.exp(shape * Math.log(rate * t) - rate * t - norm) * longSum(shape, x);
    if ((x > MOST_EXPONENT && fall > SHORT_WAITS * rate) || fall * t > TOO_LONG) {
      const density = ((Math.exp(shape * Math.log(rate * t) - rate * t - norm) * shape) / t) * waited;
      const slope = (shape - 1) / t - rate;
      return Math.max(0, density * (1 - slope * waited + (slope ** 2 - (shape - 1) / t ** 2) * waited ** 2));
    }
    let [power, sum] = [1, 1];
    for (let n = 1, term = 1; n <= x || term > sum * 1e-16; n++) {
      power *= x / n;
      term = (power * shape) / (shape + n);
      sum += term;
    }
    return Math.exp(shape * Math.log(rate * t) - fall * t - norm) * sum;
  };
}

/** From 2·shape + this on the asymptotic series of Kummer’s function reaches the precision of numbers before its terms grow. */
const FEW = 36;

/** e^(−x) ₁F₁(k; k + 1; x) for large x: k/x · Σ (1 − k)(2 − k)…(n − k)/xⁿ (Abramowitz and Stegun 13.5.1). */
function longSum(shape: number, x: number): number {
  let [term, sum] = [1, 1];
  for (let n = 1; n < 200 && Math.abs(term) > 1e-15; n++) sum += term *= (n - shape) / x;
  return (shape / x) * sum;
}

/** Beyond this the exponentials of the series leave the range of numbers. */
const TOO_LONG = 600;
