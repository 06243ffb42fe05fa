/**
 * Groups of nodes that reach each other, each before those that it leads to. Tarjan, Depth-first search and linear graph
 * algorithms, 1972, without recursion; nodes are the indices of `leaving`.
 */
export function groupsInOrder(leaving: readonly (readonly { readonly to: number }[])[]): number[][] {
  const count = leaving.length;
  const number = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const isOpen = new Uint8Array(count);
  const [open, stack, groups]: [number[], number[], number[][]] = [[], [], []];
  let entered = 0;
  const enter = (node: number): void => {
    number[node] = low[node] = entered++;
    isOpen[node] = 1;
    open.push(node);
    stack.push(node);
  };
  const lower = (node: number, to: number): void => void (low[node] = Math.min(low[node] ?? 0, to));
  for (let root = 0; root < count; root++) {
    if (number[root] !== -1) continue;
    enter(root);
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const at = next[node] ?? 0;
      const arc = leaving[node]?.[at];
      if (arc) {
        next[node] = at + 1;
        if (number[arc.to] === -1) enter(arc.to);
        else if (isOpen[arc.to] === 1) lower(node, number[arc.to] ?? 0);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined) lower(parent, low[node] ?? 0);
      if (low[node] !== number[node]) continue;
      const group = open.splice(open.lastIndexOf(node));
      for (const member of group) isOpen[member] = 0;
      groups.push(group);
    }
  }
  return groups.reverse();
}
