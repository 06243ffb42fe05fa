/** The level of each of so many comparisons that keeps the chance of any false one at `alpha`: Bonferroni. */
export const bonferroniLevel = (alpha: number, comparisons: number): number => alpha / Math.max(1, comparisons);

/**
 * p-values that may be compared with the level of the whole family, in the order given: Holm, "A simple sequentially
 * rejective multiple test procedure" (Scandinavian Journal of Statistics, 1979). Never less powerful than Bonferroni.
 */
export function holm(pValues: readonly number[]): number[] {
  let largest = 0;
  return adjusted(pValues, (p, rank) => (largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p))), 'ascending');
}

/**
 * p-values that may be compared with a false-discovery rate, in the order given: Benjamini and Hochberg, "Controlling the
 * false discovery rate" (JRSS B, 1995).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  let smallest = 1;
  return adjusted(pValues, (p, rank) => (smallest = Math.min(smallest, (pValues.length / (rank + 1)) * p)), 'descending');
}

function adjusted(pValues: readonly number[], adjust: (p: number, rank: number) => number, direction: 'ascending' | 'descending'): number[] {
  const ranked = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p).map((entry, rank) => ({ ...entry, rank }));
  const result = pValues.map(() => 1);
  for (const { p, index, rank } of direction === 'ascending' ? ranked : ranked.reverse()) result[index] = adjust(p, rank);
  return result;
}

/**
 * Mean number of rejections of Benjamini and Hochberg's procedure where none of so many independent hypotheses is false:
 * α Σ C(m−1, j) (j+1)! (α/m)ʲ, at most α / (1 − α)². Finner and Roters, "Multiple hypotheses testing and expected number of
 * type I errors" (Annals of Statistics, 2002).
 */
export function falseDiscoveriesUnderNull(alpha: number, comparisons: number): number {
  let [term, sum] = [alpha, 0];
  for (let j = 0; j < comparisons && term > sum * 1e-16; j++) {
    sum += term;
    term *= ((comparisons - 1 - j) / comparisons) * ((j + 2) / (j + 1)) * alpha;
  }
  return sum;
}
