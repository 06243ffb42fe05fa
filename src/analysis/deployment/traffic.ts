import type { Architecture, Component } from '../../model/architecture.ts';
import { callsAsGraph } from '../../model/graph/calls.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { demandFrom } from '../../model/graph/demand.ts';
import type { Graph } from '../../model/graph/edges.ts';
import { plus, zero } from '../../model/graph/interval.ts';
import { reachable } from '../../model/graph/paths.ts';
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

interface Rates {
  readonly graph: Graph;
  /** Declared rates of each consumer; nothing is assumed. */
  readonly ofConsumer: ReadonlyMap<string, { readonly peak?: Quantity; readonly mean?: Quantity; readonly users?: Quantity }>;
  readonly peaks: ReadonlyMap<string, Quantity>;
  readonly means: ReadonlyMap<string, Quantity>;
}

const cache = new WeakMap<Architecture, Rates>();

/** The traffic of a service as far as it is declared. */
export function trafficOf(architecture: Architecture, service: Component<'service'>): Traffic {
  let rates = cache.get(architecture);
  if (!rates) cache.set(architecture, (rates = ratesOf(architecture)));
  const { graph, ofConsumer, peaks, means } = rates;
  const callers = reachable(graph, [service.name], { direction: 'upstream' });
  const consumers = [...callers].flatMap((name) => ofConsumer.get(name) ?? []);
  if (consumers.length === 0) return { mean: value(architecture.system, 'volume') };
  return {
    peak: consumers.every(({ peak }) => peak) ? peaks.get(service.name) : undefined,
    mean: consumers.every(({ mean }) => mean) ? means.get(service.name) : undefined,
    users: consumers.reduce<Quantity | undefined>((total, { users }) => total && users && plus(total, users), zero('1')),
  };
}

function ratesOf(architecture: Architecture): Rates {
  const consumers = componentsOf(architecture, 'consumer');
  const overall = consumers.length === 1 ? value(architecture.system, 'volume') : undefined;
  const declared = consumers.map((consumer) => {
    const peak = peakOf(architecture, consumer);
    const mean = value(consumer, 'average') ?? value(consumer, 'volume') ?? overall;
    return { name: consumer.name, peak: peak?.assumptions.length === 0 ? peak.value : undefined, mean, users: value(consumer, 'users') };
  });
  const rated = (rateOf: (of: (typeof declared)[number]) => Quantity | undefined): ReadonlyMap<string, Quantity> =>
    demandFrom(architecture, new Map(declared.flatMap((of): [string, Quantity][] => {
      const rate = rateOf(of);
      return rate ? [[of.name, rate]] : [];
    })));
  return { graph: callsAsGraph(architecture), ofConsumer: new Map(declared.map((of) => [of.name, of])), peaks: rated((of) => of.peak), means: rated((of) => of.mean) };
}
