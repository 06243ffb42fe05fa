import { resultOf } from '../../analysis/dossier/evaluation-results.ts';
import { value } from '../../model/statements.ts';
import type { Component } from '../../model/architecture.ts';
import type { Block, Inline } from '../document/block.ts';
import { factsOf, factsUnder, type Wanted } from '../declared/gathered.ts';
import { kindText } from '../declared/said.ts';
import { code, paragraph, strong } from '../review-report/words.ts';
import type { CardPart, CardSubject } from './part.ts';

const WANTED: readonly Wanted[] = [['Metrics', 'metrics'], ['Compared with', 'compares_to'], ['Groups that are looked at by themselves', 'segments'], ['Fairness metrics', 'fairness'], ['Stress tests', 'robustness']];
const IF_SAID: readonly Wanted[] = [['Judges', 'judges'], ['Judged on', 'on'], ['Ground truth', 'labels'], ['How the data was divided', 'split'], ['What fails does not go on', 'blocking'], ['Interval', 'every'], ['What the business looks at', 'business_metric'], ['Judged together with', 'joint'], ['A simple solution beside it', 'baseline'], ['Who judges', 'done_by'], ['Its data is kept out of training', 'overlap_checked']];
/** Only a probability can be calibrated. */
const SCORES: ReadonlySet<string> = new Set(['binary_classification', 'classification', 'anomaly_detection', 'detection']);

/** How good the model is, and how that is known. */
export function evaluation({ dossier: { model, evaluations, evaluationsAround } }: CardSubject): CardPart {
  const wanted: readonly Wanted[] = SCORES.has(value(model, 'task') ?? '') ? [...WANTED, ['Scores are checked as probabilities', 'calibration']] : WANTED;
  const asked = evaluations.flatMap((item) => factsOf(item, wanted).undeclared);
  const told = (item: Component): Block[] => factsUnder([strong(item.name), ` (${kindText(item)})${item.doc === undefined ? '' : `: ${item.doc}`}`], { told: factsOf(item, [...wanted, ...IF_SAID]).told, undeclared: [] });
  const results = [...evaluations, ...evaluationsAround].flatMap((item) => (value(item, 'results') ?? []).map((text): Inline[][] => {
    const { metric, value: found, group } = resultOf(text);
    return [[metric], [found ?? 'as told'], [group ?? 'all'], [code(item.name)]];
  }));
  const blocks: Block[] = [
    ...(results.length > 0 ? [{ kind: 'table' as const, caption: 'Results as the file tells them', columns: [{ title: 'Metric', width: 2 }, { title: 'Value' }, { title: 'For' }, { title: 'Evaluation' }], rows: results }] : [paragraph('The file tells no result.')]),
    ...(evaluations.length === 0 ? [paragraph('No evaluation of the model by itself is declared.')] : []),
    ...evaluations.flatMap(told),
    ...(evaluationsAround.length > 0 ? [paragraph('A service in which the model is one part is judged as a whole:'), ...evaluationsAround.flatMap(told)] : []),
  ];
  if (evaluations.length === 0) return { told: { id: 'evaluation', title: 'Evaluation', blocks }, undeclared: [{ holder: model.name, declare: `an \`evaluation\` that \`judges ${model.name}\``, about: 'how good it is' }] };
  const untold = evaluations.filter((item) => value(item, 'results') === undefined);
  return {
    told: { id: 'evaluation', title: 'Evaluation', blocks },
    undeclared: [...untold.flatMap((item) => factsOf(item, [['Results', 'results']]).undeclared), ...asked],
  };
}
