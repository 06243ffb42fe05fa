/** A result of an evaluation as its author wrote it: `recall 0.79..0.81 for country SE`. */
export interface EvaluationResult {
  readonly metric: string;
  /** As written, with its unit: `0.83`, `82 %`; undefined where the text names no value. */
  readonly value?: string;
  /** Ends of a range, as written. */
  readonly low?: string;
  readonly high?: string;
  /** The group that it holds for; undefined for all. */
  readonly group?: string;
}

/** Takes apart what stands in `results`; a text in another form is a metric without a value, so that nothing is lost. */
export function resultOf(text: string): EvaluationResult {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const [, metric = '', low = '', high, unit = '', group] = FORM.exec(line) ?? [];
  if (metric === '') return { metric: line };
  const ends = high === undefined ? {} : { low: `${low}${unit}`, high: `${high}${unit}` };
  return { metric, value: high === undefined ? `${low}${unit}` : `${low} to ${high}${unit}`, ...ends, ...(group !== undefined && { group }) };
}

const NUMBER = String.raw`[-+]?\d+(?:[._]\d+)*(?:e[-+]?\d+)?`;
/** The unit is one short word; a longer tail would be a sentence, and is none of ours to cut. */
const FORM = new RegExp(String.raw`^(\S(?:.*?\S)?)[\s:=]+(${NUMBER})(?:\.\.(${NUMBER}))?(\s?(?:%|[^\s\d]\S{0,11}))?(?:\s+for\s+(\S.*))?$`, 'iu');
