import type { Architecture, Component } from '../../model/architecture.ts';
import { callsPerRequestOf } from '../../model/graph/demand.ts';
import { middle } from '../../model/quantity.ts';
import { scaledEstimate, type Estimated } from './estimated.ts';
import type { StationEstimate } from './station-estimate.ts';

/** How many requests a second of a consumer a station can carry. */
export interface Carried {
  readonly component: string;
  readonly carries: Estimated;
}

/**
 * What limits the requests of a consumer, the tightest first. Every request passes all that it calls, so the first is the
 * smallest cut between the consumer and its answer. Each station counts as if this consumer alone asked.
 */
export function smallestCut(architecture: Architecture, stations: readonly StationEstimate[], consumer: Component<'consumer'>, service: Component<'service'>): { readonly limits: readonly Carried[]; readonly unknown: readonly string[] } {
  const calls = callsPerRequestOf(architecture, consumer.name, service.name);
  const passed = stations.flatMap((station) => {
    const each = calls.get(station.component);
    return each && middle(each) > 0 ? [{ station, each: middle(each) }] : [];
  });
  const limits = passed.flatMap(({ station: { component, capacity }, each }) => (capacity ? [{ component, carries: scaledEstimate(capacity, 1 / each) }] : []));
  return { limits: limits.sort((a, b) => a.carries.value - b.carries.value), unknown: passed.filter(({ station }) => !station.capacity).map(({ station }) => station.component) };
}
