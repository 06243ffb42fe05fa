import type { Banded } from '../../src/analysis/estimation/quantity.ts';

/** One estimate beside what was measured. */
export interface Comparison {
  readonly name: string;
  readonly measured: number;
  readonly estimated: Pick<Banded, 'value' | 'low' | 'high'>;
}

export type Split = 'calibration' | 'hold-out';

/** Measurements of one kind, on which the constants were chosen or which they have not seen. */
export interface Population {
  readonly name: string;
  readonly split: Split;
  readonly comparisons: readonly Comparison[];
}

/** Errors as shares: 0.1 is ten percent; coverage is the share of measurements within the 80 % band. */
export interface Accuracy {
  readonly count: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly coverage: number;
  /** Median of estimate over measurement; one where as many lie above as below. */
  readonly bias: number;
}

export function accuracyOf(comparisons: readonly Comparison[]): Accuracy {
  const errors = comparisons.map(({ measured, estimated }) => Math.abs(estimated.value / measured - 1));
  const within = comparisons.filter(({ measured, estimated }) => estimated.low <= measured && measured <= estimated.high);
  return {
    count: comparisons.length,
    median: quantile(errors, 0.5),
    ninetieth: quantile(errors, 0.9),
    coverage: within.length / comparisons.length,
    bias: quantile(comparisons.map(({ measured, estimated }) => estimated.value / measured), 0.5),
  };
}

/** Linear between the two nearest values (type 7 of Hyndman and Fan, 1996). */
function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}
