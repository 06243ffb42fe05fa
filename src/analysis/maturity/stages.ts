import type { Component } from '../../model/architecture.ts';
import { trainingsOf } from '../../model/graph/cones.ts';
import { presenceOf, value } from '../../model/statements.ts';
import { isRehearsed, rehearsalsOf, type Rehearsal } from '../checks/ml17/rehearsals.ts';
import { isStepwise, strategyOf, type Release } from '../deployment/releases.ts';
import { noneExists } from '../monitoring/absence.ts';
import { pipelinesFor, type Facts } from './facts.ts';
import { dataGate, evaluationsOf } from './gates.ts';
import { every, met, missing, open, some, type Judgement } from './judgement.ts';

/** The stages through which a change of a model goes before everyone gets it. */
export const DELIVERY_STAGES = {
  code_tests: 'Code tests',
  data_validation: 'Data validation',
  training: 'Training',
  model_validation: 'Model validation',
  model_tests: 'Model tests',
  staging: 'Staging deployment',
  canary: 'Canary',
  progressive_rollout: 'Progressive rollout',
  full_deployment: 'Full deployment after a time of watching',
} as const;
export type DeliveryStage = keyof typeof DELIVERY_STAGES;

/** Which stages a model goes through, and by which components. */
export interface StageLadder {
  readonly model: string;
  readonly stages: readonly (Judgement & { readonly stage: DeliveryStage; readonly title: string })[];
  /** Stages that exist, and stages of which it is not said. */
  readonly met: number;
  readonly open: number;
}

/** The stages of every model that is trained in-house. */
export const stageLadders = (facts: Facts): StageLadder[] => facts.models.map((model) => ladderFor(facts, model));

function ladderFor(facts: Facts, model: Component<'model'>): StageLadder {
  const pipelines = pipelinesFor(facts, model);
  const releases = facts.own.filter(({ observed }) => observed.models.includes(model));
  const shown: Readonly<Record<DeliveryStage, readonly Judgement[]>> = {
    code_tests: [],
    data_validation: [dataValidated(facts, model)],
    training: trainingsOf(facts.architecture, model).map((training) => met(`${training.name} trains it`, training.name)),
    model_validation: evaluationsOf(facts, model).map((evaluation) => met(`${evaluation.name} judges it`, evaluation.name)),
    model_tests: [...evaluationsOf(facts, model).filter((evaluation) => value(evaluation, 'robustness')?.includes('load')).map((evaluation) => met(`${evaluation.name} tries it under load`, evaluation.name)), ...loadTested(releases)],
    staging: rehearsalsOf(facts.architecture).filter(({ release }) => releases.includes(release)).map((rehearsal) => rehearsed(facts, rehearsal)),
    canary: rolloutStage(facts, releases, isStepwise, 'begins with few'),
    progressive_rollout: rolloutStage(facts, releases, (rollout) => strategyOf(rollout)?.kind === 'gradual' || (isStepwise(rollout) && (strategyOf(rollout)?.steps?.length ?? 0) > 2), 'goes in steps'),
    full_deployment: rolloutStage(facts, releases, (rollout) => isStepwise(rollout) && (strategyOf(rollout)?.each !== undefined || value(rollout, 'duration') !== undefined || value(rollout, 'criteria')?.min_duration !== undefined), 'waits before everyone gets it'),
  };
  const stages = (Object.keys(DELIVERY_STAGES) as DeliveryStage[]).map((stage) => ({ stage, title: DELIVERY_STAGES[stage], ...judge(facts, stage, pipelines, shown[stage]) }));
  return { model: model.name, stages, met: stages.filter(({ state }) => state === 'met').length, open: stages.filter(({ state }) => state === 'open').length };
}

/** A stage of a pipeline shows it; so does what else the model has for it. */
function judge({ architecture }: Facts, stage: DeliveryStage, pipelines: readonly Component<'pipeline'>[], shown: readonly Judgement[]): Judgement {
  const through = pipelines.map((pipeline): Judgement => {
    const stages = value(pipeline, 'stages');
    if (stages?.includes(stage)) return met(`a stage of ${pipeline.name}`, pipeline.name);
    return stages || presenceOf(pipeline, 'stages') === 'absent' ? missing(`no stage of ${pipeline.name}`, pipeline.name) : open(`nobody says what ${pipeline.name} does`, pipeline.name);
  });
  const none = noneExists(architecture, 'pipeline') ? missing('there is no pipeline') : open('nobody says so');
  return some([...shown, ...through], none);
}

const dataValidated = (facts: Facts, model: Component<'model'>): Judgement => every(trainingsOf(facts.architecture, model).map((training) => dataGate(facts, training)), open('nobody says how it is trained'));

const loadTested = (releases: readonly Release[]): Judgement[] => releases.flatMap(({ service }) => (value(service, 'load_test') === undefined ? [] : [met(`${service.name} was tried under load`, service.name)]));

function rehearsed({ architecture }: Facts, rehearsal: Rehearsal): Judgement {
  const { release: { service }, environments, shadow, stage } = rehearsal;
  if (isRehearsed(rehearsal)) return met(shadow ?? `${[...environments, ...(stage ? [stage] : [])].map(({ name }) => name).join(', ')} is where ${service.name} is tried`, ...environments.map(({ name }) => name), ...(stage ? [stage.name] : []));
  return noneExists(architecture, 'environment') ? missing(`${service.name} is tried nowhere before production`, service.name) : open(`nobody says where ${service.name} is tried`, service.name);
}

function rolloutStage({ architecture }: Facts, releases: readonly Release[], shows: (rollout: Component<'rollout'>) => boolean, words: string): Judgement[] {
  return releases.map(({ service, rollouts }) =>
    some(
      rollouts.map((rollout) => (shows(rollout) ? met(`${rollout.name} ${words}`, rollout.name) : strategyOf(rollout) || presenceOf(rollout, 'strategy') === 'absent' ? missing(`nothing says that ${rollout.name} ${words}`, rollout.name) : open(`nobody says how ${rollout.name} goes`, rollout.name))),
      noneExists(architecture, 'rollout') ? missing(`${service.name} has no rollout`, service.name) : open(`nobody says how ${service.name} gets a new version`, service.name),
    ),
  );
}
