/**
 * A zero of a continuous function between two ends at which its signs differ, to the precision of a double. Chandrupatla's
 * mixture of bisection and inverse quadratic interpolation: "A new hybrid quadratic/bisection algorithm for finding the
 * zero of a nonlinear function without using derivatives" (Advances in Engineering Software, 1997).
 *
 * @returns The end with the smaller value where the signs do not differ.
 */
export function rootOf(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [high, low];
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0 || fa > 0 === fb > 0) return Math.abs(fa) < Math.abs(fb) ? a : b;
  let [c, fc] = [a, fa];
  let part = 0.5;
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + part * (b - a);
    const fx = f(x);
    if (fx > 0 === fa > 0) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const width = Math.abs(b - a);
    const least = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / width;
    if (least > 0.5 || fa === 0 || fb === 0) return best;
    part = nextPart({ a, b, c }, { a: fa, b: fb, c: fc });
    part = Math.min(1 - least, Math.max(least, part));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

const MOST_STEPS = 200;

interface Triple {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Where to look next, as a part of the way from a to b: the middle, unless the inverse parabola is monotone there. */
function nextPart(x: Triple, f: Triple): number {
  const xi = (x.a - x.b) / (x.c - x.b);
  const phi = (f.a - f.b) / (f.c - f.b);
  const monotone = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
  if (!monotone) return 0.5;
  const part = (f.a / (f.b - f.a)) * (f.c / (f.b - f.c)) + ((x.c - x.a) / (x.b - x.a)) * (f.a / (f.c - f.a)) * (f.b / (f.c - f.b));
  return Number.isFinite(part) ? part : 0.5;
}
