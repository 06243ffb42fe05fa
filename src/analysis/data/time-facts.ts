import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsTraining, modelsMadeBy, trainingTree } from '../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { pathTo } from '../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { isOfCategory, technologyOf } from '../technology.ts';
import { inHouseModels } from '../training/in-house.ts';
import type { FeatureGroup } from './feature-use.ts';

/** Uses whose examples are events: what holds of a customer or an item today did not hold at the time of the example. */
const ABOUT_EVENTS: ReadonlySet<string> = new Set(['fraud_detection', 'recommendation', 'ranking', 'demand_forecasting', 'eta', 'pricing', 'churn', 'credit_scoring', 'bot_detection', 'search']);

/** Whether the examples of a training happened at different times: said so, likely by what the model is for, denied, or unknown. */
export type Temporal = 'declared' | 'likely' | 'denied' | 'unknown';

/** What a training learns from, seen in time. */
export interface PastExamples {
  readonly training: Component<'training'>;
  readonly temporal: Temporal;
  /** What says that examples have a time, for a sentence. */
  readonly because: string;
  /** Everything upstream of it, itself included. */
  readonly upstream: ReadonlyMap<string, Edge | undefined>;
  readonly groups: readonly FeatureGroup[];
  readonly labels: readonly Component<'labels'>[];
  readonly way: (name: string) => readonly Edge[];
}

const cache = new WeakMap<Architecture, readonly PastExamples[]>();

/** The trainings of own models, with what bears on the time of their examples. */
export function pastExamples(architecture: Architecture): readonly PastExamples[] {
  let found = cache.get(architecture);
  if (!found) cache.set(architecture, (found = inHouseTrainings(architecture).map((training) => examplesOf(architecture, training))));
  return found;
}

const inHouseTrainings = (architecture: Architecture): Component<'training'>[] => {
  const own = new Set(inHouseModels(architecture));
  return componentsOf(architecture, 'training').filter((training) => {
    const made = modelsMadeBy(architecture, training);
    return made.length === 0 || made.some((model) => own.has(model));
  });
};

function examplesOf(architecture: Architecture, training: Component<'training'>): PastExamples {
  const models = modelsMadeBy(architecture, training);
  const transforms = models.flatMap((model) => value(model, 'transforms') ?? []).filter((name) => architecture.components.has(name));
  const upstream = trainingTree(architecture, [training.name, ...transforms]);
  const members = [...upstream.keys()].flatMap((name) => architecture.components.get(name) ?? []);
  const groups = members.filter((member): member is FeatureGroup => member.kind === 'features');
  const labels = members.filter((member): member is Component<'labels'> => member.kind === 'labels');
  const base = { training, upstream, groups, labels, way: (name: string) => pathTo(upstream, name, 'upstream') ?? [] };
  if (value(training, 'temporal') === false) return { ...base, temporal: 'denied', because: `${training.name} says that its examples have no time` };
  const declared = declaredTime(training, members);
  if (declared) return { ...base, temporal: 'declared', because: declared };
  const use = models.map((model) => value(model, 'use_case')).find((name) => ABOUT_EVENTS.has(name ?? ''));
  if (use) return { ...base, temporal: 'likely', because: `the model is for ${use.replaceAll('_', ' ')}` };
  return { ...base, temporal: 'unknown', because: '' };
}

function declaredTime(training: Component<'training'>, members: readonly Component[]): string | undefined {
  if (value(training, 'temporal') === true) return `${training.name} has examples of different times`;
  const dated = [training, ...members].find((member) => value(member as Component<'training'>, 'event_time') !== undefined);
  if (dated) return `${dated.name} carries ${value(dated as Component<'training'>, 'event_time')}`;
  const split = [training, ...members].find((member) => value(member as Component<'training'>, 'split') === 'time');
  if (split) return `${split.name} divides by time`;
  const late = members.find((member) => member.kind === 'labels' && value(member as Component<'labels'>, 'delay') !== undefined);
  if (late) return `${late.name} arrives after the event`;
  const varying = members.find((member) => member.kind === 'features' && variesOverTime(member as FeatureGroup) === true);
  return varying && `${varying.name} changes over time`;
}

/** Whether the values of a group for an entity change over time, as far as the file tells. */
export function variesOverTime(group: FeatureGroup): boolean | 'unknown' {
  const stated = value(group, 'time_varying');
  if (stated !== undefined) return stated;
  // A fitted state belongs to a version of the model, not to a time of an entity.
  if (value(group, 'passthrough') === true || group.variant === 'encoder') return false;
  const tells = (['window', 'freshness', 'timestamps', 'arrival_delay', 'join'] as const).some((property) => value(group, property) !== undefined);
  return value(group, 'aggregates') === true || tells ? true : 'unknown';
}

export type AsOf = 'point_in_time' | 'latest' | 'none' | 'unknown';

/** How the values of a group come to the examples of a training: by what the group, the training or a flow on the way says. */
export function joinOf(architecture: Architecture, group: FeatureGroup, { training, way, upstream }: PastExamples): AsOf {
  const offline = (edgesOf(architecture).out.get(value(group, 'offline') ?? '') ?? []).filter((edge) => upstream.has(edge.to));
  const edges = [...way(group.name), ...offline];
  const flows = edges.flatMap((edge) => (edge.flow ? [value(edge.flow, 'join')] : []));
  const stated = [value(group, 'join'), ...flows, value(training, 'join')].filter((join) => join !== undefined);
  if (stated.includes('latest')) return 'latest';
  if (stated.length > 0) return 'point_in_time';
  return [group, training].some((element) => presenceOf(element, 'join') === 'absent') ? 'none' : 'unknown';
}

const REMEMBERS: ReadonlySet<string> = new Set(['full', 'scd2', 'append_only']);

/** Whether the past can be read in a component: what was known on some earlier day. */
export function remembersPast(architecture: Architecture, component: Component): boolean {
  const at = component as Component<'store'>;
  if (REMEMBERS.has(value(at, 'history') ?? '') || value(at, 'versioned') === true) return true;
  if (value(at, 'history') !== undefined) return false;
  if (component.kind === 'store' && (component.variant === 'log' || component.variant === 'stream' || value(at, 'layer') === 'logs')) return true;
  if (component.kind === 'source') return ['events', 'logs', 'sensors'].includes(component.variant ?? '') || ['cdc', 'push'].includes(value(component as Component<'source'>, 'capture') ?? '');
  return component.kind === 'store' && isOfCategory(technologyOf(architecture, component), 'lakehouse');
}

/** The values were recorded when they were served: everything behind a component begins in logs that services write. */
export function replaysLogs(architecture: Architecture, name: string): boolean {
  let known = replays.get(architecture);
  if (!known) replays.set(architecture, (known = new Map()));
  let found = known.get(name);
  if (found === undefined) known.set(name, (found = beginsInLogs(architecture, name)));
  return found;
}

const replays = new WeakMap<Architecture, Map<string, boolean>>();

function beginsInLogs(architecture: Architecture, name: string): boolean {
  const graph = edgesOf(architecture);
  const tree = trainingTree(architecture, [name]);
  const origins = [...tree.keys()].filter((origin) => !(graph.in.get(origin) ?? []).some(feedsTraining));
  return origins.length > 0 && origins.every((origin) => isServingLog(architecture, origin));
}

/** A store that services write what they saw into. */
export function isServingLog(architecture: Architecture, name: string): boolean {
  const component = architecture.components.get(name);
  if (component?.kind !== 'store' && component?.kind !== 'ingestion') return false;
  return (edgesOf(architecture).in.get(name) ?? []).some((edge) => {
    const writer = architecture.components.get(edge.from);
    return writer?.kind === 'service' && edge.payload !== 'request' && writer.variant !== 'batch' && writer.variant !== 'streaming';
  });
}

/** The examples of a training hold the values of a group that were recorded when they were served. */
export const wasRecorded = (architecture: Architecture, group: FeatureGroup, { training }: PastExamples): boolean =>
  value(group, 'logged') === true || value(training, 'logged_features') === true || replaysLogs(architecture, group.name);
