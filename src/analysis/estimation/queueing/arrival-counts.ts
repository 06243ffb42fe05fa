/** Chances of whole multiples of a unit: `shares[i]` is that of (first + i) units. They add up to one. */
export interface Counts {
  readonly first: number;
  readonly shares: Float64Array;
}

/** Standard deviations on either side that are kept: what is beyond is less than 1e-12. */
const REACH = 7.5;
/** Counts that are told apart before they are put into units. */
const MOST_COUNTS = 1024;

/**
 * How many requests arrive at a Poisson rate in a time: Poisson for a constant time, negative binomial for one with a gamma law.
 * In units above one, what is between them is shared so that mean and variance stay.
 *
 * @param mean Mean number of requests.
 * @param scv Variance of the time over its squared mean.
 */
export function countsOf(mean: number, scv: number, unit: number): Counts {
  if (!(mean > 0)) return { first: 0, shares: Float64Array.of(1) };
  const deviation = Math.sqrt(mean + scv * mean ** 2);
  const least = Math.max(0, Math.floor(mean - REACH * deviation));
  // The upper tail of a small Poisson law, and of a gamma law, is longer than normal.
  const most = Math.ceil(mean + REACH * deviation * (1 + 2 * Math.sqrt(scv)) + 12);
  const counted = most - least < MOST_COUNTS ? countedOne(mean, scv, least, most) : undefined;
  if (counted && unit === 1) return normalised({ first: least, shares: counted });
  const first = Math.floor(least / unit);
  const shares = new Float64Array(Math.ceil(most / unit) - first + 2);
  if (counted) {
    for (let index = 0; index < counted.length; index++) {
      // Between three neighbours, so that mean and variance stay; where counts follow each other smoothly no sum is negative.
      const share = counted[index] ?? 0;
      const place = (least + index) / unit - first;
      const middle = Math.max(1, Math.round(place));
      const off = place - middle;
      shares[middle - 1] = (shares[middle - 1] ?? 0) + (share * (off ** 2 - off)) / 2;
      shares[middle] = (shares[middle] ?? 0) + share * (1 - off ** 2);
      shares[middle + 1] = (shares[middle + 1] ?? 0) + (share * (off ** 2 + off)) / 2;
    }
    for (let index = 0; index < shares.length; index++) shares[index] = Math.max(0, shares[index] ?? 0);
  } else {
    // So many that the gamma law with the same mean and variance cannot be told from it.
    const shape = mean ** 2 / deviation ** 2;
    for (let index = 0; index < shares.length; index++) {
      const place = Math.max(0.25, first + index) * unit;
      shares[index] = Math.exp((shape - 1) * Math.log(place / mean) - shape * (place / mean - 1));
    }
  }
  return normalised({ first, shares });
}

/** What is left out at either end. */
const REST = 1e-11;

function normalised({ first, shares }: Counts): Counts {
  let sum = 0;
  for (const share of shares) sum += share;
  let [from, to] = [0, shares.length];
  for (let left = REST * sum; from < to - 1 && left > (shares[from] ?? 0); from++) left -= shares[from] ?? 0;
  for (let left = REST * sum; from < to - 1 && left > (shares[to - 1] ?? 0); to--) left -= shares[to - 1] ?? 0;
  return { first: first + from, shares: shares.subarray(from, to).map((share) => share / sum) };
}

/** From the likeliest count outwards, so that nothing underflows: p(n + 1) / p(n) = ratio · (n + shape) / (n + 1), or mean / (n + 1) for constant times. */
function countedOne(mean: number, scv: number, least: number, most: number): Float64Array {
  const shares = new Float64Array(most - least + 1);
  const shape = 1 / scv;
  const ratio = mean / (shape + mean);
  const step = (n: number): number => (scv > 0 ? (ratio * (n + shape)) / (n + 1) : mean / (n + 1));
  const mode = Math.min(most, Math.max(least, Math.floor(scv > 0 ? mean * (1 - scv) : mean)));
  shares[mode - least] = 1;
  for (let n = mode; n < most; n++) shares[n + 1 - least] = (shares[n - least] ?? 0) * step(n);
  for (let n = mode - 1; n >= least; n--) shares[n - least] = (shares[n + 1 - least] ?? 0) / step(n);
  return shares;
}
