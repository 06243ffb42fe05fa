import type { Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { checkerAt, guardedTargets, guardsOf, isGate, isValidationClosed } from '../data/gates.ts';
import { isOnline } from '../monitoring/observed.ts';
import { noneExists } from '../monitoring/absence.ts';
import { judgedBy, pipelinesFor, type Facts } from './facts.ts';
import { met, missing, open, some, type Judgement } from './judgement.ts';

/** What a training learns from has passed a gate that stops what is bad. */
export function dataGate(facts: Facts, training: Component<'training'>): Judgement {
  const { architecture } = facts;
  const target = guardedTargets(architecture).find(({ component }) => component === training);
  if (!target) return open(`nobody says what ${training.name} learns from`, training.name);
  const { network } = target;
  if (!network.unguarded.has(training.name)) {
    const gates = [...new Set([...guardsOf(architecture)].filter((name) => network.feeding.has(name) && isGate(architecture, name)).map((name) => checkerAt(architecture, name)))];
    if (gates.length === 0) return isValidationClosed(architecture) ? missing(`only monitors look at what reaches ${training.name}`, training.name) : open(`monitors look at what reaches ${training.name}; nobody says what stops bad data`, training.name);
    const blocking = judgedBy(facts, 'ML07.2', new Set(gates));
    return blocking.state === 'met' || blocking.state === 'not-applicable' ? met(`${gates.join(', ')} ${gates.length === 1 ? 'stands' : 'stand'} before ${training.name}`, ...gates) : blocking;
  }
  const certain = network.bare.has(training.name) && (network.fromGates.has(training.name) || isValidationClosed(architecture));
  return certain ? missing(`data reaches ${training.name} past any check`, training.name) : open(`nobody says what checks the data of ${training.name}`, training.name);
}

/** A new version of a model goes on only if an evaluation lets it. */
export function modelGate(facts: Facts, model: Component<'model'>): Judgement {
  const { architecture } = facts;
  const evaluations = evaluationsOf(facts, model);
  const pipelines = pipelinesFor(facts, model);
  const named = new Set(pipelines.flatMap((pipeline) => value(pipeline, 'gate') ?? []));
  const judged = [
    ...evaluations.map((evaluation) => (named.has(evaluation.name) ? met(`${evaluation.name} is a gate of a pipeline`, evaluation.name) : blocks(evaluation, 'an evaluation'))),
    ...pipelines.filter((pipeline) => value(pipeline, 'stages')?.includes('model_validation')).map((pipeline) => blocks(pipeline, 'a pipeline')),
    ...componentsOf(architecture, 'registry').filter((registry) => value(registry, 'promotion') === 'automatic').map((registry) => met(`a rule of ${registry.name} decides which version goes on`, registry.name)),
  ];
  const unsaid = pipelines.some((pipeline) => presenceOf(pipeline, 'stages') !== 'present');
  return some(judged, noneExists(architecture, 'evaluation') && !unsaid ? missing(`nothing judges ${model.name} before it is served`, model.name) : open(`nobody says what judges ${model.name} before it is served`, model.name));
}

/** Judgements of a model before it is served. */
export function evaluationsOf({ architecture, own }: Facts, model: Component<'model'>): Component<'evaluation'>[] {
  const names = new Set([model.name, ...own.filter(({ observed }) => observed.models.includes(model)).map(({ service }) => service.name)]);
  return componentsOf(architecture, 'evaluation').filter((evaluation) => !isOnline(architecture, evaluation) && (edgesOf(architecture).in.get(evaluation.name) ?? []).some(({ from }) => names.has(from)));
}

function blocks(component: Component<'evaluation' | 'pipeline'>, words: string): Judgement {
  switch (presenceOf(component, 'blocking')) {
    case 'present':
      return met(`${component.name} stops what fails`, component.name);
    case 'absent':
    case 'planned':
      return missing(`${component.name} is ${words} that lets through what fails`, component.name);
    default:
      return open(`nobody says whether ${component.name} stops what fails`, component.name);
  }
}
