import { bandOf } from '../estimated.ts';
import { weakest, type Provenance } from '../provenance.ts';
import { EXACT, logSdOf, sumSpread, type Spread } from './spread.ts';

/**
 * A bill as a tree. Only leaves hold money; what a group costs is always added up from its leaves, so that nothing is
 * counted twice. What is not known stays in the tree as unknown and is never taken for zero.
 */
export type CostNode = CostLeaf | UnknownCost | CostGroup;

/** A cost that can be reckoned. */
export interface CostLeaf {
  readonly kind: 'leaf';
  readonly name: string;
  /** Money a month, never negative. */
  readonly value: number;
  /** Ends of the 80 % band (10th and 90th percentile), money a month. */
  readonly low: number;
  readonly high: number;
  readonly spread: Spread;
  /** `USD`, `EUR`, `GBP`. */
  readonly currency: string;
  readonly provenance: Provenance;
  /** In words and numbers: `3 × 730.5 h × 1.006 USD/h`. */
  readonly formula: string;
}

/** A cost that exists and that nobody can reckon from what is stated. */
export interface UnknownCost {
  readonly kind: 'unknown';
  readonly name: string;
  /** Why it is not known: `no price of gpu-x is stated`. */
  readonly reason: string;
  /** What would settle it: `the price an hour of gpu-x`. */
  readonly settledBy: string;
}

export interface CostGroup {
  readonly kind: 'group';
  readonly name: string;
  readonly parts: readonly CostNode[];
}

/** Money a month over all known leaves of a tree. */
export interface CostTotal {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly spread: Spread;
  readonly currency: string;
  readonly provenance: Provenance;
  /** Leaves are unknown, so the bill is at least this; the band is that of the known part. */
  readonly bound?: 'at least';
  readonly unknown: readonly UnknownCost[];
}

/** What a leaf is made from; without a spread the amount is exact. */
export interface LeafInput extends Pick<CostLeaf, 'name' | 'value' | 'currency' | 'provenance' | 'formula'> {
  readonly spread?: Spread;
}

/** A leaf with its band; an unknown one where the amount is no number, infinite or negative. */
export function leaf({ name, value, currency, provenance, formula, spread = EXACT }: LeafInput): CostLeaf | UnknownCost {
  if (!Number.isFinite(value) || value < 0) return unknown(name, `its inputs give ${value} ${currency} a month (${formula})`, 'inputs that are numbers, not negative, and capacities above zero');
  const logSd = logSdOf(spread);
  if (!Number.isFinite(logSd)) return unknown(name, 'its spread is no number', 'standard deviations that are numbers');
  return { kind: 'leaf', name, value, ...bandOf(value, logSd), spread, currency, provenance, formula };
}

export const unknown = (name: string, reason: string, settledBy: string): UnknownCost => ({ kind: 'unknown', name, reason, settledBy });

export const group = (name: string, parts: readonly CostNode[]): CostGroup => ({ kind: 'group', name, parts });

/** Leaves from left to right, each with the names of the groups above it. */
export function leavesOf(node: CostNode, path: readonly string[] = []): { readonly path: readonly string[]; readonly leaf: CostLeaf | UnknownCost }[] {
  return node.kind === 'group' ? node.parts.flatMap((part) => leavesOf(part, [...path, node.name])) : [{ path, leaf: node }];
}

/**
 * What each component costs, by the names below the system, in its own currency. One of which a part is unknown, or in
 * another currency, is left out: a part is not its cost.
 */
export function costByComponent(system: CostNode): ReadonlyMap<string, Pick<CostLeaf, 'value' | 'currency'>> {
  const costs = new Map<string, Pick<CostLeaf, 'value' | 'currency'>>();
  const partly = new Set<string>();
  for (const { path, leaf: found } of leavesOf(system)) {
    const name = path[1] ?? found.name;
    const before = costs.get(name);
    if (found.kind === 'unknown' || (before && before.currency !== found.currency)) partly.add(name);
    else costs.set(name, { value: (before?.value ?? 0) + found.value, currency: found.currency });
  }
  for (const name of partly) costs.delete(name);
  return costs;
}

/** The currency of the first leaf that has one. */
export const currencyOf = (node: CostNode): string | undefined => leavesOf(node).flatMap(({ leaf: found }) => (found.kind === 'leaf' ? [found.currency] : []))[0];

/**
 * The sum of the leaves in one currency. A leaf in another one counts as unknown: exchange rates move, and a sum over
 * currencies is no amount of any. A group with no leaf in it costs nothing.
 */
export function totalOf(node: CostNode, currency = currencyOf(node) ?? 'USD'): CostTotal {
  const known: CostLeaf[] = [];
  const missing: UnknownCost[] = [];
  for (const { leaf: found } of leavesOf(node)) {
    if (found.kind === 'unknown') missing.push(found);
    else if (found.currency === currency) known.push(found);
    else missing.push(unknown(found.name, `it is stated in ${found.currency}`, `its amount in ${currency}`));
  }
  const value = known.reduce((sum, { value: amount }) => sum + amount, 0);
  const spread = sumSpread(known);
  return {
    value,
    ...bandOf(value, logSdOf(spread)),
    spread,
    currency,
    provenance: weakest(...known.map(({ provenance }) => provenance)),
    ...(missing.length > 0 ? { bound: 'at least' as const } : {}),
    unknown: missing,
  };
}

/** The same tree with every known amount multiplied, such as by the share that one of several consumers causes. */
export function scaledTree(node: CostNode, factor: number, why: string): CostNode {
  if (node.kind === 'group') return group(node.name, node.parts.map((part) => scaledTree(part, factor, why)));
  return node.kind === 'unknown' ? node : leaf({ ...node, value: node.value * factor, formula: `${node.formula} × ${why}` });
}

/** Known leaves from the dearest to the cheapest, each with its share (0 to 1) of the known total: what makes the bill. */
export function largestLeaves(node: CostNode, currency = currencyOf(node) ?? 'USD'): { readonly leaf: CostLeaf; readonly share: number }[] {
  const { value: total } = totalOf(node, currency);
  const known = leavesOf(node).flatMap(({ leaf: found }) => (found.kind === 'leaf' && found.currency === currency ? [found] : []));
  return known.map((found) => ({ leaf: found, share: total > 0 ? found.value / total : 0 })).sort((a, b) => b.leaf.value - a.leaf.value);
}
