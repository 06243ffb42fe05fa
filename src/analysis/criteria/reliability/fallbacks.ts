import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { neededByRequests, neededFrom, wayToNeeded } from '../../../model/graph/needed.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { redundancyOf } from '../../serving/redundancy.ts';
import { isOnlySpare, ownServices, type Service } from '../../serving/services.ts';
import { standingOf } from '../../severity.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';
import { spareAnswer } from './spare-answer.ts';

export const fallbackIsIndependent: Criterion = {
  id: 'REL-02',
  slug: 'fallback-is-independent',
  title: 'Something else answers when a service cannot, and does not fail with it',
  type: 'gap',
  severity: 'high',
  sources: ['NIST AI RMF MANAGE 2.4', 'ANSSI generative AI guide R15'],
  why: 'A fallback that needs what has just failed fails with it; one that is not there leaves callers with an error.',
  remediation: 'Answer by rules, a default or the last answers, from parts that the service itself does not need.',
  effort: 'M',
  falsePositives: 'Callers may go on without an answer: declare the flow as `optional` or `fails open`. What both need may have copies of its own: declare `replicas` or `zones`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : ownServices(context.architecture).length > 0 ? true : 'No service of its own answers requests.'),
  *evaluate(context: Context) {
    const { architecture } = context;
    const needed = neededByRequests(architecture);
    const open: Service[] = [];
    for (const service of ownServices(architecture)) {
      if (isOnlySpare(architecture, service)) continue;
      const fallback = value(service, 'fallback');
      const component = fallback === undefined ? undefined : architecture.components.get(fallback);
      const spares = sparesOf(architecture, service);
      for (const spare of new Set([...(component ? [component] : []), ...spares])) yield compare(context, service, spare);
      if (component || spares.length > 0) continue;
      if (fallback !== undefined) yield judgeWord(architecture, service, fallback);
      else if (!needed.has(service.name)) yield satisfied(service, { because: 'those who call it go on without it' });
      else if (presenceOf(service, 'fallback') === 'absent') yield none(context, service);
      else if (!isAskedOf(architecture, service)) yield* plannedOrOpen(service, open);
    }
    if (open.length > 0) yield question(open.length === 1 && open[0] ? open[0] : architecture.system, open.length === 1 ? 'fallback' : undefined, `What do callers of ${listed(open.map(({ name }) => name))} get when ${open.length === 1 ? 'it is' : 'they are'} down: rules, a default, the last answers, or an error? Declare \`fallback\`.`);
  },
};

/** ML20.4 asks for what takes over where much is at stake and there is no version before to go back to. */
function isAskedOf(architecture: Architecture, service: Service): boolean {
  const gone = value(service, 'keeps_previous') === 'deleted' || presenceOf(service, 'keeps_previous') === 'absent' || presenceOf(service, 'rollback') === 'absent';
  return gone && (value(architecture.system, 'decisions') === 'automated' || standingOf(architecture).criticality >= 2);
}

function* plannedOrOpen(service: Service, open: Service[]): Iterable<Outcome> {
  const planned = plannedInstead(service, 'fallback', { message: `Nothing answers yet when ${service.name} cannot.` });
  if (planned) yield planned;
  else if (statementOf(service, 'fallback')?.state !== 'not-applicable') open.push(service);
}

/** Where callers say what they call when a service fails: the callees of flows with `fallback yes`. */
function sparesOf(architecture: Architecture, service: Service): Component[] {
  const calls = callsOf(architecture);
  const spares = (calls.to.get(service.name) ?? []).filter((call) => !isFallback(call)).flatMap(({ caller }) => (calls.from.get(caller) ?? []).filter(isFallback));
  return spares.flatMap(({ callee }) => (callee === service.name ? [] : (architecture.components.get(callee) ?? [])));
}

function none(context: Context, service: Service): Outcome {
  const { architecture } = context;
  const { criticality } = standingOf(architecture);
  return gap(service, {
    at: statementOf(service, 'fallback') ? 'fallback' : undefined,
    severity: criticality >= 2 ? 'high' : 'medium',
    message: `Nothing answers when ${service.name} cannot: its callers get an error.`,
    path: hopsOf(wayToNeeded(neededByRequests(architecture), service.name), () => undefined),
    changes: spareAnswer(context, service.name, 'default'),
    impact: 'A lesser answer in place of an error',
  });
}

/** The version before runs where the new one runs, and reads what it reads. */
function judgeWord(architecture: Architecture, service: Service, fallback: string): Outcome {
  const reads = (callsOf(architecture).from.get(service.name) ?? []).filter((call) => call.reads && redundancyOf(architecture, callee(architecture, call.callee)).state === 'single');
  const [shared] = reads;
  if (fallback !== 'previous_version' || !shared) return satisfied(service, { because: fallback.replaceAll('_', ' '), evidence: evidenceOf(statementOf(service, 'fallback')) });
  return weak(service, {
    at: 'fallback',
    severity: 'medium',
    about: shared.callee,
    message: `The version before of ${service.name} needs ${shared.callee} as the new one does, and there is one of it.`,
    path: hopsOf([{ ...shared.edge, from: service.name, to: shared.callee }], () => undefined),
    changes: [{ op: 'set', subject: service.name, property: 'fallback', value: 'rules' }],
  });
}

const callee = (architecture: Architecture, name: string): Component => architecture.components.get(name) as Component;

/** What both ways need, apart from what calls them. */
function compare({ architecture }: Context, service: Service, spare: Component): Outcome {
  const [own, other] = [neededFrom(architecture, [service.name]), neededFrom(architecture, [spare.name])];
  if (other.has(service.name)) {
    return weak(service, { about: spare.name, message: `${spare.name} stands in for ${service.name} and calls it: it fails with what it is to replace.`, path: hopsOf(wayToNeeded(other, service.name), () => undefined) });
  }
  const shared = [...other.keys()].filter((name) => own.has(name) && name !== spare.name).flatMap((name) => architecture.components.get(name) ?? []);
  const vendor = sameProvider(architecture, service, spare);
  const fragile = shared.filter((component) => component.kind !== 'model' && component.kind !== 'features' && redundancyOf(architecture, component).state !== 'several');
  const [worst] = [...fragile].sort((a, b) => Number(redundancyOf(architecture, b).state === 'single') - Number(redundancyOf(architecture, a).state === 'single'));
  if (!worst && vendor === undefined) return satisfied(service, { because: shared.length > 0 ? `${spare.name} stands in, and what both need has copies` : `${spare.name} stands in and needs nothing that ${service.name} needs`, evidence: evidenceOf(statementOf(service, 'fallback')) });
  if (!worst) return weak(service, { about: spare.name, at: atFallback(service, spare), severity: 'medium', message: `${spare.name} stands in for ${service.name}, and both come from ${vendor}: an outage there is an outage of both.` });
  const single = redundancyOf(architecture, worst).state === 'single';
  return weak(service, {
    about: spare.name,
    at: atFallback(service, spare),
    ...(single ? {} : { severity: 'medium' as const }),
    message: `${spare.name} stands in for ${service.name}, but needs ${worst.name} as ${service.name} does: when ${worst.name} fails, both do.`,
    path: [...hopsOf(wayToNeeded(own, worst.name), () => undefined), ...hopsOf(wayToNeeded(other, worst.name), () => 'by the fallback')],
    changes: single ? copies(worst) : [],
    impact: 'A fallback that answers when it is needed',
  });
}

const atFallback = (service: Service, spare: Component): string | undefined => (value(service, 'fallback') === spare.name ? 'fallback' : undefined);

function copies(component: Component): Change[] {
  const properties = ['replicas', 'zones'].filter((property) => statementOf(component, property));
  return properties.map((property) => ({ op: 'set', subject: component.name, property, value: { low: 2, high: 2, unit: '1' } }));
}

/** The provider of two vendor interfaces, where it is the same. */
function sameProvider(architecture: Architecture, service: Service, spare: Component): string | undefined {
  const [own, other] = [service, spare].map((component) => [...neededFrom(architecture, [component.name]).keys()].flatMap((name) => architecture.components.get(name) ?? []).find((item): item is Service => item.kind === 'service' && item.variant === 'llm_api'));
  if (!own || !other || own === other) return undefined;
  const technology = value(own, 'technology');
  return technology !== undefined && technology === value(other, 'technology') && value(own, 'region') === value(other, 'region') ? technology.replaceAll('_', ' ') : undefined;
}
