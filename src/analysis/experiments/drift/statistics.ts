import { answer, mapAnswer, noAnswer, type Answer } from '../answer.ts';
import { kolmogorovUpperQuantile } from '../distributions.ts';
import { chiSquaredUnderNull, kolmogorovSmirnovUnderNull, psiUnderNull, rowsForThreshold, type NullDistribution, type Sizes } from './null-distribution.ts';
import { detectableByChiSquared, detectableByKs, detectablePsi, klOfShift, psiOfShift, rowsForShift, shiftOf } from './sensitivity.ts';

/** What is needed to judge a statistic at a size. */
export interface Judged {
  readonly bins: number;
  readonly sizes: Sizes;
  readonly power: number;
}

/** A statistic whose behaviour without drift is known. */
export interface Statistic {
  /** What a threshold is where nobody gives one: a convention, or a level. */
  readonly usual: { readonly threshold: number } | { readonly alpha: number } | undefined;
  readonly underNull: (judged: Judged) => Answer<NullDistribution>;
  /** Shift in standard deviations that passes the threshold with the power. */
  readonly smallestShift: (judged: Judged, threshold: number) => Answer;
  /** Rows that a window needs, for the threshold or for the shift that matters. */
  readonly neededRows: (needs: Needs) => Answer;
  /** Up to here a threshold is a p-value, unless somebody says what it is. */
  readonly largestP?: number;
}

interface Needs {
  readonly bins: number;
  readonly threshold: Answer;
  readonly reference?: number;
  readonly shift?: number;
}

/** The chi-squared approximation holds from so many expected rows in each bin. */
export const FEWEST_IN_BIN = 5;

const divergence = (factor: number, usual: Statistic['usual'], ofShift: (shift: number, bins: number) => number): Statistic => ({
  usual,
  underNull: ({ bins, sizes }) => psiUnderNull(bins, sizes, factor),
  smallestShift: ({ bins, sizes, power }, threshold) => {
    const detectable = detectablePsi({ bins, sizes, threshold, power, factor });
    return detectable.value === null ? detectable : shiftOf(detectable.value, (shift) => ofShift(shift, bins));
  },
  neededRows: ({ bins, threshold, reference }) => (threshold.value === null ? threshold : mapAnswer(rowsForThreshold({ bins, threshold: threshold.value, reference, factor }), (rows) => Math.max(rows, FEWEST_IN_BIN * bins))),
});

const STATISTICS: Readonly<Record<string, Statistic>> = {
  psi: divergence(1, { threshold: 0.1 }, psiOfShift),
  kl: divergence(0.5, undefined, klOfShift),
  chi_squared: {
    usual: { alpha: 0.05 },
    underNull: ({ bins }) => chiSquaredUnderNull(bins),
    smallestShift: (judged, critical) => detectableByChiSquared({ ...judged, critical }),
    neededRows: ({ bins }) => answer(FEWEST_IN_BIN * bins),
    largestP: 1,
  },
  ks: {
    usual: { alpha: 0.05 },
    underNull: ({ sizes }) => kolmogorovSmirnovUnderNull(sizes),
    smallestShift: ({ sizes, power }, critical) => detectableByKs({ sizes, critical, power }),
    neededRows: ({ shift }) => (shift === undefined ? noAnswer('It holds at any size; say which shift matters to know how many rows show it.') : rowsForShift(shift, kolmogorovUpperQuantile(0.05))),
    largestP: 0.05,
  },
};

/** The statistic of a test, or why nothing is said of it. */
export function statisticOf(test: string): Answer<Statistic> {
  const found = Object.hasOwn(STATISTICS, test) ? STATISTICS[test] : undefined;
  return found ? answer(found) : noAnswer(Object.hasOwn(UNKNOWN, test) ? (UNKNOWN[test] ?? '') : `Nothing is known of ${test} without drift.`);
}

const NO_NULL = 'No distribution without drift is known that holds for any feature: take it from the data, by comparing the reference with parts of itself.';

const UNKNOWN: Readonly<Record<string, string>> = {
  js: `The Jensen-Shannon distance is compared with a convention, not tested. ${NO_NULL}`,
  wasserstein: `The Wasserstein distance depends on the tails of the feature. ${NO_NULL}`,
  mmd: `The maximum mean discrepancy depends on its kernel. ${NO_NULL}`,
  cosine: `The distance of embeddings depends on the embedding. ${NO_NULL}`,
  classifier: `How well a classifier tells old from new by chance depends on the classifier. ${NO_NULL}`,
  zscore: 'Whether the standard deviations are those of a row or of the mean of a window is not said.',
  rule: 'A rule is no statistic.',
  llm_judge: 'A judgement is no statistic.',
  human: 'A judgement is no statistic.',
};
