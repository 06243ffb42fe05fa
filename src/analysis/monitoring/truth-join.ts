import type { Architecture, Component } from '../../model/architecture.ts';
import type { Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { observedServices } from './observed.ts';
import { predictionLogOf, type PredictionLog } from './predictions-log.ts';

/** Truth, how late it comes, and how long the predictions are kept that it is about. */
export interface TruthJoin {
  readonly labels: Component<'labels'>;
  readonly delay?: Quantity;
  readonly store?: Component;
  readonly retention?: Quantity;
}

/** For each kind of truth about answers in production. */
export function truthJoins(architecture: Architecture): TruthJoin[] {
  const joins = observedServices(architecture).flatMap((observed) => {
    const log = predictionLogOf(architecture, observed);
    return observed.labels.map((labels): TruthJoin => {
      const { store } = joinedStore(architecture, log, labels);
      const [delay, retention] = [value(labels, 'delay'), store && retentionOf(store)];
      return { labels, ...(delay && { delay }), ...(store && { store }), ...(retention && { retention }) };
    });
  });
  return [...new Map(joins.map((join) => [join.labels.name, join])).values()];
}

/** The store that truth names to be joined with, else the only one in which predictions are logged. */
export function joinedStore(architecture: Architecture, log: PredictionLog, labels: Component<'labels'>): { readonly store?: Component; readonly joined: boolean } {
  const named = architecture.components.get(value(labels, 'joins') ?? '');
  const store = named ?? (log.stores.length === 1 ? log.stores[0] : undefined);
  return { ...(store && { store }), joined: named !== undefined };
}

/** How long something keeps what is in it. */
export function retentionOf(store: Component): Quantity | undefined {
  if (store.kind !== 'store') return value(store as Component<'ingestion'>, 'retention');
  return value(store as Component<'store'>, 'retention') ?? value(store as Component<'store'>, 'ttl');
}
