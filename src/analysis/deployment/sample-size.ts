/**
 * Samples in each arm that show a difference between two shares, at 80 % power and 5 % significance (two-sided):
 * n ≈ 16 p (1 − p) / δ². The rule of thumb of Lehr (1992) for (z₀.₉₇₅ + z₀.₈)² · 2 ≈ 15.7.
 *
 * @param from The share without the change, 0 to 1; where it is a range, the easiest value counts for the lower bound.
 * @param difference The absolute difference of the shares, 0 to 1.
 */
export function samplesPerArm(from: Range, difference: Range): Range {
  const spread = [from.low, from.high].map((share) => share * (1 - share));
  const widest = from.low <= 0.5 && from.high >= 0.5 ? 0.25 : Math.max(...spread);
  return { low: (16 * Math.min(...spread)) / difference.high ** 2, high: (16 * widest) / difference.low ** 2 };
}

interface Range {
  readonly low: number;
  readonly high: number;
}
