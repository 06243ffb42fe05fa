import type { Component } from '../../../model/architecture.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { answersInJobs, isStepwise, stepwiseStage, strategyOf } from '../../deployment/releases.ts';
import { wayBackOf } from '../../deployment/way-back.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { codeTested } from '../delivery.ts';
import { byRule, judgedBy, pipelinesFor, type Facts } from '../facts.ts';
import { evaluationsOf, modelGate } from '../gates.ts';
import { every, met, missing, notApplicable, open, some, type Judgement } from '../judgement.ts';
import { eachTraining, orchestrated } from '../training.ts';
import { graded, undecidable, type Test } from './test.ts';

const NO_MODEL = open('no model of its own is declared');
const NO_SERVICE = open('no service in production that runs such a model is declared');

/** Tests of the infrastructure. */
export function infrastructureTests(facts: Facts): Test[] {
  const reproducible = every(['ML03.1', 'ML03.3', 'ML03.5', 'ML03.6'].map((rule) => byRule(facts, rule, 'training')), NO_MODEL);
  return [
    graded({ id: 'Infra 1', title: 'Training is reproducible' }, reproducible, every([reproducible, eachTraining(facts, orchestrated)], NO_MODEL), 'ML03.1', 'ML03.3', 'ML03.5', 'ML03.6', '`orchestrated_by`'),
    graded({ id: 'Infra 2', title: 'The code of models is unit tested' }, stageOf(facts, 'code_tests'), codeTested(facts), '`pipeline : ci` with the stage `code_tests`'),
    graded({ id: 'Infra 3', title: 'The whole pipeline is tested end to end' }, stageOf(facts, 'integration_tests'), bySelf(facts, 'integration_tests'), '`pipeline` with the stage `integration_tests`'),
    graded({ id: 'Infra 4', title: 'A model is validated before it is served' }, every(facts.models.map((model) => validated(facts, model)), NO_MODEL), every(facts.models.map((model) => modelGate(facts, model)), NO_MODEL), '`evaluation … judges … blocking yes`'),
    undecidable({ id: 'Infra 5', title: 'A model can be debugged step by step' }, 'an architecture does not tell what tools show of a single step'),
    graded({ id: 'Infra 6', title: 'A new version reaches few before it reaches all' }, exposed(facts), canary(facts), 'ML18.1', '`rollout … strategy canary`'),
    graded({ id: 'Infra 7', title: 'A version can be taken back quickly' }, takenBack(facts), automaticBack(facts), 'ML10.1', '`rollback automatic within …`'),
  ];
}

/** A stage that some pipeline has, whoever starts it. */
function stageOf({ architecture, pipelines }: Facts, stage: 'code_tests' | 'integration_tests'): Judgement {
  return some(pipelines.map((pipeline) => (value(pipeline, 'stages')?.includes(stage) ? met(`a stage of ${pipeline.name}`, pipeline.name) : value(pipeline, 'stages') || presenceOf(pipeline, 'stages') === 'absent' ? missing(`no stage of ${pipeline.name}`, pipeline.name) : open(`nobody says what ${pipeline.name} does`, pipeline.name))), noneExists(architecture, 'pipeline') ? missing('there is no pipeline') : open('nobody says what a pipeline tests'));
}

function bySelf(facts: Facts, stage: 'integration_tests'): Judgement {
  const running = facts.pipelines.filter((pipeline) => value(pipeline, 'stages')?.includes(stage));
  return some(running.map((pipeline) => (value(pipeline, 'trigger') === 'manual' ? missing(`a person starts ${pipeline.name}`, pipeline.name) : met(`a stage of ${pipeline.name}`, pipeline.name))), stageOf(facts, stage));
}

/** Something judges it, whether or not it stops what fails. */
function validated(facts: Facts, model: Component<'model'>): Judgement {
  const found = [...evaluationsOf(facts, model), ...pipelinesFor(facts, model).filter((pipeline) => value(pipeline, 'stages')?.includes('model_validation'))];
  if (found.length > 0) return met(`${found.map(({ name }) => name).join(', ')} ${found.length === 1 ? 'judges' : 'judge'} ${model.name}`, ...found.map(({ name }) => name));
  return modelGate(facts, model);
}

const exposed = (facts: Facts): Judgement => (facts.own.length === 0 ? NO_SERVICE : byRule(facts, 'ML18.1', 'rollout'));

/** A rollout or a stage of a pipeline begins with few; what a job writes can be looked at before anybody sees it. */
function canary(facts: Facts): Judgement {
  const judged = facts.own.map((release): Judgement => {
    const { service, rollouts, pipelines } = release;
    const found = [...rollouts.filter(isStepwise), ...pipelines.filter((pipeline) => stepwiseStage(pipeline) !== undefined)];
    if (found.length > 0) return met(`${found.map(({ name }) => name).join(', ')} ${found.length === 1 ? 'begins' : 'begin'} with few`, ...found.map(({ name }) => name));
    if (answersInJobs(release)) return notApplicable(`${service.name} is a job`);
    const decided = noneExists(facts.architecture, 'rollout') || (rollouts.length > 0 && rollouts.every((rollout) => strategyOf(rollout) !== undefined || presenceOf(rollout, 'strategy') === 'absent'));
    return decided ? missing(`no rollout of ${service.name} begins with few`, service.name) : open(`nobody says how ${service.name} gets a new version`, service.name);
  });
  return every(judged, NO_SERVICE);
}

const takenBack = (facts: Facts): Judgement => (facts.own.length === 0 ? NO_SERVICE : judgedBy(facts, 'ML10.1'));

function automaticBack(facts: Facts): Judgement {
  const judged = facts.own.map((release): Judgement => {
    const { bearer, presence, rollback } = wayBackOf(facts.architecture, release);
    if (rollback?.kind === 'automatic') return met(`${bearer.name} goes back by itself`, bearer.name);
    return rollback?.kind !== undefined || presence === 'absent' ? missing(`${bearer.name} does not go back by itself`, bearer.name) : open(`nobody says whether ${bearer.name} goes back by itself`, bearer.name);
  });
  return every([...judged, ...(takenBack(facts).state === 'met' ? [] : [takenBack(facts)])], NO_SERVICE);
}
