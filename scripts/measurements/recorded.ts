import { accuracyOf, type Accuracy, type Population } from './accuracy.ts';

/**
 * Median errors that were reached, by population. What has been left out of the calibration may get worse by two points before it
 * counts as a regression.
 */
export const RECORDED_MEDIAN: Readonly<Record<string, number>> = {
  'batch latency from two points': 0.062,
  'throughput on another accelerator': 0.072,
  roofline: 0.213,
  'LLM maximum throughput': 0.073,
  'LLM latency by concurrency': 0.07,
};

const MOST_WORSE = 0.02;

/** Where the coverage of an 80 % band should lie. */
const COVERAGE = [0.75, 0.9] as const;

/** What is wrong with a population; nothing where all is as recorded. */
export function regressions({ name, split, comparisons }: Population, accuracy: Accuracy = accuracyOf(comparisons)): readonly string[] {
  const recorded = RECORDED_MEDIAN[name];
  const worse = split === 'hold-out' && recorded !== undefined && accuracy.median > recorded + MOST_WORSE;
  // In a small sample of a sound band so many lie outside by chance alone (95 %, one side).
  const chance = 1.645 * Math.sqrt((0.8 * 0.2) / accuracy.count);
  const [least, most] = [COVERAGE[0] - chance, COVERAGE[1] + chance];
  return [
    ...(worse ? [`median error ${percent(accuracy.median)} is more than two points above the recorded ${percent(recorded ?? 0)}`] : []),
    ...(accuracy.coverage < least || accuracy.coverage > most ? [`the 80 % band holds ${percent(accuracy.coverage)}, outside of 75 to 90 %`] : []),
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
