import { eliminate, solveEliminated, type Arc } from './network-elimination.ts';
import { groupsInOrder } from './network-order.ts';
import { radiusBounds, relax, spectralRadius } from './network-radius.ts';

/** Nodes that send each other more than they get, so that what enters them never ends. */
export interface EndlessLoop {
  readonly nodes: readonly number[];
  /** What one round multiplies the flow by, one or more. */
  readonly spectralRadius: number;
}

export interface Flows {
  /** Infinite in a loop without end that gets anything, and after it. */
  readonly values: Float64Array;
  readonly endless: readonly EndlessLoop[];
}

/**
 * Solves xⱼ = kⱼ + Σᵢ xᵢ wᵢⱼ for weights and constants of zero or more: groups that reach each other one after the other, and the
 * nodes of a group by elimination, or step by step where the group is large and a round leaves little.
 */
export function solveFlows(constants: ArrayLike<number>, arcs: readonly Arc[]): Flows {
  const count = constants.length;
  const leaving: Arc[][] = Array.from({ length: count }, () => []);
  for (const arc of arcs) if (arc.weight > 0) leaving[arc.from]?.push(arc);
  const values = Float64Array.from(constants);
  const endless: EndlessLoop[] = [];
  for (const group of groupsInOrder(leaving)) {
    const arcs = group.length === 1 ? (leaving[group[0] ?? -1] ?? []) : group.flatMap((node) => leaving[node] ?? []);
    const members = group.length === 1 ? undefined : new Set(group);
    const isInside = ({ to }: Arc): boolean => (members ? members.has(to) : to === group[0]);
    if (arcs.some(isInside)) endless.push(...solveGroup(group, arcs.filter(isInside), values));
    for (const arc of arcs) if (!isInside(arc)) values[arc.to] = (values[arc.to] ?? 0) + (values[arc.from] ?? 0) * arc.weight;
  }
  return { values, endless };
}

/** Groups up to this size are solved exactly whatever they are. */
const SMALL = 30;
/** Where a round of a large group leaves less than this, few rounds remain. */
const SOON = 0.97;

/** Solves a group in place. */
function solveGroup(group: readonly number[], arcs: readonly Arc[], values: Float64Array): EndlessLoop[] {
  const bounds = group.length > SMALL ? radiusBounds(group, arcs) : undefined;
  if (bounds && bounds.high < SOON) {
    relax(group, arcs, values, bounds.high);
    return [];
  }
  const eliminated = bounds && bounds.low >= 1 ? undefined : eliminate(group, arcs);
  if (eliminated) {
    solveEliminated(eliminated, values);
    return [];
  }
  // All of them reach each other, so that anything that enters goes on everywhere.
  if (group.some((node) => (values[node] ?? 0) > 0)) for (const node of group) values[node] = Infinity;
  return [{ nodes: group, spectralRadius: spectralRadius(group, arcs, bounds) }];
}
