import type { Architecture, Component } from '../../model/architecture.ts';
import { reachTree } from '../../model/graph/paths.ts';
import { componentsOf, statementOf, value } from '../../model/statements.ts';
import { contentGraph } from './content.ts';
import { guardedOn } from './guards.ts';
import { privateReach, PRIVATE, type PrivateReach } from './private-data.ts';
import { speakersOf } from './speakers.ts';
import { actingAgents, type Agent } from './tools.ts';
import { openOrigins, untrustedReach, type Untrusted } from './untrusted.ts';
import { answersOut, isWayOutOpen, waysOut, type WayOut } from './ways-out.ts';

/** What comes together in one agent, or in a service that answers from documents: private data, text of strangers, a way out. */
export interface Meeting {
  readonly component: Component<'agent' | 'service'>;
  readonly secrets: readonly PrivateReach[];
  readonly strangers: readonly Untrusted[];
  readonly out: readonly WayOut[];
  /** Legs of which the file says too little, with what would say it. */
  readonly open: { readonly secrets: readonly Component[]; readonly strangers: readonly Component[]; readonly out: boolean };
  /** What makes every way out narrower without closing it. */
  readonly narrowed?: string;
  /** A guardrail that looks at what comes in. It makes an attack harder and parts nothing. */
  readonly guard?: string;
}

const cache = new WeakMap<Architecture, readonly Meeting[]>();

/** Every agent, and every service that writes text and runs no agent, with the three things that must not meet in it. */
export function meetingsOf(architecture: Architecture): readonly Meeting[] {
  let meetings = cache.get(architecture);
  if (!meetings) cache.set(architecture, (meetings = computeMeetings(architecture)));
  return meetings;
}

function computeMeetings(architecture: Architecture): Meeting[] {
  const servers = new Map<string, string[]>();
  for (const service of componentsOf(architecture, 'service')) for (const name of value(service, 'serves') ?? []) servers.set(name, [...(servers.get(name) ?? []), service.name]);
  const agents = actingAgents(architecture).map((agent) => meet(architecture, agent, [agent.name, ...(servers.get(agent.name) ?? [])], [...waysOut(architecture, agent), ...(servers.get(agent.name) ?? []).flatMap((name) => answersOut(architecture.components.get(name) as Component<'service'>))]));
  const services = speakersOf(architecture).filter((speaker) => speaker.agents.length === 0 && speaker.component.variant !== 'llm_api');
  return [...agents, ...services.map((speaker) => meet(architecture, speaker.component, [speaker.component.name], answersOut(speaker.component)))];
}

function meet(architecture: Architecture, component: Component<'agent' | 'service'>, readers: readonly string[], out: readonly WayOut[]): Meeting {
  const secrets = unique(readers.flatMap((name) => privateReach(architecture, name)), ({ dataClass }) => dataClass).sort((a, b) => PRIVATE.indexOf(a.dataClass) - PRIVATE.indexOf(b.dataClass));
  const ownRights = component.kind !== 'agent' || value(component as Agent, 'user_identity') !== true;
  // Who asks with nothing but their own rights gets at nothing but their own data.
  const strangers = unique(readers.flatMap((name) => untrustedReach(architecture, name)).filter(({ asked }) => !asked || ownRights), ({ origin }) => origin.name).sort((a, b) => Number(a.asked) - Number(b.asked));
  const speaker = speakersOf(architecture).find((item) => item.component === component || item.agents.some((agent) => agent === component));
  const guard = speaker && guardedOn(architecture, speaker, 'input').by.find((guardrail) => value(guardrail, 'blocking') !== false);
  return {
    component,
    secrets,
    strangers,
    out,
    open: {
      secrets: secrets.length > 0 ? [] : unclassified(architecture, readers),
      strangers: strangers.length > 0 ? [] : openOrigins(architecture, component.name).sources,
      out: out.length === 0 && isWayOutOpen(component),
    },
    narrowed: out.every(({ narrowed }) => narrowed) ? out[0]?.narrowed : undefined,
    guard: guard?.name,
  };
}

/** Stores and documents that it reads and of which nobody says what is in them. */
function unclassified(architecture: Architecture, readers: readonly string[]): Component[] {
  const read = reachTree(contentGraph(architecture), readers, { direction: 'upstream' });
  const holds = [...read.keys()].flatMap((name) => architecture.components.get(name) ?? []).filter(({ kind }) => kind === 'store' || kind === 'source');
  return holds.filter((component) => !statementOf(component, 'contains') && component.variant !== 'web');
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse();
}
