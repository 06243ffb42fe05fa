import type { Architecture, Component, Flow } from '../../../model/architecture.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { neededByRequests, wayToNeeded } from '../../../model/graph/needed.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, gap, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { consumersOf, hasFallback, ownServices, type Service } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

/** What a model adds to an answer that there would be without it: an objection, an order, a remark. */
const ADDED: ReadonlySet<string> = new Set(['block', 'rank', 'inform']);

/** Parts on the way of a request that the answer could do without. */
interface Module {
  readonly component: Component;
  /** The calls that lead there. */
  readonly flows: readonly Flow[];
  readonly adds: string;
}

function modulesOf(architecture: Architecture): Module[] {
  const flowsTo = (name: string): Flow[] => (callsOf(architecture).to.get(name) ?? []).flatMap(({ edge }) => edge.flow ?? []);
  const services = ownServices(architecture).flatMap((service): Module[] => {
    const actions = modelsOf(architecture, service).flatMap((model) => value(model, 'action') ?? []);
    return actions.length > 0 && actions.every((action) => ADDED.has(action)) ? [{ component: service, flows: flowsTo(service.name), adds: { block: 'objects', rank: 'orders', inform: 'remarks' }[actions[0] as 'block'] }] : [];
  });
  const others = [...architecture.components.values()].filter(({ kind, name }) => (kind === 'guardrail' || kind === 'cache') && (callsOf(architecture).to.get(name) ?? []).some(({ reads }) => !reads));
  return [...services, ...others.map((component) => ({ component, flows: flowsTo(component.name), adds: component.kind === 'cache' ? 'saves time' : 'checks' }))];
}

export const failureModeDecided: Criterion = {
  id: 'REL-13',
  slug: 'failure-mode-is-decided',
  title: 'It is decided whether a request goes on when a part fails that only adds to the answer',
  type: 'gap',
  severity: 'high',
  sources: ['ANSSI generative AI guide R15', 'NIST AI RMF MANAGE 2.4', 'AWS ML Lens (2023) MLREL-02'],
  pack: 'reliability',
  why: 'A part that only adds something takes the whole answer along when it fails, unless somebody decided that it must not.',
  remediation: 'Catch its failure and go on without it, with a count of how often; where going on would do harm, say that it fails closed on purpose.',
  effort: 'M',
  falsePositives: 'Failing closed may be what is wanted: where money, people or safety hang on it (`affects`), it counts as decided.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : modulesOf(context.architecture).length + context.architecture.flows.filter((flow) => value(flow, 'optional') === true).length > 0 ? true : 'No part is declared that an answer could do without.'),
  *evaluate({ architecture }: Context) {
    for (const flow of architecture.flows) {
      if (value(flow, 'optional') === true && value(flow, 'fails') === 'closed') {
        yield contradiction(flow, { at: 'fails', message: `${flow.from} can answer without ${flow.to}, yet its requests fail when ${flow.to} does.`, severity: 'medium', changes: [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'fails', value: 'open' }], impact: 'What is optional fails alone' });
      }
    }
    const open: Module[] = [];
    for (const module of modulesOf(architecture)) {
      const outcome = judge(architecture, module);
      if (outcome) yield outcome;
      // REL-02 asks what callers of a service get where nobody says.
      else if (module.component.kind !== 'service' || presenceOf(module.component, 'fallback') !== 'undeclared') open.push(module);
    }
    const [first] = open;
    if (first) yield question(open.length === 1 ? first.component : architecture.system, open.length === 1 && first.component.kind === 'service' ? 'fails' : undefined, `Does a request go on when ${listed(open.map(({ component }) => component.name))} ${open.length === 1 ? 'fails' : 'fail'}, ${open.every(({ component }) => component.kind === 'guardrail') ? 'unchecked' : `without what ${open.length === 1 ? 'it adds' : 'they add'}`}? Declare \`fails open\` or \`fails closed\`.`);
  },
};

/** Undefined where nobody says anything. */
function judge(architecture: Architecture, { component, flows, adds }: Module): Outcome | undefined {
  const own = component.kind === 'service' ? value(component as Service, 'fails') : undefined;
  const stated = flows.map((flow) => value(flow, 'fails'));
  if (own === 'open' || (stated.length > 0 && stated.every((mode) => mode === 'open')) || (flows.length > 0 && flows.every((flow) => value(flow, 'optional') === true))) return satisfied(component, { because: `requests go on without ${component.name}` });
  const closed = own === 'closed' || stated.includes('closed');
  if (component.kind === 'service' && hasFallback(architecture, component as Service)) return satisfied(component, { because: `something else answers when ${component.name} cannot` });
  if (!closed) return undefined;
  const affects = value(architecture.system, 'affects') ?? [];
  if (component.kind === 'guardrail' || (adds === 'objects' && affects.some((what) => what === 'money' || what === 'people' || what === 'safety'))) return satisfied(component, { because: `${component.name} fails closed, and harm could come of going on` });
  const asking = consumersOf(architecture, component.name).map(({ name }) => name);
  const way = wayToNeeded(neededByRequests(architecture), component.name);
  const models = component.kind === 'service' ? modelsOf(architecture, component as Service).map(({ name }) => name) : [];
  return gap(component, {
    at: own === 'closed' ? 'fails' : undefined,
    message: `${models.length > 0 ? `${listed(models)} in ${component.name} only ${adds}` : `${component.name} only ${adds}`}, yet when it fails so do all requests${asking.length > 0 ? ` of ${listed(asking)}` : ''}.`,
    path: hopsOf(way, () => undefined),
    changes: [
      ...(own === 'closed' ? [{ op: 'set' as const, subject: component.name, property: 'fails', value: 'open' }] : []),
      ...flows.filter((flow) => value(flow, 'fails') === 'closed').map((flow) => ({ op: 'set-flow' as const, from: flow.from, to: flow.to, property: 'fails', value: 'open' })),
      ...(own !== 'closed' && component.kind === 'service' && presenceOf(component, 'fails') !== 'present' ? [{ op: 'set' as const, subject: component.name, property: 'fails', value: 'open' }] : []),
    ],
    mitigated: component.kind === 'service' && statementOf(component, 'kill_switch')?.state === 'present' && value(component as Service, 'kill_switch') === true,
    impact: 'A fault of the model costs the model’s answer and nothing else',
  });
}
