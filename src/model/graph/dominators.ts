import type { Graph } from './edges.ts';
import type { Follow } from './paths.ts';

/**
 * The components that every path from any entry to a target passes, from the entries on, without the target itself:
 * single points of failure of the way to it. Empty where the ways share nothing, undefined where there is no way.
 */
export function dominatorsOf(graph: Graph, entries: Iterable<string>, target: string, follow?: Follow): string[] | undefined {
  const immediate = immediateDominators(graph, entries, follow);
  if (!immediate.has(target)) return undefined;
  const chain: string[] = [];
  for (let name = immediate.get(target); name !== undefined; name = immediate.get(name)) chain.push(name);
  return chain.reverse();
}

/**
 * The last component that every path from the entries to a component passes, for each that can be reached; undefined
 * where there is none. Entries hang on a common virtual one. After Cooper, Harvey and Kennedy, "A Simple, Fast
 * Dominance Algorithm" (2001).
 */
export function immediateDominators(graph: Graph, entries: Iterable<string>, follow: Follow = () => true): Map<string, string | undefined> {
  const starts = [...new Set(entries)];
  const order = reversePostorder(graph, starts, follow);
  const index = new Map(order.map((name, at) => [name, at + 1]));
  const isStart: ReadonlySet<string> = new Set(starts);
  // Number 0 is the virtual entry, and -1 means not yet known.
  const dominator = new Int32Array(order.length + 1).fill(-1);
  dominator[0] = 0;
  const common = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = dominator[a]!;
      while (b > a) b = dominator[b]!;
    }
    return a;
  };
  const before = order.map((name) => {
    const numbers = (graph.in.get(name) ?? []).flatMap((edge) => (follow(edge) ? (index.get(edge.from) ?? []) : []));
    return isStart.has(name) ? [0, ...numbers] : numbers;
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = 1; at <= order.length; at++) {
      const known = before[at - 1]!.filter((other) => dominator[other]! >= 0);
      const next = known.reduce(common);
      if (dominator[at] === next) continue;
      dominator[at] = next;
      changed = true;
    }
  }
  return new Map(order.map((name, at) => [name, order[dominator[at + 1]! - 1]]));
}

function reversePostorder(graph: Graph, starts: readonly string[], follow: Follow): string[] {
  const seen = new Set<string>();
  const finished: string[] = [];
  for (const start of starts) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ name: start, at: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = graph.out.get(top.name)?.[top.at++];
      if (!edge) {
        finished.push(top.name);
        stack.pop();
      } else if (follow(edge) && !seen.has(edge.to)) {
        seen.add(edge.to);
        stack.push({ name: edge.to, at: 0 });
      }
    }
  }
  return finished.reverse();
}
