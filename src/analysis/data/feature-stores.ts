import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import type { Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { isOfCategory, technologyOf } from '../technology.ts';
import { modelFeatures, type FeatureGroup, type ModelFeatures } from './feature-use.ts';

type Holder = Component<'store' | 'cache'>;

/** Stores that answer while somebody waits: where values of a group are read for serving. */
export function onlineStoresOf(architecture: Architecture, group: FeatureGroup): Holder[] {
  const named = value(group, 'online');
  const next = (edgesOf(architecture).out.get(group.name) ?? []).flatMap((edge) => architecture.components.get(edge.to) ?? []);
  const holders = next.filter((component): component is Holder => component.name === named || component.kind === 'cache' || (component.kind === 'store' && ['online', 'cache', 'database', 'vector'].includes(component.variant ?? '')));
  return [...new Set(holders)];
}

/** Platforms of features: stores that feature groups are served from, and whatever is built with a feature store. */
export function featureStores(architecture: Architecture): Component[] {
  const groups = componentsOf(architecture, 'features');
  const online = new Set(groups.flatMap((group) => onlineStoresOf(architecture, group)));
  const built = [...componentsOf(architecture, 'store'), ...groups].filter((component) => isOfCategory(technologyOf(architecture, component), 'feature_store'));
  return [...new Set<Component>([...online, ...built])];
}

const SECOND = 1;

/** The promise of a service that answers within less than a second, with its name for a sentence. */
export function fastPromise(architecture: Architecture, service: Component<'service'>): Quantity | undefined {
  if (service.variant === 'batch') return undefined;
  const slo = value(service, 'slo');
  const own = slo?.p99 ?? slo?.p95 ?? slo?.p50;
  const asked = (edgesOf(architecture).in.get(service.name) ?? []).filter((edge) => edge.payload === 'request').flatMap((edge) => {
    const caller = architecture.components.get(edge.from);
    const promised = caller?.kind === 'consumer' ? value(caller as Component<'consumer'>, 'slo') : undefined;
    return [promised?.p99 ?? promised?.p95 ?? promised?.p50, edge.flow && value(edge.flow, 'timeout')];
  });
  const promises = [own, ...asked].filter((promise) => promise !== undefined);
  return promises.filter((promise) => promise.high < SECOND).sort((a, b) => a.high - b.high)[0];
}

/** Groups that need the history of their entity and that a model with a promise below a second is asked with. */
export function fastAggregates(architecture: Architecture): { readonly group: FeatureGroup; readonly use: ModelFeatures; readonly service: Component<'service'>; readonly promise: Quantity }[] {
  return modelFeatures(architecture).flatMap((use) => {
    const fast = use.services.flatMap((service) => {
      const promise = fastPromise(architecture, service);
      return promise ? [{ service, promise }] : [];
    });
    const [first] = fast;
    if (!first) return [];
    const names = new Set([...use.served, ...use.learned]);
    const groups = [...names].map((name) => architecture.components.get(name) as FeatureGroup).filter((group) => value(group, 'aggregates') === true);
    return groups.map((group) => ({ group, use, ...first }));
  });
}

/** Models by each feature group that they learn from or are asked with. A store that all groups share says nothing of single ones, so that learning counts first. */
export function modelsByGroup(architecture: Architecture): ReadonlyMap<string, readonly ModelFeatures[]> {
  const found = new Map<string, ModelFeatures[]>();
  for (const use of modelFeatures(architecture)) {
    for (const name of use.learned.size > 0 ? use.learned : use.served) found.set(name, [...(found.get(name) ?? []), use]);
  }
  return found;
}
