import type { Architecture, Flow } from '../architecture.ts';
import type { Quantity } from '../quantity.ts';
import { value } from '../statements.ts';
import type { Call } from './calls.ts';
import { larger, plus, times, zero } from './interval.ts';
import { latencyFigure } from './latency-figures.ts';
import type { Online } from './online.ts';

/** Longest that a caller waits for a call: its timeout, once for each try. Undefined where there is no timeout. Seconds. */
export function timeoutBound(flow: Flow): Quantity | undefined {
  const timeout = value(flow, 'timeout');
  return timeout && times(timeout, triesOf(flow));
}

/** The first try and the retries. */
function triesOf(flow: Flow | undefined): Quantity {
  const retries = flow && value(flow, 'retries');
  return { low: 1 + (retries?.low ?? 0), high: 1 + (retries?.high ?? 0), unit: '1' };
}

/**
 * Longest that a request can take from the entry on: what each component takes at its 99th percentile, and for each call
 * its timeout once for each try, or where there is none the longest time of what is called. Undefined where that is not
 * known. Seconds.
 */
export function worstCaseOf(architecture: Architecture, subgraph: Online): Quantity | undefined {
  const worst = new Map<string, Quantity | undefined>();
  for (const name of [...subgraph.names].reverse()) {
    const component = architecture.components.get(name);
    const calls = subgraph.calls.get(name) ?? [];
    // What calls nobody and states no figure may take for ever; a component that calls is taken by its calls.
    let sum: Quantity | undefined = component && latencyFigure(component, 'p99')?.value;
    if (!sum && (calls.length > 0 || component?.kind === 'consumer')) sum = zero('s');
    const waits = calls.map((call) => waitFor(call, worst));
    if (waits.includes(undefined)) sum = undefined;
    const longest = (waits as Quantity[]).reduce<Quantity | undefined>((a, b) => (a && b ? larger(a, b) : (b ?? a)), undefined);
    worst.set(name, sum && longest ? plus(sum, longest) : sum);
  }
  return worst.get(subgraph.entry);
}

function waitFor(call: Call, worst: ReadonlyMap<string, Quantity | undefined>): Quantity | undefined {
  const flow = call.edge.flow;
  const bound = flow && timeoutBound(flow);
  if (bound) return bound;
  const lookup = flow && value(flow, 'lookup')?.p99;
  const once = lookup ?? worst.get(call.callee);
  return once && times(once, triesOf(flow));
}
