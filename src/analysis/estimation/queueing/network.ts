import type { Arc } from './network-elimination.ts';
import { solveFlows, type EndlessLoop } from './network-flows.ts';
import { callScv, departureScv, mergeWeight } from './network-variability.ts';

export interface NetworkNode {
  /** Requests per second from outside. */
  readonly external: number;
  /** Squared coefficient of variation of the times between them; 1 is Poisson. */
  readonly externalScv: number;
  readonly servers: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  readonly serviceScv: number;
}

export interface Route {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  /** Calls for one request: a share below one, several at once above. Routes with the same ends add up. */
  readonly calls: number;
}

export interface Network {
  readonly nodes: readonly NetworkNode[];
  readonly routes: readonly Route[];
}

export interface NodeTraffic {
  /** Requests per second; undefined where a loop makes them grow without end. */
  readonly arrivalRate?: number;
  readonly arrivalScv: number;
  /** Busy share; one or more where the node does not keep up. */
  readonly utilisation?: number;
  readonly departureScv: number;
}

export interface NetworkTraffic {
  readonly nodes: readonly NodeTraffic[];
  /** Loops in which each round calls for at least as much as the one before. */
  readonly endless: readonly EndlessLoop[];
  /** The node with the largest busy share, and the multiple of today’s traffic that fills it; undefined without traffic. */
  readonly bottleneck?: { readonly node: number; readonly utilisation: number; readonly multiple: number };
}

/**
 * Rates and variations of the traffic at each node of an open network: λⱼ = γⱼ + Σ λᵢ·calls, and after Whitt (1983) what
 * stations, forks and merges do to the variation. Rates are exact at any load and scale with the external ones; calls go on
 * at the rate of the arrivals, as if a node that does not keep up had a queue without end. Linear in nodes and routes but for loops.
 */
export function solveNetwork({ nodes, routes }: Network): NetworkTraffic {
  const arcs = merged(routes, nodes.length);
  const { values: rates, endless } = solveFlows(nodes.map(({ external }) => external), arcs);
  const busy = nodes.map(({ servers, serviceTime }, node) => ((rates[node] ?? 0) * serviceTime) / servers);
  const scvs = variations(nodes, arcs, rates, busy);
  const traffic = nodes.map(({ servers, serviceScv }, node): NodeTraffic => {
    const [rate, utilisation, arrivalScv] = [rates[node] ?? 0, busy[node] ?? 0, scvs[node] ?? 1];
    const left = departureScv({ arrivalScv, serviceScv: Math.max(LEAST_SERVICE_SCV, serviceScv), utilisation, servers });
    return Number.isFinite(rate) ? { arrivalRate: rate, arrivalScv, utilisation, departureScv: left } : { arrivalScv, departureScv: left };
  });
  let bottleneck = -1;
  busy.forEach((utilisation, node) => {
    if (utilisation > (busy[bottleneck] ?? 0)) bottleneck = node;
  });
  const most = busy[bottleneck] ?? 0;
  return { nodes: traffic, endless, ...(most > 0 && Number.isFinite(most) && { bottleneck: { node: bottleneck, utilisation: most, multiple: 1 / most } }) };
}

/** Whitt: what leaves constant service is less regular in a network than the formula says, so service counts as varying at least this much. */
const LEAST_SERVICE_SCV = 0.2;

/** One arc for all routes with the same ends. */
function merged(routes: readonly Route[], count: number): Arc[] {
  const weights = new Map<number, number>();
  for (const { from, to, calls } of routes) {
    if (calls > 0 && from >= 0 && to >= 0 && from < count && to < count) weights.set(from * count + to, (weights.get(from * count + to) ?? 0) + calls);
  }
  return [...weights].map(([ends, weight]) => ({ from: Math.floor(ends / count), to: ends % count, weight }));
}

/** Variation of the arrivals at each node: linear in those at the nodes before it. */
function variations(nodes: readonly NetworkNode[], arcs: readonly Arc[], rates: Float64Array, busy: readonly number[]): Float64Array {
  const incoming: Arc[][] = nodes.map(() => []);
  for (const arc of arcs) if (Number.isFinite(rates[arc.from]) && Number.isFinite(rates[arc.to]) && (rates[arc.from] ?? 0) > 0) incoming[arc.to]?.push(arc);
  const slopes: Arc[] = [];
  const constants = nodes.map(({ external, externalScv }, node) => {
    const rate = rates[node] ?? 0;
    if (!(rate > 0) || !Number.isFinite(rate)) return 1;
    const streams = incoming[node] ?? [];
    const weight = mergeWeight([external, ...streams.map(({ from, weight: calls }) => (rates[from] ?? 0) * calls)], busy[node] ?? 0);
    let constant = 1 - weight + (weight * external * externalScv) / rate;
    for (const { from, weight: calls } of streams) {
      const source = nodes[from];
      if (!source) continue;
      const share = ((rates[from] ?? 0) * calls * weight) / rate;
      const scvWith = (arrivalScv: number): number => callScv(departureScv({ arrivalScv, serviceScv: Math.max(LEAST_SERVICE_SCV, source.serviceScv), utilisation: busy[from] ?? 0, servers: source.servers }), calls);
      const fixed = scvWith(0);
      constant += share * fixed;
      slopes.push({ from, to: node, weight: share * (scvWith(1) - fixed) });
    }
    return constant;
  });
  return solveFlows(constants, slopes).values;
}
