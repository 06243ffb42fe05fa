/** Chances of whole multiples of a unit: `shares[i]` is that of (first + i) units. They add up to one. */
export interface Counts {
  readonly first: number;
  readonly shares: Float64Array;
}

/** Standard deviations on either side that are kept: what is beyond is less than 1e-12. */
const REACH = 7.5;

/**
 * How many requests arrive at a Poisson rate in a time: Poisson for a constant time, negative binomial for one with a gamma law;
 * in units above one, a normal law on their grid.
 *
 * @param mean Mean number of requests.
 * @param scv Variance of the time over its squared mean.
 */
export function countsOf(mean: number, scv: number, unit: number): Counts {
  if (!(mean > 0)) return { first: 0, shares: Float64Array.of(1) };
  const deviation = Math.sqrt(mean + scv * mean ** 2);
  const least = Math.max(0, Math.floor((mean - REACH * deviation) / unit));
  // The upper tail of a small Poisson law is longer than normal.
  const most = Math.ceil((mean + REACH * deviation + (unit === 1 ? 12 * (1 + scv * mean) : 0)) / unit);
  const shares = new Float64Array(most - least + 1);
  if (unit > 1) for (let index = 0; index < shares.length; index++) shares[index] = Math.exp(-(((least + index) * unit - mean) ** 2) / (2 * deviation ** 2));
  else fillFromMode(shares, least, mean, scv);
  let sum = 0;
  for (const share of shares) sum += share;
  for (let index = 0; index < shares.length; index++) shares[index] = (shares[index] ?? 0) / sum;
  return { first: least, shares };
}

function fillFromMode(shares: Float64Array, least: number, mean: number, scv: number): void {
  // p(n + 1) / p(n) = ratio · (n + shape) / (n + 1); its limit for constant times is mean / (n + 1).
  const shape = 1 / scv;
  const ratio = mean / (shape + mean);
  const step = (n: number): number => (scv > 0 ? (ratio * (n + shape)) / (n + 1) : mean / (n + 1));
  const mode = Math.min(least + shares.length - 1, Math.max(least, Math.floor(mean)));
  shares[mode - least] = 1;
  for (let n = mode; n + 1 - least < shares.length; n++) shares[n + 1 - least] = (shares[n - least] ?? 0) * step(n);
  for (let n = mode - 1; n >= least; n--) shares[n - least] = (shares[n + 1 - least] ?? 0) / step(n);
}
