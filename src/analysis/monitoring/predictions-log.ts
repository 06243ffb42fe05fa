import type { Architecture, Component, Stated } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { statementOf, value } from '../../model/statements.ts';
import type { Observed } from './observed.ts';

/** What a logged prediction must carry to be monitored, explained and joined with what happened. */
export const LOG_FIELDS = ['model_version', 'features', 'prediction', 'timestamp', 'join_id'] as const;

export interface PredictionLog {
  /** The service that says what it logs: the one that answers, or an application in front of it. */
  readonly logger?: Component<'service'>;
  readonly stated?: Stated;
  readonly fields: ReadonlySet<string>;
  /** Where predictions go. */
  readonly stores: readonly Component<'store' | 'ingestion'>[];
}

/** What is known of the log of a service’s predictions. */
export function predictionLogOf(architecture: Architecture, { service, names }: Observed): PredictionLog {
  const own = [...names].flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Component<'service'> => component.kind === 'service');
  const loggers = [service, ...own.filter((component) => component !== service)];
  const logger = loggers.find((component) => statementOf(component, 'logs') !== undefined);
  const fields = new Set(loggers.flatMap((component): readonly string[] => value(component, 'logs') ?? []));
  const stores = new Map<string, Component<'store' | 'ingestion'>>();
  for (const { name } of loggers) for (const store of logsBehind(architecture, name)) stores.set(store.name, store);
  return { logger, stated: logger && statementOf(logger, 'logs'), fields, stores: [...stores.values()] };
}

/** Where a service logs: what `logs_to` names, stores of logs that its predictions flow to, and the store behind a stream. */
function* logsBehind(architecture: Architecture, service: string): Iterable<Component<'store' | 'ingestion'>> {
  const graph = edgesOf(architecture);
  for (const edge of graph.out.get(service) ?? []) {
    const target = architecture.components.get(edge.to);
    if (edge.payload !== 'predictions' || !target) continue;
    if (target.kind === 'store' && (edge.via?.property === 'logs_to' || isLog(target as Component<'store'>))) yield target as Component<'store'>;
    if (target.kind !== 'ingestion') continue;
    const behind = (graph.out.get(target.name) ?? []).flatMap((next) => architecture.components.get(next.to) ?? []).filter((component) => component.kind === 'store');
    yield* behind.length > 0 ? (behind as Component<'store'>[]) : [target as Component<'ingestion'>];
  }
}

const isLog = (store: Component<'store'>): boolean => store.variant === 'log' || value(store, 'layer') === 'logs';
