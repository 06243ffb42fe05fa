import { totalOf, type CostNode, type CostTotal } from '../analysis/estimation/cost/tree.ts';
import type { SystemCost } from '../analysis/estimation/costs.ts';

/** A bill for programs: every group with the sum of its leaves, unknown leaves with the reason, and no number for them. */
export function costJson({ tree, total, unit, leftOut, budget, listPrices }: SystemCost): object {
  return {
    total: totalJson(total),
    ...(unit && {
      perPrediction: { value: unit.perPrediction, low: unit.low, high: unit.high, unit: `${unit.currency}/req`, provenance: total.provenance, ...(unit.bound && { bound: unit.bound }) },
      perThousand: { value: unit.perThousand, low: unit.low * 1000, high: unit.high * 1000, unit: `${unit.currency}/kreq`, provenance: total.provenance, ...(unit.bound && { bound: unit.bound }) },
    }),
    ...(budget && { budget: { value: (budget.low + budget.high) / 2, low: budget.low, high: budget.high, unit: budget.unit, provenance: 'measured' } }),
    tree: nodeJson(tree),
    leftOut,
    listPrices,
  };
}

export const totalJson = ({ value, low, high, currency, provenance, bound }: CostTotal): object => ({ value, low, high, unit: `${currency}/month`, provenance, ...(bound && { bound }) });

function nodeJson(node: CostNode): object {
  switch (node.kind) {
    case 'group':
      return { name: node.name, total: totalJson(totalOf(node)), parts: node.parts.map(nodeJson) };
    case 'unknown':
      return { name: node.name, unknown: node.reason, settledBy: node.settledBy };
    case 'leaf':
      return { name: node.name, cost: { value: node.value, low: node.low, high: node.high, unit: `${node.currency}/month`, provenance: node.provenance, formula: node.formula } };
  }
}
