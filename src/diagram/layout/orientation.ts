import type { Diagram } from '../diagram.ts';

/**
 * Edges that run upwards: from a lane to one above, and those that close a cycle within a lane. ELK gets them the other way
 * round. Left to itself it breaks cycles without heed of the lanes, and what it then turns round contradicts them: it fails
 * on such systems, or calls itself for ever.
 */
export function upwardEdges({ nodes, edges, lanes }: Diagram): ReadonlySet<string> {
  if (lanes.length === 0) return new Set();
  const order = new Map(lanes.map(({ layer }, index) => [layer, index]));
  const laneOf = new Map(nodes.map(({ id, layer }) => [id, order.get(layer) ?? 0]));
  const rank = new Map<string, number>();
  for (const { layer } of lanes) {
    const own = nodes.flatMap((node) => (node.layer === layer ? node.id : []));
    const inside = new Set(own);
    const within = edges.filter(({ from, to }) => from !== to && inside.has(from) && inside.has(to));
    sequenceOf(own, within).forEach((id, index) => rank.set(id, index));
  }
  return new Set(edges.filter(({ from, to }) => {
    const down = (laneOf.get(to) ?? 0) - (laneOf.get(from) ?? 0);
    return from !== to && (down < 0 || (down === 0 && (rank.get(to) ?? 0) < (rank.get(from) ?? 0)));
  }).map(({ id }) => id));
}

/** A sequence with few edges from later to earlier nodes, after Eades, Lin and Smyth: what nothing leaves is last, what nothing enters is first, else what most leaves. */
function sequenceOf(nodes: readonly string[], edges: readonly { readonly from: string; readonly to: string }[]): string[] {
  const left = new Set(nodes);
  const [out, into] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const balance = new Map(nodes.map((id) => [id, { out: 0, in: 0 }]));
  const listed = (map: Map<string, string[]>, id: string): string[] => map.get(id) ?? map.set(id, []).get(id) ?? [];
  for (const { from, to } of edges) {
    listed(out, from).push(to);
    listed(into, to).push(from);
    (balance.get(from) as { out: number }).out++;
    (balance.get(to) as { in: number }).in++;
  }
  const [first, last]: [string[], string[]] = [[], []];
  const take = (id: string): void => {
    left.delete(id);
    for (const next of out.get(id) ?? []) (balance.get(next) as { in: number }).in--;
    for (const previous of into.get(id) ?? []) (balance.get(previous) as { out: number }).out--;
  };
  while (left.size > 0) {
    const figures = [...left].map((id) => ({ id, ...(balance.get(id) as { out: number; in: number }) }));
    const ends = figures.filter((figure) => figure.in === 0 || figure.out === 0);
    for (const { id, in: entering } of ends) (entering === 0 ? first : last).push(id);
    if (ends.length > 0) ends.forEach(({ id }) => take(id));
    else {
      const most = figures.reduce((best, figure) => (figure.out - figure.in > best.out - best.in ? figure : best));
      first.push(most.id);
      take(most.id);
    }
  }
  return [...first, ...last.reverse()];
}
