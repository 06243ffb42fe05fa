import type { Component, Kind } from '../architecture.ts';
import type { FlowProperties } from '../vocabulary/vocabulary.ts';

export type Payload = FlowProperties['payload'];
export type Mode = FlowProperties['mode'];

/** What is said of a flow that bears on what it carries. */
export interface Hints {
  /** It deploys a model. */
  readonly deploys?: boolean;
  /** It is a read of stored values at request time, or was declared synchronous. */
  readonly waits?: boolean;
}

const kinds = (...names: Kind[]): ReadonlySet<Kind> => new Set(names);

const OPERATIONS = kinds('monitor', 'alert', 'runbook', 'incidents', 'team', 'orchestrator', 'compute', 'access', 'compliance');
const CALLERS = kinds('service', 'gateway', 'agent', 'guardrail', 'tool', 'cache');
const CALLED = kinds('service', 'gateway', 'agent', 'guardrail', 'tool', 'cache', 'model', 'knowledge', 'features', 'prompt');
const RELEASE = kinds('registry', 'model', 'evaluation', 'pipeline', 'environment', 'rollout', 'experiment');
const DATA_AT_REST = kinds('store', 'dataset', 'source');

/** Stores that are read while somebody waits. */
const SERVING_STORES: ReadonlySet<string | undefined> = new Set(['online', 'vector', 'cache']);

/**
 * What a flow carries, where the author does not say. First line that fits:
 *
 * | from | to | payload |
 * | --- | --- | --- |
 * | any, with `deploys` | any | artifact |
 * | labels | any | labels |
 * | service | team | predictions |
 * | store of logs | monitor | predictions |
 * | team | labels | labels |
 * | monitor, alert, runbook, incidents, team, orchestrator, compute … at either end | | events |
 * | consumer, source of feedback | labels, training, or data at rest after a feedback source | feedback |
 * | service, agent | labels | predictions |
 * | any | labels | labels |
 * | prompt, artefact, knowledge | any | config |
 * | training | tracker | events |
 * | training, tracker, registry, pipeline, environment, rollout, evaluation, model | any | artifact (model → model, consumer: predictions) |
 * | any store of artifacts | any | artifact |
 * | features, store of feature values | any | features |
 * | consumer | service, gateway, agent, guardrail, cache … | request |
 * | service, gateway, agent, guardrail, tool, cache | another of them, model, knowledge, features | request; predictions from or to a batch or streaming service |
 * | service, agent | store that serves at request time, or any store it waits for | request |
 * | service, agent | consumer, store, ingestion … | predictions |
 * | anything else | | data |
 */
export function derivedPayload(from: Component, to: Component, hints: Hints = {}): Payload {
  if (hints.deploys) return 'artifact';
  return operational(from, to) ?? feedback(from, to) ?? artifacts(from, to) ?? values(from, to) ?? calls(from, to, hints) ?? 'data';
}

function operational(from: Component, to: Component): Payload | undefined {
  if (from.kind === 'labels' || (from.kind === 'team' && to.kind === 'labels')) return 'labels';
  if (from.kind === 'service' && to.kind === 'team') return 'predictions';
  if (isLog(from) && to.kind === 'monitor') return 'predictions';
  return OPERATIONS.has(from.kind) || OPERATIONS.has(to.kind) ? 'events' : undefined;
}

function feedback(from: Component, to: Component): Payload | undefined {
  if (from.kind === 'source' && from.variant === 'feedback') return 'feedback';
  if (from.kind === 'consumer' && (to.kind === 'labels' || to.kind === 'training')) return 'feedback';
  if (from.kind === 'consumer' && to.kind === 'source' && to.variant === 'feedback') return 'feedback';
  if (to.kind !== 'labels') return undefined;
  return from.kind === 'service' || from.kind === 'agent' ? 'predictions' : 'labels';
}

function artifacts(from: Component, to: Component): Payload | undefined {
  if (from.kind === 'prompt' || from.kind === 'artefact' || from.kind === 'knowledge') return 'config';
  if (from.kind === 'training' && to.kind === 'tracker') return 'events';
  if (from.kind === 'training' && to.kind === 'dataset') return 'data';
  if (from.kind === 'model' && (to.kind === 'model' || to.kind === 'consumer')) return 'predictions';
  if (from.kind === 'training' || from.kind === 'tracker' || RELEASE.has(from.kind)) return 'artifact';
  return from.kind === 'store' && (from.variant === 'artifact' || stated(from, 'layer') === 'artifacts') ? 'artifact' : undefined;
}

function values(from: Component, to: Component): Payload | undefined {
  if (from.kind === 'features') return 'features';
  if (from.kind !== 'store' || to.kind === 'features') return undefined;
  const held = from.variant === 'online' || from.variant === 'offline' || stated(from, 'layer') === 'features';
  return held ? 'features' : undefined;
}

function calls(from: Component, to: Component, hints: Hints): Payload | undefined {
  if (from.kind === 'consumer') return CALLED.has(to.kind) ? 'request' : undefined;
  if (from.kind !== 'service' && from.kind !== 'agent') {
    return CALLERS.has(from.kind) && CALLED.has(to.kind) ? 'request' : undefined;
  }
  const job = pace(from) !== 'sync' || pace(to) !== 'sync';
  if (CALLED.has(to.kind)) return job && !hints.waits ? 'predictions' : 'request';
  if (DATA_AT_REST.has(to.kind) && (hints.waits || (servesReads(to) && !job))) return 'request';
  return 'predictions';
}

/**
 * How a flow moves, where the author does not say: requests are synchronous, signals and configuration are not waited
 * for, artifacts and labels move in jobs, values that reach a realtime service are read while its caller waits, and
 * what touches a streaming ingestion is a stream.
 */
export function derivedMode(payload: Payload, from: Component, to: Component, hints: Hints = {}): Mode {
  if (hints.waits) return 'sync';
  switch (payload) {
    case 'request':
      return 'sync';
    case 'events':
    case 'feedback':
      return 'async';
    case 'artifact':
    case 'labels':
      return 'batch';
    case 'config':
      return (from.kind === 'knowledge' || from.kind === 'guardrail') && isReader(to) ? pace(to) : 'async';
    case 'predictions':
      if (from.kind === 'model') return 'batch';
      return pace(from) === 'sync' ? 'async' : pace(from);
    case 'features':
      return isReader(to) ? pace(to) : movement(from, to);
    case 'data':
      return isReader(to) && isReadable(from) ? pace(to) : movement(from, to);
  }
}

/** Stored values and lookups: what a component that answers requests reads, as opposed to what calls it. */
export const isPassive = (kind: Kind): boolean =>
  kind === 'store' || kind === 'features' || kind === 'dataset' || kind === 'knowledge' || kind === 'source' || kind === 'artefact' || kind === 'prompt' || kind === 'model';

const isReader = (component: Component): boolean => component.kind === 'service' || component.kind === 'agent' || component.kind === 'gateway';

function isReadable(component: Component): boolean {
  if (component.kind === 'source') return component.variant === 'api' || component.variant === 'database';
  return component.kind === 'cache' || (component.kind === 'store' && (servesReads(component) || component.variant === 'database'));
}

function servesReads(component: Component): boolean {
  const layer = stated(component, 'layer');
  return component.kind === 'store' && (SERVING_STORES.has(component.variant) || layer === 'serving' || layer === 'features');
}

const isLog = (component: Component): boolean =>
  component.kind === 'store' && (component.variant === 'log' || stated(component, 'layer') === 'logs');

function pace(component: Component): Mode {
  if (component.kind !== 'service') return 'sync';
  if (component.variant === 'batch') return 'batch';
  return component.variant === 'streaming' ? 'stream' : 'sync';
}

function movement(from: Component, to: Component): Mode {
  const streams = [from, to].some(
    (end) =>
      (end.kind === 'ingestion' && end.variant === 'streaming') ||
      (end.kind === 'store' && end.variant === 'stream') ||
      (end.kind === 'service' && end.variant === 'streaming'),
  );
  return streams ? 'stream' : 'batch';
}

function stated(component: Component, property: string): unknown {
  const statement = (component.properties as Readonly<Record<string, { state: string; value?: unknown } | undefined>>)[property];
  return statement?.state === 'present' ? statement.value : undefined;
}
