import type { NetworkNode, Route } from '../queueing/network.ts';
import { eventsOf } from './events.ts';
import { copiesOf, gammaTimes, randomOf } from './random.ts';
import { sampleOf, type Sample } from './sample.ts';
import type { Run } from './station.ts';

export interface SimulatedRoute extends Route {
  /** Seconds after which the caller asks again, or does without where it has asked often enough. */
  readonly timeout?: number;
  /** How often it asks at most; once unless given. */
  readonly attempts?: number;
  /** Further attempts race with the earlier ones, whose answers would else be ignored. */
  readonly hedged?: boolean;
}

export interface SimulatedNetwork {
  readonly nodes: readonly NetworkNode[];
  readonly routes: readonly SimulatedRoute[];
}

export interface NodeSample {
  /** Requests per second, repeated ones included. */
  readonly arrivalRate: number;
  readonly utilisation: number;
  /** Mean seconds at the node itself, waiting and service. */
  readonly sojourn: number;
}

export interface NetworkSample extends Sample {
  readonly nodes: readonly NodeSample[];
  /** Share of the calls between nodes that had no answer in time, however often they asked. */
  readonly failed: number;
}

const [ARRIVAL, SERVED, TIMEOUT] = [0, 1, 2];
const NOBODY = -1;

/**
 * Requests through an open network with gamma laws. A node serves a request, first come first served, and then makes all
 * calls that it needs at once; it answers when all of them have, and its server is free meanwhile. What a caller gave up on
 * goes on and takes its share of the servers. The times are those of requests from outside, with all that they call.
 */
export function simulateNetwork({ nodes, routes }: SimulatedNetwork, { requests, seed }: Run): NetworkSample {
  const random = randomOf(seed);
  const events = eventsOf();
  const { now } = events;
  const gaps = nodes.map(({ external, externalScv }) => gammaTimes(random, 1 / external, externalScv));
  const services = nodes.map(({ serviceTime, serviceScv }) => gammaTimes(random, serviceTime, serviceScv));
  const leaving = nodes.map((_, node) => routes.flatMap((route) => (route.from === node ? [{ ...route, copies: copiesOf(random, route.calls) }] : [])));
  const [idle, heads, tails] = [nodes.map(({ servers }) => servers), nodes.map(() => NOBODY), nodes.map(() => NOBODY)];
  const [arrivals, worked, spent, finished] = [nodes.map(() => 0), nodes.map(() => 0), nodes.map(() => 0), nodes.map(() => 0)];
  const before = Math.ceil(requests / 10);
  const times = new Float64Array(requests);
  let [entered, answered, calls, failures, measuredFrom] = [0, 0, 0, 0, 0];

  // An attempt is a request at a node; a call is what its caller waits for, with one attempt or several.
  const attempts = { node: [] as number[], call: [] as number[], version: [] as number[], came: [] as number[], pending: [] as number[], behind: [] as number[], free: [] as number[] };
  const open = { parent: [] as number[], route: [] as number[], began: [] as number[], left: [] as number[], version: [] as number[], request: [] as number[], free: [] as number[] };
  const flat = leaving.flat();
  const indexOf = new Map(flat.map((route, index) => [route, index]));

  function call(node: number, parent: number, route: number, request: number): void {
    const id = open.free.pop() ?? open.parent.length;
    open.parent[id] = parent;
    open.route[id] = route;
    open.began[id] = now.time;
    open.left[id] = route === NOBODY ? 1 : (flat[route]?.attempts ?? 1);
    open.version[id] ??= 0;
    open.request[id] = request;
    if (route !== NOBODY && measuredFrom > 0) calls++;
    attempt(node, id);
  }

  function attempt(node: number, id: number): void {
    const made = attempts.free.pop() ?? attempts.node.length;
    attempts.node[made] = node;
    attempts.call[made] = id;
    attempts.version[made] = open.version[id] ?? 0;
    attempts.came[made] = now.time;
    attempts.behind[made] = NOBODY;
    open.left[id] = (open.left[id] ?? 1) - 1;
    const timeout = flat[open.route[id] ?? NOBODY]?.timeout;
    if (timeout !== undefined) events.add(now.time + timeout, TIMEOUT, id, open.version[id] ?? 0);
    if (measuredFrom > 0) arrivals[node] = (arrivals[node] ?? 0) + 1;
    if ((idle[node] ?? 0) > 0) {
      idle[node] = (idle[node] ?? 0) - 1;
      serve(node, made);
    } else {
      const last = tails[node] ?? NOBODY;
      if (last === NOBODY) heads[node] = made;
      else attempts.behind[last] = made;
      tails[node] = made;
    }
  }

  function serve(node: number, made: number): void {
    const time = services[node]?.() ?? 0;
    if (measuredFrom > 0) worked[node] = (worked[node] ?? 0) + time;
    events.add(now.time + time, SERVED, made);
  }

  function served(made: number): void {
    const node = attempts.node[made] ?? 0;
    if (measuredFrom > 0 && (attempts.came[made] ?? 0) >= measuredFrom) {
      spent[node] = (spent[node] ?? 0) + now.time - (attempts.came[made] ?? 0);
      finished[node] = (finished[node] ?? 0) + 1;
    }
    const waiting = heads[node] ?? NOBODY;
    if (waiting === NOBODY) idle[node] = (idle[node] ?? 0) + 1;
    else {
      heads[node] = attempts.behind[waiting] ?? NOBODY;
      if (heads[node] === NOBODY) tails[node] = NOBODY;
      serve(node, waiting);
    }
    attempts.pending[made] = 0;
    const wanted = leaving[node] ?? [];
    for (const route of wanted) {
      const copies = route.copies();
      attempts.pending[made] = (attempts.pending[made] ?? 0) + copies;
      for (let copy = 0; copy < copies; copy++) call(route.to, made, indexOf.get(route) ?? NOBODY, NOBODY);
    }
    if (attempts.pending[made] === 0) answer(made);
  }

  function answer(made: number): void {
    const id = attempts.call[made] ?? 0;
    const isWaitedFor = attempts.version[made] === open.version[id];
    attempts.free.push(made);
    if (isWaitedFor) close(id);
  }

  function close(id: number): void {
    open.version[id] = (open.version[id] ?? 0) + 1;
    const [parent, request, began] = [open.parent[id] ?? NOBODY, open.request[id] ?? NOBODY, open.began[id] ?? 0];
    open.free.push(id);
    if (parent === NOBODY) {
      if (request < before || request >= before + requests) return;
      times[request - before] = now.time - began;
      answered++;
    } else {
      attempts.pending[parent] = (attempts.pending[parent] ?? 1) - 1;
      if (attempts.pending[parent] === 0) answer(parent);
    }
  }

  function timeOut(id: number): void {
    const route = flat[open.route[id] ?? NOBODY];
    if (!route) return;
    const isLast = (open.left[id] ?? 0) <= 0;
    if (isLast && route.hedged === true) return;
    if (isLast) {
      if (measuredFrom > 0) failures++;
      return close(id);
    }
    if (route.hedged !== true) open.version[id] = (open.version[id] ?? 0) + 1;
    attempt(route.to, id);
  }

  nodes.forEach(({ external }, node) => {
    if (external > 0) events.add(gaps[node]?.() ?? 0, ARRIVAL, node);
  });
  while (answered < requests && events.next()) {
    const { kind, subject, version } = now;
    if (kind === ARRIVAL) {
      events.add(now.time + (gaps[subject]?.() ?? 0), ARRIVAL, subject);
      if (entered === before) measuredFrom = now.time;
      call(subject, NOBODY, NOBODY, entered++);
    } else if (kind === SERVED) served(subject);
    else if (version === open.version[subject]) timeOut(subject);
  }
  const lasted = now.time - measuredFrom;
  return {
    ...sampleOf(times),
    nodes: nodes.map(({ servers }, node) => ({ arrivalRate: (arrivals[node] ?? 0) / lasted, utilisation: (worked[node] ?? 0) / lasted / servers, sojourn: (spent[node] ?? 0) / Math.max(1, finished[node] ?? 0) })),
    failed: failures / Math.max(1, calls),
  };
}
