/** A share, or a multiple, of what a node has that another one gets. */
export interface Arc {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  /** Zero or more. */
  readonly weight: number;
}

export interface Eliminated {
  readonly node: number;
  /** One less what comes straight back. */
  readonly pivot: number;
  readonly into: ReadonlyMap<number, number>;
  readonly out: ReadonlyMap<number, number>;
}

/**
 * Nodes in the order in which they were bridged over, those with the fewest new arcs first. Only positive numbers are added,
 * and the loops end if and only if all pivots are positive; undefined where they do not.
 *
 * @param scale What all weights are divided by.
 */
export function eliminate(group: readonly number[], arcs: readonly Arc[], scale = 1): Eliminated[] | undefined {
  const into = new Map(group.map((node) => [node, new Map<number, number>()]));
  const out = new Map(group.map((node) => [node, new Map<number, number>()]));
  const back = new Map<number, number>();
  const add = (from: number, to: number, weight: number): void => {
    if (from === to) {
      back.set(from, (back.get(from) ?? 0) + weight);
      return;
    }
    const sum = (out.get(from)?.get(to) ?? 0) + weight;
    out.get(from)?.set(to, sum);
    into.get(to)?.set(from, sum);
  };
  for (const { from, to, weight } of arcs) add(from, to, weight / scale);
  const done: Eliminated[] = [];
  const left = new Set(group);
  while (left.size > 0) {
    const node = cheapest(left, into, out);
    left.delete(node);
    const [sources, targets] = [into.get(node) ?? new Map<number, number>(), out.get(node) ?? new Map<number, number>()];
    const pivot = 1 - (back.get(node) ?? 0);
    if (!(pivot > LEAST_PIVOT)) return undefined;
    done.push({ node, pivot, into: sources, out: targets });
    for (const from of sources.keys()) out.get(from)?.delete(node);
    for (const to of targets.keys()) into.get(to)?.delete(node);
    for (const [from, first] of sources) for (const [to, second] of targets) add(from, to, (first * second) / pivot);
  }
  return done;
}

/** Below this what is left of one is rounding. */
const LEAST_PIVOT = 1e-13;

function cheapest(left: ReadonlySet<number>, into: ReadonlyMap<number, ReadonlyMap<number, number>>, out: ReadonlyMap<number, ReadonlyMap<number, number>>): number {
  let [best, least] = [-1, Infinity];
  for (const node of left) {
    const cost = (into.get(node)?.size ?? 0) * (out.get(node)?.size ?? 0);
    if (cost < least) [best, least] = [node, cost];
    if (cost <= 1) break;
  }
  return best;
}

/** Solves xⱼ = kⱼ + Σᵢ xᵢ wᵢⱼ for what was eliminated; `values` are the constants before and the solution after. */
export function solveEliminated(eliminated: readonly Eliminated[], values: Float64Array): void {
  for (const { node, pivot, out } of eliminated) for (const [to, weight] of out) values[to] = (values[to] ?? 0) + ((values[node] ?? 0) / pivot) * weight;
  for (const { node, pivot, into } of eliminated.toReversed()) {
    let sum = values[node] ?? 0;
    for (const [from, weight] of into) sum += (values[from] ?? 0) * weight;
    values[node] = sum / pivot;
  }
}
