import type { Architecture, Change, Component, DraftValue, Flow } from '../../model/architecture.ts';
import { callsOf, isFallback } from '../../model/graph/calls.ts';
import { value } from '../../model/statements.ts';
import { freeName } from '../monitoring/drafts.ts';
import { technologyOf } from '../technology.ts';
import type { Service } from './services.ts';

/** Gateways on the way of requests to a service. */
export function gatewaysBefore(architecture: Architecture, service: Service): Component<'gateway'>[] {
  const calls = callsOf(architecture).to;
  const seen = new Set([service.name]);
  for (const name of seen) {
    for (const call of calls.get(name) ?? []) if (!isFallback(call)) seen.add(call.caller);
  }
  return [...seen].flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Component<'gateway'> => component.kind === 'gateway');
}

/** Whether a gateway divides traffic between versions; undefined where nobody says. */
export function mayDivide(architecture: Architecture, gateway: Component<'gateway'>): boolean | undefined {
  const stated = value(gateway, 'splits');
  if (stated !== undefined) return stated;
  if (gateway.variant === 'router' || gateway.variant === 'mesh') return true;
  const facts = technologyOf(architecture, gateway);
  if (facts?.can?.includes('traffic_splitting')) return true;
  return facts?.cannot?.includes('traffic_splitting') || gateway.variant === 'waf' ? false : undefined;
}

/** Lets a gateway in front of the service divide traffic: one that is there, else a new router between it and its callers. */
export function insertRouter(architecture: Architecture, service: Service): Change[] {
  const [gateway] = gatewaysBefore(architecture, service);
  if (gateway) return [{ op: 'set', subject: gateway.name, property: 'splits', value: true }];
  const flows = (callsOf(architecture).to.get(service.name) ?? []).flatMap((call) => (call.edge.flow?.to === service.name && !isFallback(call) ? [call.edge.flow] : []));
  if (flows.length === 0) return [];
  const name = freeName(architecture, `${service.name}Router`);
  return [
    { op: 'add-component', component: { kind: 'gateway', name, variant: 'router', properties: { splits: true } } },
    ...flows.flatMap((flow): Change[] => [
      { op: 'remove-flow', from: flow.from, to: flow.to },
      { op: 'add-flow', flow: { from: flow.from, to: name, properties: statedIn(flow) } },
    ]),
    { op: 'add-flow', flow: { from: name, to: service.name } },
  ];
}

/** What the author said of a flow, for a flow that takes its place. */
function statedIn(flow: Flow): Record<string, DraftValue> {
  return Object.fromEntries(
    Object.entries(flow.properties).map(([key, stated]) => [key, stated.state === 'present' ? stated.value : stated.state === 'not-applicable' ? { state: stated.state, because: stated.because } : stated.state === 'planned' ? { state: stated.state, by: stated.by } : { state: stated.state }]),
  );
}
