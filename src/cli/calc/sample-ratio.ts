import { sampleRatio, type SampleRatio } from '../../analysis/experiments/srm.ts';
import { Failure } from '../failure.ts';

export interface CountedSplit extends SampleRatio {
  readonly counts: readonly number[];
}

/**
 * Whether arms with counts such as `821588,815482` have a split such as `1:1`.
 *
 * @throws Failure where they cannot be compared.
 */
export function sampleRatioOf(counts: string, expected: string | undefined): CountedSplit {
  const [units, split] = [partsOf('srm', counts, '821588,815482'), expected === undefined ? undefined : partsOf('expected', expected, '1:1')];
  const { value, reason } = sampleRatio(units, split);
  if (value === null) throw new Failure(reason ?? 'There is no answer.');
  return { counts: units, ...value };
}

function partsOf(name: string, text: string, example: string): number[] {
  const parts = text.split(/[,:/\s]+/).map((part) => (/^\d[\d_]*(\.\d+)?%?$/.test(part) ? Number(part.replaceAll(/[_%]/g, '')) : Number.NaN));
  if (parts.some((part) => Number.isNaN(part))) throw new Failure(`--${name} takes numbers, such as ${example}; found ${text}.`);
  return parts;
}
