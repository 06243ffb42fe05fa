/** Where less than this share of the typical time is left, it counts as none. */
const NOTHING = 1e-12;
const PRECISION = 1e-10;

/**
 * The time beyond which a share of the requests lies, for a continuous tail that falls to zero. The root of ln tail(t) = ln share
 * is bracketed and then found by inverse quadratic interpolation with bisection where that does not pay (Chandrupatla 1997).
 *
 * @param share Between zero and one; infinity is returned for zero.
 * @param typical A time of the right order, above zero.
 */
export function inverseTail(tail: (t: number) => number, share: number, typical: number): number {
  if (!(share > 0)) return Infinity;
  if (share >= 1) return 0;
  const target = Math.log(share);
  const miss = (t: number): number => Math.log(Math.max(tail(t), Number.MIN_VALUE)) - target;
  let [low, missLow, high, missHigh] = [typical, miss(typical), typical, 0];
  if (missLow === 0) return typical;
  if (missLow > 0) {
    do {
      [low, missLow] = high === typical ? [low, missLow] : [high, missHigh];
      high *= 2;
      missHigh = miss(high);
    } while (missHigh > 0 && high < Number.MAX_VALUE / 4);
  } else {
    do {
      [high, missHigh] = [low, missLow];
      low /= 4;
      missLow = miss(low);
    } while (missLow < 0 && low > typical * NOTHING);
    if (missLow < 0) return 0;
  }
  return rootBetween(miss, low, missLow, high, missHigh);
}

function rootBetween(miss: (t: number) => number, low: number, missLow: number, high: number, missHigh: number): number {
  // `b` is the newest point, `a` the other end of the bracket, `c` the point before.
  let [a, fa, b, fb] = [low, missLow, high, missHigh];
  let [c, fc] = [a, fa];
  let share = 0.5;
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
