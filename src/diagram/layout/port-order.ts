/** Where edges meet one side of a node. */
export interface Port {
  readonly id: string;
  /** Where it was, from the left; undefined for a new one. */
  readonly at: number | undefined;
  /** Where its edges go on to. */
  readonly next: readonly number[];
}

/** Ports of one side from left to right: those that were there in their order, and new ones where their edges cross least of the others. Neighbours change places where that saves a crossing. */
export function portsInOrder(ports: readonly Port[]): string[] {
  const order = ports.filter(({ at }) => at !== undefined).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  for (const port of ports.filter(({ at }) => at === undefined)) {
    const costs = Array.from({ length: order.length + 1 }, (_, place) => order.reduce((sum, other, index) => sum + (index < place ? crossings(other, port) : crossings(port, other)), 0));
    order.splice(costs.indexOf(Math.min(...costs)), 0, port);
  }
  for (let swapped = true; swapped; ) {
    swapped = false;
    for (const [index, right] of order.entries()) {
      const left = order[index - 1];
      if (!left || crossings(right, left) >= crossings(left, right)) continue;
      order.splice(index - 1, 2, right, left);
      swapped = true;
    }
  }
  return order.map(({ id }) => id);
}

/** Crossings of the edges of two ports that stand side by side. */
const crossings = (left: Port, right: Port): number => left.next.reduce((sum, x) => sum + right.next.filter((y) => x > y).length, 0);
