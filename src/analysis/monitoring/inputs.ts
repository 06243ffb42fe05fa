import type { Architecture, Component } from '../../model/architecture.ts';
import { feedsServing, servingGraph } from '../../model/graph/cones.ts';
import { pathTo, reachTree } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { observedServices, watchedBy, type Observed } from './observed.ts';
import { sees } from './signals.ts';

const UNSTRUCTURED: ReadonlySet<string> = new Set(['text', 'image', 'audio', 'video']);

/** Text, images, sound: inputs that have no columns whose distributions could be compared. */
export const isUnstructured = ({ models, generative }: Observed): boolean =>
  generative || models.some((model) => (value(model, 'input_types') ?? []).some((type) => UNSTRUCTURED.has(type)));

/** Monitors of the distribution of inputs. */
export const inputMonitors = (architecture: Architecture): Component<'monitor'>[] => componentsOf(architecture, 'monitor').filter((monitor) => sees(monitor, 'inputs'));

const cache = new WeakMap<Architecture, ReadonlyMap<string, Component>>();

/**
 * What compares the distribution of the inputs of each service, by the name of the service: a monitor of it or of
 * what feeds it, or a check of distributions on the way.
 */
export function inputWatchers(architecture: Architecture): ReadonlyMap<string, Component> {
  let watchers = cache.get(architecture);
  if (!watchers) cache.set(architecture, (watchers = computeWatchers(architecture)));
  return watchers;
}

function computeWatchers(architecture: Architecture): Map<string, Component> {
  const starts = new Map<string, Component>();
  for (const monitor of inputMonitors(architecture)) for (const name of watchedBy(architecture, monitor)) starts.set(name, monitor);
  for (const gate of componentsOf(architecture, 'validation')) if (value(gate, 'checks')?.includes('distribution')) starts.set(gate.name, gate);
  for (const gate of componentsOf(architecture, 'ingestion', 'service')) {
    if ((value(gate, 'validates') as readonly string[] | undefined)?.includes('distribution')) starts.set(gate.name, gate);
  }
  const tree = reachTree(servingGraph(architecture), starts.keys(), { follow: feedsServing });
  const watchers = new Map<string, Component>();
  for (const { service, monitors, names } of observedServices(architecture)) {
    const direct = monitors.find((monitor) => sees(monitor, 'inputs'));
    const start = [...names].flatMap((name) => starts.get(name) ?? [])[0] ?? starts.get(pathTo(tree, service.name)?.[0]?.from ?? '');
    const watcher = direct ?? start;
    if (watcher) watchers.set(service.name, watcher);
  }
  return watchers;
}
