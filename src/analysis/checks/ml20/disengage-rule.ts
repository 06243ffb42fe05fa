import type { Change, Component } from '../../../model/architecture.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { AUTOMATIC_ROLLBACK } from '../../deployment/drafts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { releasesOf, rolloutTargets, type Release } from '../../deployment/releases.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { vendorCallsOf } from '../../monitoring/vendor-calls.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { standingOf } from '../../severity.ts';

export const canBeDisengaged: Rule = {
  id: 'ML20.4',
  slug: 'can-be-disengaged',
  title: 'A model that decides can be taken out: by the version before, by rules, or by a person',
  type: 'gap',
  severity: 'high',
  why: 'When it is known that the answers are wrong, the only choices left are to go on with them or to stop everything.',
  remediation: 'Keep the previous version ready, or let simple rules answer, or give a person the switch.',
  effort: 'M',
  falsePositives: 'Whoever calls the service may go on without it. Declare the flow as `optional yes`, `fails open`, or a second one with `fallback yes`.',
  *evaluate(context) {
    const { architecture } = context;
    const decisions = value(architecture.system, 'decisions');
    if (decisions === 'informational') {
      yield notApplicable('Its output is only shown; nobody acts on it by itself.');
      return;
    }
    const agents = unservedAgents(architecture);
    const automated = decisions === 'automated';
    const stake = automated || standingOf(architecture).criticality >= 2;
    // An agent that nobody has to agree with decides by itself, whatever else the system does.
    for (const agent of agents) if (stake || value(agent, 'approval') === 'never') yield judgeAgent(context, agent, automated);
    if (!stake) {
      yield notApplicable('Asked where much is at stake or decisions are automated.');
      return;
    }
    const { agents: asking } = vendorCallsOf(architecture);
    // Where an agent asks a vendor’s model, it is the agent that can be stopped.
    const releases = releasesOf(architecture).filter(({ service }) => !asking.get(service.name)?.some((agent) => agents.includes(agent)));
    yield* askedOnce(architecture.system, releases.map((release) => judge(context, release, automated)));
  },
};

export interface Way {
  readonly because: string;
  readonly component?: Component;
  readonly property?: string;
}

/** Ways by which a version before, something simpler or a person takes over. */
export function* waysOut(context: Context, { service, rollouts, observed }: Release): Iterable<Way> {
  const { architecture } = context;
  const stated = (component: Component, property: string, because: string): Way[] => (presenceOf(component, property) === 'present' ? [{ because, component, property }] : []);
  yield* stated(service, 'kill_switch', 'it can be turned off at once');
  yield* stated(service, 'fallback', `${value(service, 'fallback')?.replaceAll('_', ' ')} answers when it cannot`);
  yield* stated(service, 'human_override', 'a person can overrule it');
  for (const component of [service, ...rollouts]) yield* stated(component, 'rollback', 'it goes back to the version before');
  const kept = value(service, 'keeps_previous');
  if (kept === 'warm' || kept === 'retained') yield { because: 'the version before is kept', component: service, property: 'keeps_previous' };
  if ((value(service, 'versions')?.low ?? 0) >= 2) yield { because: 'several versions serve at the same time', component: service, property: 'versions' };
  if (value(architecture.system, 'decisions') === 'human_reviewed') yield { because: 'a person decides with it' };
  for (const name of observed.names) {
    const component = architecture.components.get(name);
    if (component?.kind === 'agent') yield* stated(component, 'stop_switch', `${name} can be stopped at once`);
    if (component?.kind === 'service' && component !== service) yield* stated(component, 'fallback', `${name} has a fallback`);
  }
  yield* waysAround(context, service);
}

/** Callers that go on without the service, or call another way when it fails. */
function* waysAround({ architecture }: Context, service: Component): Iterable<Way> {
  const calls = callsOf(architecture);
  for (const { caller, edge } of calls.to.get(service.name) ?? []) {
    const flow = edge.flow;
    if (flow && (value(flow, 'optional') === true || value(flow, 'fails') === 'open')) yield { because: `${caller} goes on without it` };
    const spare = (calls.from.get(caller) ?? []).find((call) => call.callee !== service.name && call.edge.flow && value(call.edge.flow, 'fallback') === true);
    if (spare) yield { because: `${caller} falls back to ${spare.callee}` };
  }
}

function judge(context: Context, release: Release, automated: boolean): Outcome {
  const { architecture } = context;
  const { service } = release;
  const [way] = waysOut(context, release);
  if (way) return satisfied(service, { because: way.because, evidence: way.component && way.property !== undefined ? evidenceOf(statementOf(way.component, way.property)) : undefined });
  const absent = (property: string): boolean => presenceOf(service, property) === 'absent';
  const noVersion = value(service, 'keeps_previous') === 'deleted' || absent('keeps_previous') || absent('rollback');
  const noPerson = automated || absent('human_override');
  if (noVersion && noPerson && absent('fallback')) {
    const affects = value(architecture.system, 'affects') ?? [];
    const harmed = affects.includes('safety') ? 'safety' : affects.includes('people') ? 'people' : undefined;
    return gap(service, {
      at: ['fallback', 'keeps_previous', 'rollback'].find((property) => statementOf(service, property)),
      severity: harmed ? 'critical' : undefined,
      critical: harmed ? 'harm' : undefined,
      message: `${service.name} cannot be taken out of the decision: the version before is gone, no rules stand in, and no person comes between${harmed === 'safety' ? ', although safety hangs on it' : harmed ? ', although it decides on people' : ''}.`,
      path: wayToService(context, service),
      changes: disengage(service),
      impact: 'Wrong decisions can be stopped within minutes',
    });
  }
  for (const property of ['fallback', 'kill_switch', 'human_override', 'rollback']) {
    const planned = plannedInstead(service, property, { message: `${service.name} cannot be taken out of the decision yet.` });
    if (planned) return planned;
  }
  const ways = { rollback: 'the version before', fallback: 'rules or another service', human_override: 'a person', kill_switch: 'a switch' };
  const open = Object.entries(ways).filter(([property]) => !absent(property) && !(property === 'rollback' && noVersion));
  const statedUnknown = open.some(([property]) => presenceOf(service, property) === 'unknown');
  const declare = listed(open.map(([property]) => `\`${property}\``), 4).replace(/ and ([^ ]+)$/, ' or $1');
  return { ...question(service, open[0]?.[0], `How is ${service.name} taken out when its answers are wrong: by ${listed(open.map(([, word]) => word), 4).replace(' and ', ' or ')}? Declare ${declare}.`), statedUnknown };
}

type Agent = Component<'agent'>;

function* waysToStop(context: Context, agent: Agent): Iterable<Way> {
  const { architecture } = context;
  if (presenceOf(agent, 'stop_switch') === 'present') yield { because: 'it can be stopped at once', component: agent, property: 'stop_switch' };
  if (value(agent, 'approval') === 'every_write') yield { because: 'a person agrees to each change', component: agent, property: 'approval' };
  if (value(architecture.system, 'decisions') === 'human_reviewed') yield { because: 'a person decides with it' };
  const rollout = componentsOf(architecture, 'rollout').find((item) => presenceOf(item, 'rollback') === 'present' && rolloutTargets(architecture, item).includes(agent.name));
  if (rollout) yield { because: 'it goes back to the version before', component: rollout, property: 'rollback' };
  yield* waysAround(context, agent);
}

/** An agent that no service runs is taken out by stopping it. */
function judgeAgent(context: Context, agent: Agent, automated: boolean): Outcome {
  const { architecture } = context;
  const { name } = agent;
  const [way] = waysToStop(context, agent);
  if (way) return satisfied(agent, { because: way.because, evidence: way.component && way.property !== undefined ? evidenceOf(statementOf(way.component, way.property)) : undefined });
  const approval = value(agent, 'approval');
  const noPerson = automated || approval === 'never' || presenceOf(agent, 'approval') === 'absent';
  if (presenceOf(agent, 'stop_switch') === 'absent' && (noPerson || approval === 'high_risk')) {
    const affects = value(architecture.system, 'affects') ?? [];
    const harms = approval !== 'high_risk' && (affects.includes('safety') || affects.includes('people'));
    return gap(agent, {
      at: statementOf(agent, 'stop_switch') ? 'stop_switch' : undefined,
      severity: harms ? 'critical' : approval === 'high_risk' ? 'medium' : undefined,
      critical: harms ? 'harm' : undefined,
      message: `${name} cannot be stopped while it acts${approval === 'high_risk' ? ', and a person is asked only before what is risky' : ', and no person has to agree to what it does'}.`,
      path: wayToService(context, agent),
      changes: [{ op: 'set', subject: name, property: 'stop_switch', value: true }],
      impact: 'Wrong actions can be ended at once',
      effort: 'S',
    });
  }
  const planned = plannedInstead(agent, 'stop_switch', { message: `${name} cannot be stopped while it acts.` });
  if (planned) return planned;
  const property = presenceOf(agent, 'stop_switch') === 'absent' ? 'approval' : 'stop_switch';
  return { ...question(agent, property, `How is ${name} stopped when it does the wrong thing: by a switch, or by a person who has to agree? Declare \`stop_switch\` or \`approval\`.`), statedUnknown: presenceOf(agent, property) === 'unknown' };
}

/** How requests come to it. */
function wayToService({ architecture }: Context, service: Component) {
  const consumers = componentsOf(architecture, 'consumer').map((consumer) => consumer.name);
  const tree = reachTree(edgesOf(architecture), consumers, { follow: (edge) => edge.payload === 'request' });
  return hopsOf(pathTo(tree, service.name) ?? []);
}

function disengage(service: Component<'service'>): Change[] {
  const set = (property: string, to: unknown): Change => ({ op: 'set', subject: service.name, property, value: to });
  return [set('keeps_previous', 'warm'), set('rollback', AUTOMATIC_ROLLBACK), set('kill_switch', true)];
}
