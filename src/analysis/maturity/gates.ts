import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { reachTree } from '../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { checkerAt, guardedTargets, guardsOf, isValidationClosed, openPlaces, STOPS } from '../data/gates.ts';
import { isOnline } from '../monitoring/observed.ts';
import { noneExists } from '../monitoring/absence.ts';
import { pipelinesFor, type Facts } from './facts.ts';
import { met, missing, open, some, type Judgement } from './judgement.ts';

/** Whatever a training learns from has passed a gate that stops what is bad. */
export function dataGate({ architecture }: Facts, training: Component<'training'>): Judgement {
  const target = guardedTargets(architecture).find(({ component }) => component === training);
  if (!target) return open(`nobody says what ${training.name} learns from`, training.name);
  const { graph, follow, origins, feeding, fromGates } = target.network;
  const places = [...guardsOf(architecture)].map((place) => ({ place, ...stopsBadData(architecture, checkerAt(architecture, place)) }));
  const inState = (state: Judgement['state']): string[] => places.filter((item) => item.state === state).map(({ place }) => place);
  const reached = (avoid: readonly string[]): boolean => reachTree(graph, origins, { follow, avoid: new Set(avoid) }).has(training.name);
  const stopping = inState('met');
  if (!reached(stopping)) {
    const gates = [...new Set(stopping.filter((place) => feeding.has(place)).map((place) => checkerAt(architecture, place)))];
    return met(`${gates.join(', ')} ${gates.length === 1 ? 'stands' : 'stand'} before ${training.name} and ${gates.length === 1 ? 'stops' : 'stop'} what is bad`, ...gates);
  }
  const certain = reached([...stopping, ...inState('open'), ...openPlaces(architecture).map(({ name }) => name)]);
  if (certain && (fromGates.has(training.name) || isValidationClosed(architecture))) return missing(`data reaches ${training.name} past any gate that stops what is bad`, training.name);
  const unsure = places.filter(({ place, state }) => state === 'open' && feeding.has(place)).flatMap(({ by }) => by);
  return open(unsure.length > 0 ? `nobody says whether ${[...new Set(unsure)].join(', ')} stops what is bad` : `nobody says what stops bad data before ${training.name}`, training.name, ...unsure);
}

/** Whether what checks the data lets through what fails. A monitor stands beside the way and stops nothing. */
function stopsBadData(architecture: Architecture, name: string): Judgement {
  const checker = architecture.components.get(name);
  if (!checker || checker.kind === 'monitor') return missing(`${name} stops nothing`, name);
  if (checker.kind === 'labels') return met(`${name} are checked`, name);
  if (checker.kind === 'pipeline') return blocks(checker as Component<'pipeline'>, 'a pipeline');
  const onBadData = value(checker as Component<'ingestion'>, 'on_bad_data');
  const blocking = checker.kind === 'validation' ? presenceOf(checker, 'blocking') : 'undeclared';
  if (blocking === 'present' || STOPS.has(onBadData ?? '')) return met(`${name} stops what is bad`, name);
  if (blocking === 'absent' || onBadData !== undefined || checker.variant === 'report') return missing(`${name} lets through what fails`, name);
  return checker.variant === 'gate' ? met(`${name} stops what is bad`, name) : open(`nobody says whether ${name} stops what is bad`, name);
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
