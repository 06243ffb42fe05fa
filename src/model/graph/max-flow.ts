/** An arc of a flow network whose nodes are numbered from 0. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  /** At least 0; `Infinity` for an arc that never limits. */
  readonly capacity: number;
}

export interface MinCut {
  /** The largest flow, which equals the capacity of the cut; `Infinity` where nothing limits it. */
  readonly flow: number;
  /** Indexes of the arcs of a smallest cut; empty where the flow is infinite. */
  readonly arcs: readonly number[];
  /** Nodes on the side of the source. */
  readonly side: ReadonlySet<number>;
}

/** Maximum flow and minimum cut after Dinic (1970): blocking flows in level graphs. Without recursion. */
export function minCut(size: number, arcs: readonly Arc[], source: number, sink: number): MinCut {
  const nodes = Array.from({ length: size }, (_, node) => node);
  const all = new Set(nodes);
  if (source === sink) return { flow: Number.POSITIVE_INFINITY, arcs: [], side: all };
  // Arc i and its reverse stand at 2i and 2i+1.
  const residual = new Float64Array(2 * arcs.length);
  const head = new Int32Array(2 * arcs.length);
  const degree = new Int32Array(size + 1);
  arcs.forEach((arc, i) => {
    head[2 * i] = arc.to;
    head[2 * i + 1] = arc.from;
    residual[2 * i] = Math.max(0, arc.capacity);
    degree[arc.from + 1]! += 1;
    degree[arc.to + 1]! += 1;
  });
  for (let node = 0; node < size; node++) degree[node + 1]! += degree[node]!;
  const first = degree;
  const place = first.slice();
  const leaving = new Int32Array(2 * arcs.length);
  arcs.forEach((arc, i) => {
    leaving[place[arc.from]!++] = 2 * i;
    leaving[place[arc.to]!++] = 2 * i + 1;
  });

  const level = new Int32Array(size);
  const next = new Int32Array(size);
  const queue = new Int32Array(size);

  const levels = (): boolean => {
    level.fill(-1);
    level[source] = 0;
    queue[0] = source;
    for (let at = 0, end = 1; at < end; at++) {
      const node = queue[at]!;
      for (let i = first[node]!; i < first[node + 1]!; i++) {
        const arc = leaving[i]!;
        const to = head[arc]!;
        if (residual[arc]! <= 0 || level[to]! >= 0) continue;
        level[to] = level[node]! + 1;
        queue[end++] = to;
      }
    }
    return level[sink]! >= 0;
  };

  let flow = 0;
  const path: number[] = [];
  while (levels()) {
    next.set(first.subarray(0, size));
    path.length = 0;
    let node = source;
    for (;;) {
      if (node === sink) {
        let amount = Number.POSITIVE_INFINITY;
        for (const arc of path) amount = Math.min(amount, residual[arc]!);
        if (amount === Number.POSITIVE_INFINITY) return { flow: amount, arcs: [], side: all };
        flow += amount;
        let back = path.length;
        for (let i = path.length - 1; i >= 0; i--) {
          const arc = path[i]!;
          residual[arc]! -= amount;
          residual[arc ^ 1]! += amount;
          if (residual[arc]! <= 0) back = i;
        }
        node = head[path[back]! ^ 1]!;
        path.length = back;
        continue;
      }
      let advanced = false;
      for (; next[node]! < first[node + 1]!; next[node]!++) {
        const arc = leaving[next[node]!]!;
        const to = head[arc]!;
        if (residual[arc]! <= 0 || level[to] !== level[node]! + 1) continue;
        path.push(arc);
        node = to;
        advanced = true;
        break;
      }
      if (advanced) continue;
      const arc = path.pop();
      if (arc === undefined) break;
      node = head[arc ^ 1]!;
      next[node]!++;
    }
  }
  const side = new Set(nodes.filter((node) => level[node]! >= 0));
  const cut = arcs.flatMap((arc, i) => (arc.capacity > 0 && side.has(arc.from) && !side.has(arc.to) ? [i] : []));
  return { flow, arcs: cut, side };
}
