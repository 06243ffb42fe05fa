import type { Architecture, Element } from '../model/architecture.ts';
import { componentsOf, value } from '../model/statements.ts';

const cache = new WeakMap<Architecture, ReadonlySet<string>>();

/** Whether a monitor of data or model behaviour watches this element directly. */
export function isMonitored(architecture: Architecture, element: Element): boolean {
  let watched = cache.get(architecture);
  if (!watched) {
    const infrastructure = new Set(['latency', 'resource', 'cost', 'pipeline', 'heartbeat', 'version']);
    const monitors = componentsOf(architecture, 'monitor').filter((monitor) => !infrastructure.has(monitor.variant ?? ''));
    watched = new Set(monitors.flatMap((monitor) => value(monitor, 'watches') ?? []));
    cache.set(architecture, watched);
  }
  return element.kind === 'flow' ? watched.has(element.to) : watched.has(element.name);
}
