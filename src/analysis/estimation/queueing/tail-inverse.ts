import { normalQuantile } from '../../statistics/special-functions.ts';

/** Where less than this share of the typical time is left, it counts as none. */
const NOTHING = 1e-12;
const PRECISION = 1e-10;

/** Where a search begins, and how much later the time is at which the tail is smaller by a factor e. */
export interface Guess {
  readonly time: number;
  readonly decay: number;
}

/** The p-quantile as if the law were a gamma law: the cube root of one is nearly normal (Wilson and Hilferty, 1931). */
export function gammaLikeQuantile(mean: number, variance: number, p: number): Guess {
  const width = Math.sqrt(variance) / mean;
  const z = normalQuantile(p);
  const root = 1 - width ** 2 / 9 + (z * width) / 3;
  if (!(root > LEAST_ROOT)) return { time: mean, decay: mean };
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return { time: mean * root ** 3, decay: ((1 - p) * mean * width * root ** 2) / density };
}

/** Below this the cube of the normal law says nothing of a gamma law. */
const LEAST_ROOT = 0.2;
/** The second point of a search is meant to lie a little beyond the root, so that both enclose it closely. */
const BEYOND = 1.2;

/**
 * The time beyond which a share of the requests lies, for a continuous tail that falls to zero. The root of ln tail(t) = ln share
 * is bracketed and then found by inverse quadratic interpolation with bisection where that does not pay (Chandrupatla 1997).
 *
 * @param share Between zero and one; infinity is returned for zero.
 */
export function inverseTail(tail: (t: number) => number, share: number, { time, decay }: Guess): number {
  if (!(share > 0)) return Infinity;
  if (share >= 1) return 0;
  const target = Math.log(share);
  const miss = (t: number): number => Math.log(Math.max(tail(t), Number.MIN_VALUE)) - target;
  const missed = miss(time);
  if (Math.abs(missed) < PRECISION) return time;
  let [low, missLow, high, missHigh] = [time, missed, time, missed];
  if (missed > 0) {
    high = time + Math.max(BEYOND * missed * decay, time * 1e-9);
    missHigh = miss(high);
    while (missHigh > 0 && high < Number.MAX_VALUE / 4) {
      [low, missLow] = [high, missHigh];
      high *= 2;
      missHigh = miss(high);
    }
  } else {
    low = Math.max(time / 4, time + Math.min(BEYOND * missed * decay, -time * 1e-9));
    missLow = miss(low);
    while (missLow < 0 && low > time * NOTHING) {
      [high, missHigh] = [low, missLow];
      low /= 4;
      missLow = miss(low);
    }
    if (missLow < 0) return 0;
  }
  return rootBetween(miss, low, missLow, high, missHigh);
}

function rootBetween(miss: (t: number) => number, low: number, missLow: number, high: number, missHigh: number): number {
  // `b` is the newest point, `a` the other end of the bracket, `c` the point before.
  let [a, fa, b, fb] = [low, missLow, high, missHigh];
  let [c, fc] = [a, fa];
  let share = fa / (fa - fb);
  for (let step = 0; step < 100; step++) {
    const t = a + share * (b - a);
    const ft = miss(t);
    if (Math.sign(ft) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [t, ft];
    const [best, missed] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
    const width = (PRECISION * best) / Math.abs(b - a);
    if (Math.abs(missed) < PRECISION || width > 0.5) return best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const interpolates = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
    share = interpolates ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb)) : 0.5;
    share = Math.min(1 - width, Math.max(width, share));
  }
  return a;
}
