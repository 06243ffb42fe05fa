import type { Architecture, Component } from '../../model/architecture.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { callsPerRequestOf } from '../../model/graph/demand.ts';
import { plus, times, zero } from '../../model/graph/interval.ts';
import type { Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';

/** Requests per second that reach a service. */
export interface Traffic {
  /** At the peak of all its consumers; undefined where one of them does not declare it. */
  readonly peak?: Quantity;
  /** The mean, from `average` or `volume`; undefined where one of its consumers declares neither. */
  readonly mean?: Quantity;
  /** The users behind it, where they are declared. */
  readonly users?: Quantity;
}

/** The traffic of a service as far as it is declared; nothing is assumed. */
export function trafficOf(architecture: Architecture, service: Component<'service'>): Traffic {
  const reached = componentsOf(architecture, 'consumer').flatMap((consumer) => {
    const calls = callsPerRequestOf(architecture, consumer.name, service.name).get(service.name);
    return calls ? [{ consumer, calls }] : [];
  });
  const overall = value(architecture.system, 'volume');
  if (reached.length === 0) return { mean: overall };
  const sum = (rateOf: (consumer: Component<'consumer'>) => Quantity | undefined): Quantity | undefined =>
    reached.reduce<Quantity | undefined>((total, { consumer, calls }) => {
      const rate = rateOf(consumer);
      return total && rate && plus(total, times(rate, calls, 'req/s'));
    }, zero('req/s'));
  const users = reached.map(({ consumer }) => value(consumer, 'users'));
  return {
    peak: sum((consumer) => {
      const peak = peakOf(architecture, consumer);
      return peak?.assumptions.length === 0 ? peak.value : undefined;
    }),
    mean: sum((consumer) => value(consumer, 'average') ?? value(consumer, 'volume') ?? (reached.length === 1 ? overall : undefined)),
    users: users.reduce((total, next) => total && next && plus(total, next), zero('1')),
  };
}
