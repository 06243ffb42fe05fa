import type { Architecture, Change, Flow } from '../../../model/architecture.ts';
import { callsOf, isFallback, type Call } from '../../../model/graph/calls.ts';
import { callFigure, latencyFigure } from '../../../model/graph/latency-figures.ts';
import { timeoutBound } from '../../../model/graph/waiting.ts';
import { quantityOf, type Quantity } from '../../../model/quantity.ts';
import { value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { contradiction, notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { hasFallback, type Service } from '../../serving/services.ts';

export const timeoutsNest: Rule = {
  id: 'ML11.4',
  slug: 'timeouts-nest',
  title: 'Callers wait long enough for what they call, and no longer than their own callers',
  type: 'contradiction',
  severity: 'high',
  why: 'A timeout below the usual tail fails good requests; one that outlasts the caller’s does work for nobody, most of all under load.',
  remediation: 'Set timeouts from the outside in: each caller’s above the p99 of what it calls with all tries, and below its own caller’s.',
  effort: 'S',
  falsePositives: 'Cutting the tail is meant: declare the flow `optional`, `partial` or `hedged`, or what it `fails` to.',
  *evaluate({ architecture }) {
    const { calls } = callsOf(architecture);
    const below = waitsBelow(architecture);
    const timed = calls.filter((call) => call.edge.flow && value(call.edge.flow, 'timeout') && !isFallback(call));
    for (const call of timed) yield judge(architecture, call, below);
    const asked = new Set<string>();
    for (const call of calls) {
      const flow = call.edge.flow;
      if (!flow || flow.properties.timeout || asked.has(call.callee) || architecture.components.get(call.caller)?.kind !== 'consumer') continue;
      // Where nothing is known of what is called, a timeout could not be judged.
      const known = tailOf(architecture, call)?.figure ?? below(call.callee)?.bound;
      if (!known) continue;
      asked.add(call.callee);
      yield question(flow, 'timeout', `How long does ${call.caller} wait for ${call.callee}, which may take ${formatQuantity(known)}? Declare \`timeout\`, and \`retries\` if it tries again.`);
    }
    if (timed.length === 0) yield notApplicable('No timeout of a call is declared.');
  },
};

interface Wait {
  /** Seconds in which a component may still be waiting by the timeouts that are declared behind it. */
  readonly bound: Quantity;
  readonly call: Call;
}

/** For each component the longest declared wait for what it calls. */
function waitsBelow(architecture: Architecture): (name: string) => Wait | undefined {
  const graph = callsOf(architecture);
  const known = new Map<string, Wait | undefined>();
  const waitOf = (name: string): Wait | undefined => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined); // A call back to here adds nothing.
    let longest: Wait | undefined;
    for (const call of graph.from.get(name) ?? []) {
      if (isFallback(call)) continue;
      const own = call.edge.flow && timeoutBound(call.edge.flow);
      const wait = own ? { bound: own, call } : waitOf(call.callee);
      if (wait && (!longest || wait.bound.low > longest.bound.low)) longest = wait;
    }
    known.set(name, longest);
    return longest;
  };
  return waitOf;
}

function judge(architecture: Architecture, call: Call, below: (name: string) => Wait | undefined): Outcome {
  const flow = call.edge.flow as Flow;
  const timeout = value(flow, 'timeout') as Quantity;
  const callee = architecture.components.get(call.callee);
  const service = callee?.kind === 'service' ? (callee as Service) : undefined;
  const mitigated = isTailCut(flow) || (service !== undefined && hasFallback(architecture, service));
  const wait = below(call.callee);
  if (wait && wait.bound.low > timeout.high) {
    const inner = wait.call.edge.flow as Flow;
    const tries = value(inner, 'retries');
    const details: FindingDetails = {
      at: 'timeout',
      mitigated,
      message: `${call.caller} waits ${formatQuantity(timeout)} for ${call.callee}, but ${wait.call.caller} may wait ${formatQuantity(wait.bound)} for ${wait.call.callee}${tries && tries.high > 0 ? ` (${formatQuantity(value(inner, 'timeout') as Quantity)} for each of ${formatNumber(1 + tries.high)} tries)` : ''}.`,
      why: `When ${wait.call.callee} is slow, ${wait.call.caller} goes on working for a caller that has left, and ${call.caller} may ask again meanwhile.`,
      path: [
        { component: call.caller, span: flow.span, note: `waits ${formatQuantity(timeout)}` },
        { component: wait.call.caller, span: inner.span, note: `may wait ${formatQuantity(wait.bound)}` },
        { component: wait.call.callee, span: inner.span },
      ],
      changes: shorterInside(architecture, wait.call, timeout),
      impact: 'No work for callers that have left',
    };
    return contradiction(flow, details);
  }
  if (isTailCut(flow)) return satisfied(flow, { because: 'the caller can do without what comes late' });
  const tail = tailOf(architecture, call);
  if (tail && tail.figure.low > timeout.high) {
    const details: FindingDetails = {
      at: 'timeout',
      mitigated,
      message: `${call.caller} waits ${formatQuantity(timeout)} for ${call.callee}, whose ${tail.says} is ${formatQuantity(tail.figure)}.`,
      why: tail.promised ? `${call.callee} may keep its promise and still be given up by ${call.caller}.` : `More than one request in 100 is given up though ${call.callee} would have answered.`,
      path: [{ component: call.caller, span: flow.span, note: `waits ${formatQuantity(timeout)}` }, { component: call.callee, span: callee?.nameSpan ?? flow.span, note: `${tail.says} ${formatQuantity(tail.figure)}` }],
      changes: longerOutside(architecture, call, tail.figure),
      impact: 'Good answers are waited for',
    };
    return tail.promised ? weak(flow, { ...details, severity: 'medium' }) : contradiction(flow, details);
  }
  return satisfied(flow, { because: `${formatQuantity(timeout)} is enough${tail ? ` for a ${tail.says} of ${formatQuantity(tail.figure)}` : ''}` });
}

/** Calls that are given up on purpose. */
const isTailCut = (flow: Flow): boolean => value(flow, 'optional') === true || value(flow, 'partial') === true || value(flow, 'hedged') === true || value(flow, 'fails') === 'open';

interface Tail {
  readonly figure: Quantity;
  readonly says: string;
  /** An objective, and not what was measured. */
  readonly promised: boolean;
}

/** The 99th percentile of what is called: of the call, as measured under load, of the component itself, or as promised. */
function tailOf(architecture: Architecture, call: Call): Tail | undefined {
  const callee = architecture.components.get(call.callee);
  const onCall = callFigure(call, 'p99');
  const service = callee?.kind === 'service' ? (callee as Service) : undefined;
  const measured = service && value(service, 'load_test')?.p99;
  const own = callee && latencyFigure(callee, 'p99')?.value;
  const figures = [onCall?.value, measured, own].filter((figure) => figure !== undefined);
  if (figures.length > 0) return { figure: figures.reduce((a, b) => (b.low > a.low ? b : a)), says: 'p99', promised: false };
  const promise = service && value(service, 'slo')?.p99;
  return promise && { figure: promise, says: 'p99 objective', promised: true };
}

/** A timeout inside that leaves the caller outside a fifth of its time, if what is called can keep to it. */
function shorterInside(architecture: Architecture, inner: Call, outer: Quantity): Change[] {
  const flow = inner.edge.flow as Flow;
  const tries = 1 + (value(flow, 'retries')?.high ?? 0);
  const least = tailOf(architecture, inner)?.figure.high ?? 0;
  const set = (property: string, held: Quantity): Change => ({ op: 'set-flow', from: flow.from, to: flow.to, property, value: held });
  const each = rounded((outer.low * 0.8) / tries);
  if (each > least) return [set('timeout', seconds(each))];
  const once = rounded(outer.low * 0.8);
  return once > least && tries > 1 ? [set('timeout', seconds(once)), set('retries', { low: 0, high: 0, unit: '1' })] : [];
}

/** A timeout above the tail, unless those who call the caller would not wait that long. */
function longerOutside(architecture: Architecture, call: Call, figure: Quantity): Change[] {
  const flow = call.edge.flow as Flow;
  const wanted = Math.ceil(figure.high * 1.5 * 1000) / 1000;
  const total = wanted * (1 + (value(flow, 'retries')?.high ?? 0));
  const outer = (callsOf(architecture).to.get(call.caller) ?? []).flatMap(({ edge }) => (edge.flow && value(edge.flow, 'timeout')) ?? []);
  if (outer.some((timeout) => timeout.low < total)) return [];
  return [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'timeout', value: seconds(wanted) }];
}

const rounded = (time: number): number => Math.floor(time * 1000) / 1000;
const seconds = (time: number): Quantity => quantityOf(Math.round(time * 1000), 'ms', 'duration');
