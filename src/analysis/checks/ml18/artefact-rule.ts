import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { callsAsGraph, callsOf } from '../../../model/graph/calls.ts';
import { edgesOf, type Edge, type Graph } from '../../../model/graph/edges.ts';
import { pathTo, reachable, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { addRollout } from '../../deployment/drafts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { pipelineTargets, rolloutTargets } from '../../deployment/releases.ts';
import { formatQuantity } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { isVital } from '../../training/standing-facts.ts';

type Behaviour = Component<'artefact' | 'prompt' | 'knowledge'>;
type Artefact = Component<'artefact'>;

/** What a kind of artefact is called in `covers` of a rollout. */
const COVERED_AS: Readonly<Record<string, string>> = { feature_file: 'features', vocabulary: 'features', thresholds: 'thresholds', rules: 'rules', config: 'config', flags: 'config', index: 'index', prompt: 'prompt' };
const READERS: ReadonlySet<string> = new Set(['service', 'gateway', 'agent']);

export const configurationRolledOut: Rule = {
  id: 'ML18.6',
  slug: 'configuration-rolled-out',
  title: 'What changes behaviour without new code goes out in steps too',
  type: 'gap',
  severity: 'high',
  why: 'A generated file, a prompt or a threshold changes answers as a new model does, and a bad one fails everywhere at once.',
  remediation: 'Send it through the same rollout as the model: checked, to few first, back by itself.',
  effort: 'M',
  falsePositives: 'It may be released together with its service. Declare `rollout` of the artefact (`released_with` of a prompt), or `covers` of the rollout.',
  *evaluate(context) {
    const { architecture } = context;
    const covering = coveringOf(architecture);
    for (const component of componentsOf(architecture, 'artefact', 'prompt', 'knowledge')) {
      const readers = readersOf(architecture, component);
      if (readers.length > 0) yield judge(context, component, readers, covering);
    }
    for (const agent of unservedAgents(architecture)) yield judgeAgent(architecture, agent, covering);
    yield* configurationFlows(context, covering);
  },
};

/** Who brings what to production, by the name of what is brought. */
type Covering = ReadonlyMap<string, readonly Component<'rollout' | 'pipeline'>[]>;

function coveringOf(architecture: Architecture): Covering {
  const covering = new Map<string, Component<'rollout' | 'pipeline'>[]>();
  const add = (name: string, by: Component<'rollout' | 'pipeline'>): void => void (covering.get(name)?.push(by) ?? covering.set(name, [by]));
  for (const rollout of componentsOf(architecture, 'rollout')) for (const name of rolloutTargets(architecture, rollout)) add(name, rollout);
  for (const pipeline of componentsOf(architecture, 'pipeline')) for (const name of pipelineTargets(architecture, pipeline)) add(name, pipeline);
  return covering;
}

function readersOf(architecture: Architecture, component: Behaviour): Component[] {
  const out = (edgesOf(architecture).out.get(component.name) ?? []).flatMap((edge) => architecture.components.get(edge.to) ?? []);
  return [...new Set(out.filter((reader) => READERS.has(reader.kind)))];
}

function wordOf(component: Behaviour): string | undefined {
  if (component.kind === 'artefact') return COVERED_AS[component.variant ?? ''];
  return component.kind === 'prompt' ? 'prompt' : 'index';
}

/** The way that a change takes, where it is one in steps or through tests. */
function wayOf(architecture: Architecture, component: Behaviour, readers: readonly Component[], covering: Covering): string | undefined {
  const named = [...(value(component as Artefact, 'rollout') ?? []), ...(value(component as Component<'prompt'>, 'released_with') ?? [])];
  if (named[0] !== undefined) return `${named[0]} releases it`;
  const [direct] = covering.get(component.name) ?? [];
  if (direct) return `${direct.name} releases it`;
  if (component.kind === 'artefact' && value(component as Artefact, 'validated')?.includes('staged')) return 'a few get it first';
  const word = wordOf(component);
  for (const reader of readers) {
    const rollout = (covering.get(reader.name) ?? []).find((by) => by.kind === 'rollout' && word !== undefined && (value(by as Component<'rollout'>, 'covers') as readonly string[] | undefined)?.includes(word));
    if (rollout) return `${rollout.name} covers ${word}`;
  }
  const gate = (edgesOf(architecture).in.get(component.name) ?? []).map((edge) => architecture.components.get(edge.from)).find((from) => from?.kind === 'rollout' || from?.kind === 'pipeline');
  return gate && `${gate.name} releases it`;
}

function judge(context: Context, component: Behaviour, readers: readonly Component[], covering: Covering): Outcome {
  const { architecture, settings } = context;
  const property = component.kind === 'prompt' ? 'released_with' : component.kind === 'artefact' ? 'rollout' : undefined;
  const stated = property === undefined ? undefined : statementOf(component, property);
  const way = wayOf(architecture, component, readers, covering);
  if (way !== undefined) return satisfied(component, { because: way, evidence: evidenceOf(stated) });
  const spread = component.kind === 'artefact' ? value(component as Artefact, 'reaches_all_within') : undefined;
  const absent = (property !== undefined && presenceOf(component, property) === 'absent') || nothingIsRolledOut(architecture);
  // Sooner everywhere than anyone could take it back: that leaves no room for steps.
  const atOnce = spread !== undefined && spread.high <= settings.thresholds.rollbackSeconds;
  if (absent || atOnce) return bypass(context, component, readers, { spread: spread && formatQuantity(spread), at: stated ? property : spread ? 'reaches_all_within' : undefined });
  const planned = property === undefined ? undefined : plannedInstead(component, property, { message: `${component.name} changes what ${listed(readers.map((reader) => reader.name))} ${readers.length > 1 ? 'do' : 'does'} and passes no rollout yet.`, changes: throughRollout(architecture, component) });
  if (planned) return planned;
  const every = component.kind === 'artefact' ? value(component as Artefact, 'every') : undefined;
  const what = every ? `a new ${component.name}, made every ${formatQuantity(every)},` : `a change of ${component.name}`;
  const declare = property === undefined ? `a \`rollout … for ${component.name}\`` : `\`${property}\``;
  const ask = question(component, property, `How does ${what} reach ${listed(readers.map((reader) => reader.name))}: all at once, or in steps? Declare ${declare}.`);
  return { ...ask, statedUnknown: stated?.state === 'unknown' };
}

/** The file says that there are neither rollouts nor pipelines. */
const nothingIsRolledOut = (architecture: Architecture): boolean => isKindAbsent(architecture, 'rollout') && isKindAbsent(architecture, 'pipeline');

function bypass(context: Context, component: Behaviour, readers: readonly Component[], { spread, at }: { spread?: string; at?: string }): Outcome {
  const { architecture } = context;
  const artefact = component as Artefact;
  const checked = component.kind === 'artefact' && (value(artefact, 'validated') ?? []).some((check) => check === 'limits' || check === 'content');
  const stoppable = component.kind === 'artefact' && value(artefact, 'kill_switch') === true;
  const total = readers.map((reader) => ({ reader, path: sharedPath(architecture, reader) })).find(({ path }) => path);
  const every = component.kind === 'artefact' ? value(artefact, 'every') : undefined;
  const generated = every !== undefined || (component.kind === 'artefact' && (value(artefact, 'generated_from') ?? []).length > 0);
  // Nobody looks at what is generated, and what many depend on takes them along.
  const critical = isVital(architecture) && !checked && !stoppable && total !== undefined && (generated || manyDepend(architecture, total.reader));
  const made = every ? `, made every ${formatQuantity(every)},` : '';
  const names = listed(readers.map((reader) => reader.name));
  const entry = total?.path?.[0]?.from;
  const limit = component.kind === 'artefact' ? value(artefact, 'limit') : undefined;
  const why = critical
    ? `Every request of ${entry} passes ${total.reader.name}, and no other way is declared: a bad ${component.name} is an outage of all of it${limit ? `, for one by passing the limit of ${formatQuantity(limit)} entries` : ''}.`
    : undefined;
  const from = (edgesOf(architecture).out.get(component.name) ?? []).find((edge) => edge.to === (total?.reader ?? readers[0])?.name);
  const origin = (edgesOf(architecture).in.get(component.name) ?? [])[0];
  const details: FindingDetails = {
    at,
    severity: critical ? 'critical' : undefined,
    critical: critical ? 'outage' : undefined,
    mitigated: checked || stoppable,
    message: `${component.name}${made} changes what ${names} ${readers.length > 1 ? 'do' : 'does'} and passes no rollout: it takes effect everywhere ${spread === undefined ? 'at once' : `within ${spread}`}.`,
    why,
    path: hopsOf([...(origin ? [origin] : []), ...(from ? [from] : [])]),
    changes: throughRollout(architecture, component),
    impact: 'A bad artefact fails for few and is taken back',
  };
  return gap(component, details);
}

interface Requests {
  /** Calls, from caller to callee. */
  readonly graph: Graph;
  /** What consumers reach by calls that take all their requests and that nobody can do without. */
  readonly tree: ReadonlyMap<string, Edge | undefined>;
}

const requests = new WeakMap<Architecture, Requests>();

function requestsOf(architecture: Architecture): Requests {
  let found = requests.get(architecture);
  if (!found) requests.set(architecture, (found = computeRequests(architecture)));
  return found;
}

function computeRequests(architecture: Architecture): Requests {
  const graph = callsAsGraph(architecture);
  const callees = new Map([...callsOf(architecture).from].map(([name, calls]) => [name, calls.filter((call) => !call.reads).length]));
  const needed = (edge: Edge): boolean => {
    const flow = edge.flow;
    // Calls that the caller can do without do not carry the failure on.
    if (flow && (value(flow, 'optional') === true || value(flow, 'fails') === 'open' || value(flow, 'fallback') === true || (value(flow, 'share')?.high ?? 1) < 1)) return false;
    const caller = architecture.components.get(edge.from);
    // Consumers and gateways that call several send each request to one of them.
    if (caller?.kind !== 'service') return (callees.get(edge.from) ?? 0) <= 1;
    return presenceOf(caller, 'fallback') !== 'present';
  };
  const entries = componentsOf(architecture, 'consumer').map((consumer) => consumer.name);
  return { graph, tree: reachTree(graph, entries, { follow: needed }) };
}

/** More than one consumer, or other services behind it, need what reads the artefact. */
function manyDepend(architecture: Architecture, reader: Component): boolean {
  const { graph } = requestsOf(architecture);
  const callers = reachable(graph, [reader.name], { direction: 'upstream' });
  const behind = callsOf(architecture).from.get(reader.name) ?? [];
  const consumers = [...callers].filter((name) => architecture.components.get(name)?.kind === 'consumer');
  return consumers.length > 1 || behind.filter((call) => architecture.components.get(call.callee)?.kind === 'service').length > 0;
}

/** The calls from a consumer to a reader by which all its requests pass, where nobody goes on without it; undefined where there is another way. */
function sharedPath(architecture: Architecture, reader: Component): readonly Edge[] | undefined {
  if (presenceOf(reader, 'fallback') === 'present' || (reader.kind === 'service' && value(reader as Component<'service'>, 'fails') === 'open')) return undefined;
  const { tree } = requestsOf(architecture);
  const path = pathTo(tree, reader.name);
  const last = path?.at(-1);
  if (!last) return undefined;
  const spare = (callsOf(architecture).from.get(last.from) ?? []).some((call) => call.edge.flow && value(call.edge.flow, 'fallback') === true);
  return spare ? undefined : path;
}

/** A rollout of its own, in place of being everywhere at once. */
function throughRollout(architecture: Architecture, component: Behaviour): Change[] {
  const { name, changes } = addRollout(architecture, `${component.name}Rollout`, {}, component.name);
  const restated: Change[] =
    component.kind === 'artefact' ? [{ op: 'set', subject: component.name, property: 'rollout', value: [name] }] : component.kind === 'prompt' ? [{ op: 'set', subject: component.name, property: 'released_with', value: [name] }] : [];
  const spread: Change[] = component.kind === 'artefact' && statementOf(component, 'reaches_all_within') ? [{ op: 'unset', subject: component.name, property: 'reaches_all_within' }] : [];
  return [...changes, ...restated, ...spread];
}

/** Whatever changes an agent that no service runs changes what it does: there is no version of a service to roll out. */
function judgeAgent(architecture: Architecture, agent: Component<'agent'>, covering: Covering): Outcome {
  const { name } = agent;
  const [by] = covering.get(name) ?? [];
  if (by) return satisfied(agent, { because: `${by.name} releases it` });
  if (!nothingIsRolledOut(architecture)) return question(agent, undefined, `How does a change of ${name}, in its model, instructions or tools, reach its users: all at once, or in steps? Declare a \`rollout … for ${name}\`.`);
  return gap(agent, {
    message: `A change of ${name}, in its model, instructions or tools, passes no rollout: it takes effect for everyone at once.`,
    changes: addRollout(architecture, `${name}Rollout`, {}, name).changes,
    impact: 'A change for the worse harms few and is taken back',
  });
}

/** Flows of configuration into a service from something that is no artefact: a store of settings, a tool. */
function* configurationFlows({ architecture }: Context, covering: Covering): Iterable<Outcome> {
  const graph = edgesOf(architecture);
  const own: ReadonlySet<string> = new Set(['artefact', 'prompt', 'knowledge', 'guardrail', 'rollout', 'pipeline']);
  for (const flow of architecture.flows) {
    const [from, to] = [architecture.components.get(flow.from), architecture.components.get(flow.to)];
    if (value(flow, 'payload') !== 'config' || !from || !to || own.has(from.kind) || !READERS.has(to.kind)) continue;
    const rollout = (covering.get(to.name) ?? []).find((by) => by.kind === 'rollout' && value(by as Component<'rollout'>, 'covers')?.includes('config'));
    const before = reachable(graph, [from.name], { direction: 'upstream', follow: (edge) => edge.payload === 'config' || edge.payload === 'artifact' });
    const gate = rollout ?? [...before].flatMap((name) => architecture.components.get(name) ?? []).find((component) => component.kind === 'rollout' || component.kind === 'pipeline');
    if (gate) yield satisfied(flow, { because: `${gate.name} brings it there` });
    else if (nothingIsRolledOut(architecture)) yield gap(flow, { message: `What ${from.name} says changes what ${to.name} does and passes no rollout.`, changes: addRollout(architecture, `${to.name}ConfigRollout`, { covers: ['config'] }, to.name).changes });
    else yield question(flow, undefined, `How does a change in ${from.name} reach ${to.name}: all at once, or in steps? Declare \`covers [config]\` of its rollout if that brings it there.`);
  }
}
