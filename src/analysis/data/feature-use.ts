import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsServing, servicesOf, servingGraph, trainingsOf, trainingTree } from '../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { inHouseModels } from '../training/in-house.ts';

export type FeatureGroup = Component<'features'>;

/** What a model of its own learns from and what it is asked with. */
export interface ModelFeatures {
  /** The model; where none is declared, the service that answers. */
  readonly subject: Component;
  readonly model?: Component<'model'>;
  readonly trainings: readonly Component<'training'>[];
  /** Services that run it, without those that score in the job that trains. */
  readonly services: readonly Component<'service'>[];
  /** It is scored in the job that trains it, and nowhere else. */
  readonly sameJob: boolean;
  /** Some service answers requests or events, as opposed to jobs. */
  readonly online: boolean;
  /** Feature groups upstream of its trainings. */
  readonly learned: ReadonlySet<string>;
  /** Feature groups upstream of its services. */
  readonly served: ReadonlySet<string>;
  /** The way from a group to a training, or to a service. */
  readonly wayToTraining: (group: string) => readonly Edge[];
  readonly wayToService: (group: string) => readonly Edge[];
}

const cache = new WeakMap<Architecture, readonly ModelFeatures[]>();

/** The models that are both trained and run here, with their feature groups on either path. */
export function modelFeatures(architecture: Architecture): readonly ModelFeatures[] {
  let found = cache.get(architecture);
  if (!found) cache.set(architecture, (found = compute(architecture)));
  return found;
}

function compute(architecture: Architecture): ModelFeatures[] {
  const found = inHouseModels(architecture).flatMap((model) => featuresOf(architecture, model, trainingsOf(architecture, model), servicesOf(architecture, model)));
  if (found.length > 0 || componentsOf(architecture, 'model').length > 0) return found;
  // A file may speak of a training and a service without naming the model between them.
  const services = componentsOf(architecture, 'service').filter((service) => service.variant !== 'app' && service.variant !== 'llm_api');
  return featuresOf(architecture, undefined, componentsOf(architecture, 'training'), services);
}

function featuresOf(
  architecture: Architecture,
  model: Component<'model'> | undefined,
  trainings: readonly Component<'training'>[],
  all: readonly Component<'service'>[],
): ModelFeatures[] {
  const names = new Set(trainings.map((training) => training.name));
  const services = all.filter((service) => !names.has(value(service, 'same_job_as') ?? ''));
  const subject = model ?? all[0];
  if (!subject || trainings.length === 0 || all.length === 0) return [];
  const transforms = model ? (value(model, 'transforms') ?? []) : [];
  const training = trainingTree(architecture, [...names, ...transforms]);
  const serving = reachTree(servingGraph(architecture), [...services.map((service) => service.name), ...askersOf(architecture, services), ...transforms], { direction: 'upstream', follow: feedsServing });
  const groups = componentsOf(architecture, 'features');
  const served = new Set(groups.filter((group) => serving.has(group.name)).map((group) => group.name));
  // Historical values are often read from the store that holds them, and the group is only named there.
  const learned = new Set(groups.filter((group) => training.has(group.name) || (served.has(group.name) && training.has(value(group, 'offline') ?? ''))).map((group) => group.name));
  return [{
    subject,
    model,
    trainings,
    services,
    sameJob: services.length === 0,
    online: services.some((service) => service.variant !== 'batch'),
    learned,
    served,
    wayToTraining: (group) => pathTo(training, group, 'upstream') ?? pathTo(training, offlineOf(architecture, group), 'upstream') ?? [],
    wayToService: (group) => pathTo(serving, group, 'upstream') ?? [],
  }];
}

function offlineOf(architecture: Architecture, group: string): string {
  const component = architecture.components.get(group) as FeatureGroup | undefined;
  return (component && value(component, 'offline')) ?? '';
}

/** Applications and gateways that ask a service: what they compute goes into the request. */
function askersOf(architecture: Architecture, services: readonly Component<'service'>[]): string[] {
  const graph = edgesOf(architecture);
  return services.flatMap((service) => (graph.in.get(service.name) ?? []).flatMap((edge) => {
    const asker = architecture.components.get(edge.from);
    return edge.payload === 'request' && (asker?.variant === 'app' || asker?.kind === 'gateway') ? [edge.from] : [];
  }));
}

/** The values that were served are logged, and the model learns from those. */
export const learnsWhatWasServed = (group: FeatureGroup, uses: readonly ModelFeatures[]): boolean =>
  value(group, 'logged') === true || (uses.length > 0 && uses.every((use) => use.trainings.every((training) => value(training, 'logged_features') === true)));

/** A feature group that is used on both paths, and by which models. */
export interface SharedGroup {
  readonly group: FeatureGroup;
  readonly uses: readonly ModelFeatures[];
}

const both = new WeakMap<Architecture, readonly SharedGroup[]>();

/** Groups that training and serving both use: by the graph, or because the group itself says how each side computes or stores it. */
export function groupsOnBothPaths(architecture: Architecture): readonly SharedGroup[] {
  let found = both.get(architecture);
  if (!found) {
    const uses = modelFeatures(architecture).filter((use) => !use.sameJob);
    const byGroup = new Map<string, ModelFeatures[]>();
    for (const use of uses) {
      const logged = use.trainings.every((training) => value(training, 'logged_features') === true);
      for (const name of use.served) {
        const group = architecture.components.get(name) as FeatureGroup;
        if (!use.learned.has(name) && !logged && value(group, 'logged') !== true) continue;
        byGroup.set(name, [...(byGroup.get(name) ?? []), use]);
      }
    }
    found = componentsOf(architecture, 'features').flatMap((group) => {
      const users = byGroup.get(group.name) ?? [];
      return users.length > 0 || saysBothPaths(group) ? [{ group, uses: users }] : [];
    });
    both.set(architecture, found);
  }
  return found;
}

function saysBothPaths(group: FeatureGroup): boolean {
  const stated = (property: 'offline_definition' | 'online_definition' | 'offline' | 'online') => value(group, property) !== undefined;
  return (stated('offline_definition') && stated('online_definition')) || (stated('offline') && stated('online'));
}

const squeezed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** What makes two groups the same feature: the same meaning in words, or a member of the same name on the same entity. */
export function meaningsOf(group: FeatureGroup): string[] {
  const computes = value(group, 'computes');
  const entity = (value(group, 'entity') ?? []).map(squeezed).sort().join(' ');
  const members = entity === '' ? [] : (value(group, 'members') ?? []).map((member) => `${entity}/${squeezed(member)}`);
  return [...(computes === undefined ? [] : [squeezed(computes)]), ...members];
}
