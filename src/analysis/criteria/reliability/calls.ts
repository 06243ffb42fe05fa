import type { Architecture, Component, Flow } from '../../../model/architecture.ts';
import { callsAsGraph, callsOf, isFallback, type Call } from '../../../model/graph/calls.ts';
import { stronglyConnected } from '../../../model/graph/cycles.ts';
import { acyclicOrder } from '../../../model/graph/acyclic-order.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { shortestPath } from '../../../model/graph/paths.ts';
import { exactly, quantityOf } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { isLookedUp } from '../../serving/stored-features.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

/** Tries that one request may become on its way to the last callee. */
const MOST_TRIES = 4;

/** Calls from one part that runs by itself to another, declared by a flow, so that something can be said of them. */
const remoteCalls = (architecture: Architecture): Call[] => callsOf(architecture).calls.filter((call) => call.edge.flow && !isFallback(call) && isRemote(architecture, call));

const flowsOf = (architecture: Architecture): Flow[] => [...new Set(remoteCalls(architecture).flatMap(({ edge }) => edge.flow ?? []))];

/** What is computed, loaded or kept within the caller is not waited for over a network. */
function isRemote(architecture: Architecture, { callee, edge: { flow } }: Call): boolean {
  const component = architecture.components.get(callee);
  if (!component || ['model', 'prompt', 'artefact', 'dataset'].includes(component.kind)) return false;
  return component.kind !== 'features' || flow?.properties.lookup?.state === 'present' || isLookedUp(component as Component<'features'>);
}

export const callsAreBounded: Criterion = {
  id: 'REL-03',
  slug: 'calls-are-bounded',
  title: 'Each call that is waited for has a timeout, few retries and something that stops it',
  type: 'weak',
  severity: 'medium',
  sources: ['AWS Generative AI Lens GENREL03-BP01', 'AWS ML Lens (2023) MLREL-02'],
  why: 'A caller that waits for ever is taken down by what it calls, and retries at several levels multiply the load just when there is too much of it.',
  remediation: 'Give each call a timeout, retry at one level only, and open a circuit breaker when most calls fail.',
  effort: 'S',
  falsePositives: 'A mesh or a client library may do it: declare `timeout`, `retries` and `breaker` of the flow all the same.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : flowsOf(context.architecture).length > 0 ? true : 'No call that somebody waits for is declared as a flow.'),
  *evaluate({ architecture }: Context) {
    const flows = flowsOf(architecture);
    const endless = flows.filter((flow) => presenceOf(flow, 'timeout') === 'absent');
    for (const flow of endless) {
      yield gap(flow, { at: 'timeout', message: `${flow.from} waits for ${flow.to} without a timeout.`, changes: [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'timeout', value: quantityOf(1, 's', 'duration') }], remedy: 'Set a timeout above the 99th percentile of what is called.', impact: 'A slow part does not take its callers along' });
    }
    const bare = flows.filter((flow) => (value(flow, 'retries')?.high ?? 0) > 0 && presenceOf(flow, 'breaker') === 'absent');
    for (const flow of bare) {
      yield weak(flow, { about: 'breaker', at: 'breaker', message: `${flow.from} tries ${flow.to} again ${formatNumber(value(flow, 'retries')?.high ?? 0)} times when it fails, and no circuit breaker ever stops it.`, changes: [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'breaker', value: true }], impact: 'What is overloaded gets time to recover' });
    }
    const most = mostTries(architecture);
    if (most && most.tries > MOST_TRIES) {
      const [last] = most.path.slice(-1);
      const levels = most.path.filter((call) => triesOf(call) > 1);
      const single = levels.length === 1;
      const how = single ? `${levels[0]?.caller ?? ''} tries again ${formatNumber(most.tries - 1)} times` : `retries at ${formatNumber(levels.length)} levels multiply`;
      yield weak(architecture.system, {
        about: 'retries',
        message: `One request may become ${formatNumber(most.tries)} calls of ${last?.callee ?? ''}: ${how}.`,
        why: `While ${last?.callee ?? 'it'} fails, it gets ${formatNumber(most.tries)} times its usual traffic.`,
        path: hopsOf(most.path.map((call) => ({ ...call.edge, from: call.caller, to: call.callee })), (edge) => (edge.flow && value(edge.flow, 'retries') ? `up to ${formatNumber(1 + (value(edge.flow, 'retries')?.high ?? 0))} tries` : undefined)),
        changes: (single ? levels : levels.slice(0, -1)).flatMap(({ edge: { flow } }) => (flow ? [{ op: 'set-flow' as const, from: flow.from, to: flow.to, property: 'retries', value: exactly(single ? 1 : 0, '1') }] : [])),
        remedy: single ? 'Try again once, after a pause that grows.' : 'Retry at one level only, nearest to what fails.',
        impact: 'A failure is not multiplied',
      });
    }
    const open = remoteCalls(architecture).filter(({ caller, edge: { flow } }) => flow && !statementOf(flow, 'timeout') && architecture.components.get(caller)?.kind !== 'consumer');
    if (open.length > 0) yield question(architecture.system, undefined, `When ${listed([...new Set(open.map(({ callee }) => callee))])} ${open.length === 1 ? 'does' : 'do'} not answer, after what time ${open.length === 1 ? `does ${open[0]?.caller ?? ''}` : 'do callers'} give up, and is it tried again? Declare \`timeout\` and \`retries\` of the flow${open.length === 1 ? '' : 's'}.`);
    else if (endless.length + bare.length === 0 && (most?.tries ?? 1) <= MOST_TRIES && flows.some((flow) => statementOf(flow, 'timeout'))) yield satisfied(architecture.system, { because: `calls end by a timeout, and one request becomes at most ${formatNumber(most?.tries ?? 1)} ${(most?.tries ?? 1) === 1 ? 'try' : 'tries'}` });
  },
};

const triesOf = ({ edge: { flow } }: Call): number => 1 + ((flow && value(flow, 'retries')?.high) ?? 0);

/** The way on which the tries of its calls multiply to the most. Calls that close a cycle are left out. */
function mostTries(architecture: Architecture): { readonly tries: number; readonly path: readonly Call[] } | undefined {
  const { calls, from } = callsOf(architecture);
  const next = (name: string): Call[] => (from.get(name) ?? []).filter((call) => !isFallback(call));
  const order = acyclicOrder([...new Set(calls.map(({ caller }) => caller))], next, (call) => call.callee);
  const best = new Map<string, { tries: number; by?: Call }>();
  for (const name of order.names) {
    const tries = best.get(name)?.tries ?? 1;
    for (const call of next(name)) {
      if (order.closing.has(call)) continue;
      const product = tries * triesOf(call);
      if (product > (best.get(call.callee)?.tries ?? 0)) best.set(call.callee, { tries: product, by: call });
    }
  }
  let top: string | undefined;
  for (const [name, { tries }] of best) if (top === undefined || tries > (best.get(top)?.tries ?? 0)) top = name;
  if (top === undefined) return undefined;
  const path: Call[] = [];
  for (let at = best.get(top); at?.by; at = best.get(at.by.caller)) path.push(at.by);
  return { tries: best.get(top)?.tries ?? 1, path: path.reverse() };
}

export const noCallCycles: Criterion = {
  id: 'REL-14',
  slug: 'no-cycles-of-calls',
  title: 'Nothing waits for an answer that waits for it',
  type: 'contradiction',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLREL-02'],
  pack: 'reliability',
  why: 'When all workers of one part wait for the other, and those for the first, neither answers; and one slow moment goes round.',
  remediation: 'Let one of the calls be an event, or read a stored value in its place.',
  effort: 'M',
  falsePositives: 'The second call may not be waited for: declare its flow as `async`. An agent may call itself so many times: declare `max_steps`.',
  applies: ({ architecture }) => (callsOf(architecture).calls.length > 0 ? true : 'No call that somebody waits for is declared.'),
  *evaluate({ architecture }: Context) {
    const graph = callsAsGraph(architecture);
    const waits = ({ flow }: Edge): boolean => !(flow && (value(flow, 'fallback') === true || value(flow, 'optional') === true));
    const rings = stronglyConnected(graph, waits).filter((names) => names.length > 1);
    for (const names of rings) {
      const members = new Set(names);
      if (names.some((name) => isBounded(architecture, name))) continue;
      const inside = (edge: Edge): boolean => waits(edge) && members.has(edge.from) && members.has(edge.to);
      const first = [...graph.edges].find(inside);
      const back = first && shortestPath(graph, [first.to], [first.from], { follow: inside });
      if (!first || !back) continue;
      const ring = [first, ...back];
      const subject = architecture.components.get(first.from) ?? architecture.system;
      const cut = ring.findLast((edge) => edge.flow);
      yield contradiction(subject, {
        message: `${ring.map((edge) => edge.from).join(' waits for ')} waits for ${first.from}: a request comes back to where it waits.`,
        path: hopsOf(ring, () => 'waits for'),
        changes: cut?.flow ? [{ op: 'set-flow', from: cut.flow.from, to: cut.flow.to, property: 'mode', value: 'async' }] : [],
        impact: 'A slow part does not block itself',
      });
    }
    if (rings.length === 0) yield satisfied(architecture.system, { because: 'no call comes back to where it started' });
  },
};

/** An agent that stops after so many steps calls itself only so many times. */
function isBounded(architecture: Architecture, name: string): boolean {
  const component = architecture.components.get(name);
  return component?.kind === 'agent' && (presenceOf(component, 'max_steps') === 'present' || presenceOf(component, 'max_time') === 'present');
}
