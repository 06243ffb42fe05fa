import type { Architecture, Component, Span } from '../../model/architecture.ts';
import type { Percentile } from '../../model/graph/latency-figures.ts';
import type { Quantity } from '../../model/quantity.ts';
import { statementOf, value } from '../../model/statements.ts';
import { componentsOf } from '../../model/statements.ts';
import { entriesOf, requestServices, type Consumer, type Service } from './services.ts';

/** A promise of latency, and the way of a request to which it applies. */
export interface Objective {
  /** Who made it. */
  readonly holder: Service | Consumer;
  /** Where the request starts: the consumer, or the service itself. */
  readonly entry: Component;
  readonly service: Service;
  readonly percentile: Percentile;
  /** Seconds. */
  readonly limit: Quantity;
  readonly span: Span;
}

/** The tail that is promised: the 99th percentile, else the 95th. */
function tailOf(holder: Service | Consumer): Pick<Objective, 'percentile' | 'limit'> | undefined {
  const slo = value(holder as Consumer, 'slo');
  if (slo?.p99) return { percentile: 'p99', limit: slo.p99 };
  return slo?.p95 && { percentile: 'p95', limit: slo.p95 };
}

/** Promises of services for themselves, and those given to consumers for every service that their requests meet first. */
export function objectivesOf(architecture: Architecture): Objective[] {
  const objectives: Objective[] = [];
  for (const service of requestServices(architecture)) {
    const tail = tailOf(service);
    if (tail) objectives.push({ holder: service, entry: service, service, ...tail, span: statementOf(service, 'slo')?.span ?? service.span });
  }
  for (const { consumer, service } of entriesOf(architecture)) {
    const tail = tailOf(consumer);
    if (tail) objectives.push({ holder: consumer, entry: consumer, service, ...tail, span: statementOf(consumer, 'slo')?.span ?? consumer.span });
  }
  return objectives;
}

/** Whether something promises a latency, in percentiles or for language models in tokens. */
export function promisesLatency(holder: Service | Consumer): boolean {
  const slo = value(holder as Service, 'slo');
  return slo !== undefined && (['p50', 'p95', 'p99', 'ttft', 'tpot', 'tokens'] as const).some((part) => slo[part] !== undefined);
}

/** Services whose callers are not other services: what users and systems meet, and what nobody is declared to call. */
export function facingServices(architecture: Architecture): Service[] {
  const met = new Set(entriesOf(architecture).map(({ service }) => service.name));
  const called = new Set(componentsOf(architecture, 'consumer').length > 0 ? met : []);
  return requestServices(architecture).filter((service) => called.has(service.name) || (called.size === 0 && service.variant !== 'llm_api'));
}
