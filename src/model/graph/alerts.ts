import type { Architecture, Component } from '../architecture.ts';
import { value } from '../statements.ts';
import { edgesOf, type Edge } from './edges.ts';
import { pathTo, reachTree } from './paths.ts';

/** Where a signal ends up. */
export interface Reach {
  /** Alerts that it passes. */
  readonly alerts: readonly Component<'alert'>[];
  readonly teams: readonly Component<'team'>[];
  /** Channels of those alerts. */
  readonly channels: readonly string[];
  /** Channels that interrupt somebody: a page, a call, a text message. */
  readonly onCall: readonly string[];
  /** People who are named as the next to be told, in order. */
  readonly escalation: readonly string[];
  /** What is started without a person: training, pipelines, rollouts, services … */
  readonly automations: readonly Component[];
  readonly runbooks: readonly Component<'runbook'>[];
  /** The hops to each of the above, by name. */
  readonly paths: ReadonlyMap<string, readonly Edge[]>;
}

const ON_CALL: ReadonlySet<string> = new Set(['pagerduty', 'opsgenie', 'on_call', 'phone', 'sms']);
/** Channels of a message that a person gets; a dashboard has to be looked at, and a webhook calls a program. */
const PERSONAL: ReadonlySet<string> = new Set([...ON_CALL, 'slack', 'teams', 'chat', 'ticket', 'email']);
const RELAYS: ReadonlySet<string> = new Set(['alert', 'monitor', 'incidents', 'team']);
const AUTOMATA: ReadonlySet<string> = new Set(['training', 'pipeline', 'rollout', 'orchestrator', 'service', 'artefact', 'gateway', 'agent']);

/** People, on-call channels and automations that an alert reaches, through other alerts too. */
export const reaches = (architecture: Architecture, alert: Component<'alert'>): Reach => signalReaches(architecture, alert.name);

/** The same for a monitor: through its alerts, and through what it triggers by itself. */
export const monitorReaches = (architecture: Architecture, monitor: Component<'monitor'>): Reach => signalReaches(architecture, monitor.name);

const cache = new WeakMap<Architecture, Map<string, Reach>>();

/** The same for whatever sends signals: a validation, an orchestrator. */
export function signalReaches(architecture: Architecture, name: string): Reach {
  let byName = cache.get(architecture);
  if (!byName) cache.set(architecture, (byName = new Map()));
  let reach = byName.get(name);
  if (!reach) byName.set(name, (reach = computeReach(architecture, name)));
  return reach;
}

function computeReach(architecture: Architecture, name: string): Reach {
  // Signals end at what acts on them: a training that an alert starts goes on to signal others, but as another story.
  const tree = reachTree(edgesOf(architecture), [name], {
    follow: (edge) => edge.payload === 'events' && (edge.from === name || RELAYS.has(architecture.components.get(edge.from)?.kind ?? '')),
  });
  const found = [...tree.keys()].flatMap((reached) => architecture.components.get(reached) ?? []);
  const alerts = found.filter((component) => component.kind === 'alert') as Component<'alert'>[];
  const channels = alerts.flatMap((alert) => value(alert, 'channel') ?? []);
  return {
    alerts,
    teams: found.filter((component) => component.kind === 'team') as Component<'team'>[],
    channels,
    onCall: channels.filter((channel) => ON_CALL.has(channel)),
    escalation: alerts.flatMap((alert) => value(alert, 'escalates') ?? []),
    automations: found.filter((component) => component.name !== name && AUTOMATA.has(component.kind)),
    runbooks: found.filter((component) => component.kind === 'runbook') as Component<'runbook'>[],
    paths: new Map([...tree.keys()].map((reached) => [reached, pathTo(tree, reached) ?? []])),
  };
}

/** Whether a person hears of it: a team, somebody named, or a channel that carries messages to people. */
export function reachesPerson(reach: Reach): boolean {
  return reach.teams.length > 0 || reach.escalation.length > 0 || reach.channels.some((channel) => PERSONAL.has(channel));
}

/** Whether it leads anywhere at all: a person or an automation. */
export const reachesAnything = (reach: Reach): boolean => reachesPerson(reach) || reach.automations.length > 0;
