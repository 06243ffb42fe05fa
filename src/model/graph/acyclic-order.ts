/** An order in which every arc goes forward, apart from the arcs that close a cycle. */
export interface AcyclicOrder<A> {
  /** Nodes reached from the starts; each before what its arcs lead to. */
  readonly names: readonly string[];
  /** Arcs that close a cycle, self-loops included. */
  readonly closing: ReadonlySet<A>;
}

/**
 * Topological order of what is reached from the starts, by a depth-first search without recursion. Arcs that lead
 * back to a node under way are set aside, so that sums along the rest end.
 */
export function acyclicOrder<A>(starts: Iterable<string>, leaving: (name: string) => readonly A[], target: (arc: A) => string): AcyclicOrder<A> {
  const state = new Map<string, 'under way' | 'done'>();
  const closing = new Set<A>();
  const finished: string[] = [];
  for (const start of starts) {
    if (state.has(start)) continue;
    state.set(start, 'under way');
    const stack: { name: string; arcs: readonly A[]; at: number }[] = [{ name: start, arcs: leaving(start), at: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const arc = top.arcs[top.at++];
      if (arc === undefined) {
        state.set(top.name, 'done');
        finished.push(top.name);
        stack.pop();
        continue;
      }
      const next = target(arc);
      const seen = state.get(next);
      if (seen === 'under way') closing.add(arc);
      if (seen) continue;
      state.set(next, 'under way');
      stack.push({ name: next, arcs: leaving(next), at: 0 });
    }
  }
  return { names: finished.reverse(), closing };
}
