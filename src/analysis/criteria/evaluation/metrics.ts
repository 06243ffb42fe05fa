import type { Architecture, Component } from '../../../model/architecture.ts';
import { coneOf, feedsTraining, trainingsOf } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { formatShare } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { isLearnedAndJudged, learnedModels, type Evaluation, type Judged } from './judged.ts';

const CLASSES: ReadonlySet<string> = new Set(['binary_classification', 'classification', 'anomaly_detection']);

export const calibrationChecked: Criterion = {
  id: 'EVAL-05',
  slug: 'probabilities-are-calibrated',
  title: 'Scores that are used as probabilities are checked as probabilities',
  type: 'gap',
  severity: 'medium',
  pack: 'evaluation',
  sources: ['EU AI Act Article 15', 'NIST AI RMF MEASURE 2.3'],
  why: 'A model can put cases in the right order and still say 80 % where 40 % is true. Whatever is multiplied with it, a price, a loss, a limit, is wrong by as much.',
  remediation: 'Compare predicted with observed frequencies on held-out data, correct the scores where they differ, and set limits anew with each version.',
  effort: 'S',
  falsePositives: 'Where only the order of scores is used, say `score_as [order]` of the model. A calibration that is done: `calibration yes` of the evaluation.',
  applies: isLearnedAndJudged,
  *evaluate({ architecture }: Context) {
    yield* askedOnce(architecture.system, learnedModels(architecture).flatMap((judged) => judgeCalibration(judged)));
  },
};

function judgeCalibration({ model, evaluations }: Judged): Outcome[] {
  const task = value(model, 'task');
  const uses = value(model, 'score_as');
  if (task !== undefined && !CLASSES.has(task) && !uses?.includes('probability')) return [notApplicable(`${model.name} gives no probabilities.`, model)];
  if (uses && !uses.includes('probability') && !uses.includes('threshold')) return [notApplicable(`Scores of ${model.name} are not used as probabilities.`, model)];
  const checked = evaluations.find((evaluation) => presenceOf(evaluation, 'calibration') === 'present');
  if (checked) return [satisfied(model, { because: `${checked.name} compares predicted with observed frequencies`, evidence: evidenceOf(statementOf(checked, 'calibration')) })];
  const [first] = evaluations;
  if (!first) return [];
  const denied = evaluations.find((evaluation) => presenceOf(evaluation, 'calibration') === 'absent');
  const asProbability = uses?.includes('probability') ?? false;
  if (denied && uses) {
    const message = asProbability ? `Scores of ${model.name} are used as probabilities, and ${denied.name} does not check whether they are.` : `${model.name} acts by a limit on its score, and ${denied.name} does not check what a score means: with the next version the same limit stands for something else.`;
    return [gap(denied, { about: model.name, at: statementOf(denied, 'calibration') ? 'calibration' : undefined, severity: asProbability ? undefined : 'low', message, changes: [{ op: 'set', subject: denied.name, property: 'calibration', value: true }] })];
  }
  const planned = uses && evaluations.map((evaluation) => plannedInstead(evaluation, 'calibration', { about: model.name, severity: asProbability ? undefined : 'low', message: `${evaluation.name} does not check yet what scores of ${model.name} mean.` })).find((outcome) => outcome !== undefined);
  if (planned) return [planned];
  if (uses) return [question(first, 'calibration', `Does ${first.name} check that scores of ${model.name} are right as probabilities?`, model.name)];
  // Without knowing the use, only what acts by a score is worth a question.
  if (value(model, 'action') === undefined || value(model, 'action') === 'inform') return [];
  return [question(model, 'score_as', `What are the scores of ${model.name} used as: a probability that is multiplied or shown, a number above or below a limit, or an order?`)];
}

const MINORITY = 0.2;
/** Metrics that a model of the largest class alone passes. */
const BLIND = /^(accuracy|acc|top_?1|top1_accuracy|error_rate|error|hit_rate)$/i;

export const metricSuitsBalance: Criterion = {
  id: 'EVAL-06',
  slug: 'metric-suits-the-balance',
  title: 'Where one class is rare, what decides is not accuracy',
  type: 'contradiction',
  severity: 'high',
  failureMode: 'imbalance',
  sources: ['NIST AI RMF MEASURE 2.3', 'AWS ML Lens (2023) MLPER-03', 'EU AI Act Article 15'],
  why: 'A model that never finds the rare class is right nearly always, and passes.',
  remediation: 'Decide by precision and recall of the rare class, at the limit at which the model acts, or by the area under their curve.',
  effort: 'S',
  falsePositives: 'Other metrics may be in the report: name them in `metrics` of the evaluation.',
  applies: isLearnedAndJudged,
  *evaluate({ architecture }: Context) {
    for (const judged of learnedModels(architecture)) yield* judgeMetric(architecture, judged);
  },
};

function* judgeMetric(architecture: Architecture, { model, offline }: Judged): Iterable<Outcome> {
  if (value(model, 'task') !== undefined && !CLASSES.has(value(model, 'task') ?? '')) return yield notApplicable(`${model.name} does not choose between classes.`, model);
  const stated = offline.filter((evaluation) => (value(evaluation, 'metrics') ?? []).length > 0);
  const [first] = stated;
  if (!first) return;
  const telling = stated.find((evaluation) => value(evaluation, 'metrics')?.some((metric) => !BLIND.test(metric)));
  if (telling) return yield satisfied(model, { because: `${telling.name} judges by more than accuracy` });
  const rare = rarestOf(architecture, model, offline);
  if (!rare) return yield question(first, 'metrics', `${first.name} judges ${model.name} by ${value(first, 'metrics')?.join(', ')} alone. How rare is its rarest class (\`imbalance\` of the dataset), and which metric looks at that class?`, model.name);
  const share = value(rare, 'imbalance');
  if (!share || share.low >= MINORITY) return yield satisfied(model, { because: `its rarest class in ${rare.name} is not rare` });
  const often = formatShare({ low: 1 - share.high, high: 1 - share.low, unit: '1' });
  yield contradiction(first, {
    about: model.name,
    at: 'metrics',
    message: `${first.name} decides by ${value(first, 'metrics')?.join(', ')}, and the rarest class of ${rare.name} is ${formatShare(share)}: who never finds it is right in ${often} of the cases.`,
    changes: [{ op: 'set', subject: first.name, property: 'metrics', value: [...(value(first, 'metrics') ?? []), 'pr_auc', 'recall', 'precision'] }],
  });
}

/** The most unbalanced dataset that the model learns from or is judged with. */
function rarestOf(architecture: Architecture, model: Component<'model'>, evaluations: readonly Evaluation[]): Component<'dataset'> | undefined {
  const starts = [...trainingsOf(architecture, model), ...evaluations].map(({ name }) => name);
  const { names } = coneOf(edgesOf(architecture), starts, feedsTraining);
  const datasets = [...names].flatMap((name) => architecture.components.get(name) ?? []).filter((item): item is Component<'dataset'> => item.kind === 'dataset' && value(item as Component<'dataset'>, 'imbalance') !== undefined);
  return datasets.sort((a, b) => (value(a, 'imbalance')?.low ?? 1) - (value(b, 'imbalance')?.low ?? 1))[0];
}
