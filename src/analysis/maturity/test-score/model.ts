import type { Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { judgedBy, type Facts } from '../facts.ts';
import { evaluationsOf } from '../gates.ts';
import { every, met, missing, open, some, type Judgement } from '../judgement.ts';
import { graded, undecidable, type Test } from './test.ts';

const NO_MODEL = open('no model of its own is declared');

/** Tests of how models are developed. */
export function modelTests(facts: Facts): Test[] {
  return [
    graded({ id: 'Model 1', title: 'Every change of a model is reviewed and checked in' }, judgedBy(facts, 'ML03.3'), reviewed(facts), 'ML03.3', '`pipeline … trigger merge`'),
    graded({ id: 'Model 2', title: 'Offline metrics go along with what counts online' }, compared(facts), online(facts), '`experiment … metric`', '`evaluation … business_metric`'),
    undecidable({ id: 'Model 3', title: 'All hyperparameters are tuned' }, 'an architecture does not tell how settings were found'),
    undecidable({ id: 'Model 4', title: 'It is known what an old model costs' }, 'how often a model is trained is declared, what age does to it is not'),
    graded({ id: 'Model 5', title: 'A simpler model is not good enough' }, ...judged(facts, (evaluation) => (value(evaluation, 'compares_to') === 'baseline' ? 'present' : value(evaluation, 'compares_to') === undefined ? presenceOf(evaluation, 'compares_to') : 'undeclared'), 'compares with a simple solution'), '`compares_to baseline` of an evaluation'),
    graded({ id: 'Model 6', title: 'Quality holds on every important slice of the data' }, ...judged(facts, (evaluation) => presenceOf(evaluation, 'segments'), 'looks at groups'), '`segments` of an evaluation'),
    graded({ id: 'Model 7', title: 'The model was tested for fairness' }, ...judged(facts, (evaluation) => presenceOf(evaluation, 'fairness'), 'measures fairness'), '`fairness` of an evaluation'),
  ];
}

/** Code comes in by a merge, which starts a pipeline. */
function reviewed(facts: Facts): Judgement {
  const merging = facts.pipelines.filter((pipeline) => value(pipeline, 'trigger') === 'merge');
  const versioned = judgedBy(facts, 'ML03.3');
  if (versioned.state !== 'met') return versioned;
  if (merging.length > 0) return met(`a merge starts ${merging.map(({ name }) => name).join(', ')}`, ...merging.map(({ name }) => name));
  const decided = noneExists(facts.architecture, 'pipeline') || (facts.pipelines.length > 0 && facts.pipelines.every((pipeline) => presenceOf(pipeline, 'trigger') !== 'undeclared' && presenceOf(pipeline, 'trigger') !== 'unknown'));
  return decided ? missing('no pipeline is started by a merge') : open('nobody says what a merge starts');
}

/** Somebody has looked at both: an experiment on users, or an evaluation that names what the business looks at. */
function compared(facts: Facts): Judgement {
  const { architecture, models } = facts;
  const experiments = componentsOf(architecture, 'experiment').filter((experiment) => value(experiment, 'metric') !== undefined);
  const evaluations = models.flatMap((model) => evaluationsOf(facts, model)).filter((evaluation) => value(evaluation, 'business_metric') !== undefined);
  const found = [...experiments, ...evaluations];
  if (found.length > 0) return met(`${found.map(({ name }) => name).join(', ')} ${found.length === 1 ? 'names' : 'name'} what counts online`, ...found.map(({ name }) => name));
  return noneExists(architecture, 'experiment') && noneExists(architecture, 'evaluation') ? missing('there is neither an experiment nor an evaluation') : open('nobody says whether offline and online results were compared');
}

/** Every new version is compared on users before it takes over. */
function online(facts: Facts): Judgement {
  const testing = facts.own.flatMap(({ rollouts }) => rollouts).filter((rollout) => value(rollout, 'strategy')?.kind === 'ab_test' || (value(rollout, 'compares_versions') === true && value(rollout, 'criteria')?.metric !== undefined));
  if (testing.length > 0) return met(`${testing.map(({ name }) => name).join(', ')} compares versions on users`, ...testing.map(({ name }) => name));
  return noneExists(facts.architecture, 'rollout') ? missing('no rollout compares versions on users') : open('nobody says whether each rollout compares versions by a metric');
}

type Said = ReturnType<typeof presenceOf>;

/** Every model has an evaluation that does something; it runs by itself where what fails does not go on. */
function judged(facts: Facts, said: (evaluation: Component<'evaluation'>) => Said, words: string): [Judgement, Judgement] {
  const none = noneExists(facts.architecture, 'evaluation') ? missing('there is no evaluation') : open('nobody says how models are judged');
  const judgements = (stops: boolean): Judgement =>
    every(
      facts.models.map((model) => some(evaluationsOf(facts, model).map((evaluation) => evaluationJudged(facts, evaluation, said(evaluation), words, stops)), none)),
      NO_MODEL,
    );
  return [judgements(false), judgements(true)];
}

function evaluationJudged({ pipelines }: Facts, evaluation: Component<'evaluation'>, said: Said, words: string, stops: boolean): Judgement {
  if (said === 'absent' || said === 'planned') return missing(`it is not so that ${evaluation.name} ${words}`, evaluation.name);
  if (said !== 'present') return open(`nobody says whether ${evaluation.name} ${words}`, evaluation.name);
  const gate = pipelines.some((pipeline) => value(pipeline, 'gate')?.includes(evaluation.name));
  if (!stops || gate || presenceOf(evaluation, 'blocking') === 'present') return met(`${evaluation.name} ${words}`, evaluation.name);
  return presenceOf(evaluation, 'blocking') === 'absent' ? missing('nothing stops what fails', evaluation.name) : open(`nobody says whether ${evaluation.name} stops what fails`, evaluation.name);
}
