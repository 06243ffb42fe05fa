/** Times of simulated requests, in seconds and rising. */
export interface Sample {
  readonly times: Float64Array;
  readonly mean: number;
  readonly quantile: (p: number) => number;
}

/** Sorts in place. */
export function sampleOf(times: Float64Array): Sample {
  times.sort();
  let sum = 0;
  for (const time of times) sum += time;
  return { times, mean: sum / times.length, quantile: (p) => times[Math.min(times.length - 1, Math.floor(p * times.length))] ?? Number.NaN };
}
