import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const knownConsumers: Criterion = {
  id: 'OWN-05',
  slug: 'consumers-are-known',
  title: 'Whoever reads predictions is known and was admitted',
  type: 'gap',
  severity: 'medium',
  sources: ['Hidden technical debt (2015), undeclared consumers', 'AWS ML Lens (2023) MLSEC-12', 'MITRE ATLAS AML.M0019'],
  why: 'A consumer that nobody knows of relies on the predictions as they are today: the next version breaks it, and what it does with them may come back as training data.',
  remediation: 'Admit readers one by one, by identity; keep the list where the next version is announced, and declare each as a `consumer` or a flow.',
  effort: 'M',
  falsePositives: 'A network may keep others out: declare `exposure private`, `auth`, or `readers registered`.',
  failureMode: 'drift',
  applies: ({ architecture }) => {
    if (value(architecture.system, 'stage') === 'prototype') return 'It is a prototype.';
    return observedServices(architecture).length > 0 || 'No service in production that answers with a learned model is declared.';
  },
  *evaluate({ architecture }: Context) {
    const holders = holdersOf(architecture);
    const open: Holder[] = [];
    for (const holder of holders) {
      const outcome = judge(architecture, holder);
      if (outcome) yield outcome;
      else open.push(holder);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Who may read the predictions of ${listed(open.map(({ component }) => component.name))}: consumers that are known, or whoever can reach ${open.length === 1 ? 'it' : 'them'}? Declare \`readers\` or \`auth\`${open.length === 1 ? '' : ' of each'}.`);
  },
};

interface Holder {
  readonly component: Component;
  /** The flow of predictions to it; undefined for the service itself. */
  readonly filled?: Edge;
}

/** Services that answer, and the stores and streams that their answers are written to. */
function holdersOf(architecture: Architecture): Holder[] {
  const graph = edgesOf(architecture);
  const holders = new Map<Component, Holder>();
  for (const { service } of observedServices(architecture)) {
    if (service.variant === 'llm_api') continue;
    // Jobs answer nobody; what they write is read.
    if (service.variant !== 'batch') holders.set(service, { component: service });
    for (const edge of graph.out.get(service.name) ?? []) {
      const to = architecture.components.get(edge.to);
      if (edge.payload === 'predictions' && to && (to.kind === 'store' || to.kind === 'ingestion' || to.kind === 'cache')) holders.set(to, { component: to, filled: edge });
    }
  }
  return [...holders.values()];
}

/** Undefined where nobody said who may read it. */
function judge(architecture: Architecture, { component, filled }: Holder): Outcome | undefined {
  const readers = value(component, 'readers');
  const known = readersOf(architecture, component);
  if (readers === 'registered') return satisfied(component, { because: 'its readers are admitted', evidence: evidenceOf(statementOf(component, 'readers')) });
  const open = readers === 'anyone' ? 'readers' : presenceOf(component, 'auth') === 'absent' && statementOf(component, 'auth') ? 'auth' : undefined;
  // Who may call a service from outside without proving who it is, is a matter of security.
  if (open === 'auth' && component.kind === 'service' && value(component, 'exposure') === 'public') return undefined;
  if (open !== undefined && value(component, 'exposure') !== 'private') {
    return gap(component, {
      at: open,
      message: `Whoever can reach ${component.name} can use its predictions${known.length > 0 ? `; the file knows of ${listed(known)}` : ', and the file knows of no consumer'}.`,
      path: filled ? hopsOf([filled]) : [],
      changes: [{ op: 'set', subject: component.name, property: 'readers', value: 'registered' }],
    });
  }
  if (presenceOf(component, 'auth') === 'present') return satisfied(component, { because: 'callers prove who they are', evidence: evidenceOf(statementOf(component, 'auth')) });
  if (value(component, 'exposure') === 'private') return satisfied(component, { because: 'only its private network reaches it' });
  if (componentsOf(architecture, 'access').some((policy) => value(policy, 'covers')?.includes(component.name) && value(policy, 'permissions') === 'least_privilege')) return satisfied(component, { because: 'its access policy names who may read it' });
  return onlyForWhoAsks(architecture, component) ? satisfied(component, { because: 'its answers go to the person who asks, or through callers that prove who they are' }) : undefined;
}

/** Components that read or call it, by name. */
function readersOf(architecture: Architecture, component: Component): string[] {
  const graph = edgesOf(architecture);
  const callers = (graph.in.get(component.name) ?? []).filter((edge) => edge.payload === 'request').map((edge) => edge.from);
  const readers = (graph.out.get(component.name) ?? []).filter((edge) => edge.payload !== 'request').map((edge) => edge.to);
  return [...new Set(component.kind === 'service' ? callers : [...readers, ...callers])].filter((name) => architecture.components.get(name)?.kind !== 'monitor');
}

/** Every caller is a person, or proves who it is on the way. */
function onlyForWhoAsks(architecture: Architecture, component: Component): boolean {
  const calls = (edgesOf(architecture).in.get(component.name) ?? []).filter((edge) => edge.payload === 'request');
  return calls.length > 0 && calls.every((edge) => {
    const caller = architecture.components.get(edge.from);
    if (edge.flow && value(edge.flow, 'auth') !== undefined) return true;
    if (caller?.kind === 'consumer') return caller.variant === 'user';
    return caller !== undefined && presenceOf(caller, 'auth') === 'present';
  });
}
