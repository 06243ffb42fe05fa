import { eliminate, type Arc } from './network-elimination.ts';

/** Bounds of the spectral radius of the weights of a group whose nodes all reach each other. */
export interface RadiusBounds {
  readonly low: number;
  readonly high: number;
}

const ROUNDS = 200;
const PRECISION = 1e-9;

/**
 * By power iteration: the least and the largest growth of a node in one round (Collatz 1942, Wielandt 1950). Each node keeps
 * its own as well, so that loops of one length do not swing.
 */
export function radiusBounds(group: readonly number[], arcs: readonly Arc[]): RadiusBounds {
  const { from, to, weight } = local(group, arcs);
  let now = new Float64Array(group.length).fill(1);
  let next = new Float64Array(group.length);
  let [low, high] = [0, Number.MAX_VALUE];
  for (let round = 0; round < ROUNDS && high - low > PRECISION * high; round++) {
    next.set(now);
    for (let arc = 0; arc < from.length; arc++) {
      const target = to[arc] ?? 0;
      next[target] = (next[target] ?? 0) + (now[from[arc] ?? 0] ?? 0) * (weight[arc] ?? 0);
    }
    let [least, most] = [Infinity, 0];
    for (let node = 0; node < next.length; node++) {
      const growth = (next[node] ?? 0) / (now[node] ?? 1) - 1;
      least = Math.min(least, growth);
      most = Math.max(most, growth);
    }
    [low, high] = [Math.max(low, least), Math.min(high, most)];
    const scale = 1 + (low + high) / 2;
    for (let node = 0; node < next.length; node++) next[node] = (next[node] ?? 0) / scale;
    [now, next] = [next, now];
  }
  return { low, high };
}

/** What one round multiplies in the long run: by the bounds where they meet, else the least divisor of all weights with which the loops end. */
export function spectralRadius(group: readonly number[], arcs: readonly Arc[], bounds = radiusBounds(group, arcs)): number {
  let [low, high] = [Math.max(1, bounds.low), Math.max(1, bounds.high)];
  for (let step = 0; step < 50 && high - low > PRECISION * high; step++) {
    const middle = (low + high) / 2;
    if (eliminate(group, arcs, middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/**
 * Solves xⱼ = kⱼ + Σᵢ xᵢ wᵢⱼ round by round; each takes the newest values (Gauss and Seidel). `values` are the constants
 * before and the solution after.
 *
 * @param radius An upper bound of the spectral radius, below one.
 */
export function relax(group: readonly number[], arcs: readonly Arc[], values: Float64Array, radius: number): void {
  const { from, weight, first } = local(group, arcs);
  const constants = Float64Array.from(group, (node) => values[node] ?? 0);
  const now = constants.slice();
  const least = 1e-15 * (1 - radius);
  for (let moved = 1; moved > least; ) {
    moved = 0;
    for (let node = 0; node < now.length; node++) {
      let sum = constants[node] ?? 0;
      for (let arc = first[node] ?? 0; arc < (first[node + 1] ?? 0); arc++) sum += (now[from[arc] ?? 0] ?? 0) * (weight[arc] ?? 0);
      // Values rise from round to round until rounding is all that moves them.
      const before = now[node] ?? 0;
      if (sum > before) moved = Math.max(moved, (sum - before) / sum);
      now[node] = Math.max(sum, before);
    }
  }
  group.forEach((node, index) => (values[node] = now[index] ?? 0));
}

interface Local {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
  /** Where the arcs into each node begin. */
  readonly first: Int32Array;
}

/** Arcs by where they end, with the indices of nodes in their group. */
function local(group: readonly number[], arcs: readonly Arc[]): Local {
  const index = new Map(group.map((node, at) => [node, at]));
  const first = new Int32Array(group.length + 1);
  for (const arc of arcs) {
    const at = (index.get(arc.to) ?? 0) + 1;
    first[at] = (first[at] ?? 0) + 1;
  }
  for (let at = 1; at <= group.length; at++) first[at] = (first[at] ?? 0) + (first[at - 1] ?? 0);
  const free = first.slice();
  const [from, to, weight] = [new Int32Array(arcs.length), new Int32Array(arcs.length), new Float64Array(arcs.length)];
  for (const arc of arcs) {
    const target = index.get(arc.to) ?? 0;
    const at = free[target] ?? 0;
    free[target] = at + 1;
    [from[at], to[at], weight[at]] = [index.get(arc.from) ?? 0, target, arc.weight];
  }
  return { from, to, weight, first };
}
