import { largestLeaves, totalOf, type CostNode } from '../analysis/estimation/cost/tree.ts';
import type { SystemCost } from '../analysis/estimation/costs.ts';
import { formatNumber } from '../analysis/format.ts';
import type { Palette } from './estimate-text.ts';

const BAR = 12;

/** A bill for a person: what it is a month and for a thousand answers, then its parts with the share that each has. */
export function costText({ tree, total, unit, leftOut, budget, listPrices }: SystemCost, { bold, dim, red }: Palette): string {
  if (tree.parts.length === 0) return `${bold('Cost')}  ${dim('nothing with a price is declared')}`;
  const amount = total.value > 0 ? `${total.bound ? `${total.bound} ` : ''}${money(total.value)} ${total.currency} a month ${dim(`(${money(total.low) === money(total.high) ? '' : `${money(total.low)} to ${money(total.high)}, `}${total.provenance})`)}` : dim('not known');
  const each = unit && total.value > 0 ? [`  ${dim('for 1,000 answers')} ${unit.bound ? `${unit.bound} ` : ''}${money(unit.perThousand)} ${unit.currency}`] : [];
  const over = budget && budget.unit.startsWith(total.currency) && total.low > budget.high ? [`  ${red(`beyond the budget of ${money(budget.high)} ${total.currency} a month`)}`] : [];
  const shares = new Map(largestLeaves(tree).map(({ leaf, share }) => [leaf as CostNode, share]));
  const rows = tree.parts.flatMap((part) => nodeRows(part, 1, shares, { dim }));
  const notes = [
    ...(leftOut.length > 0 ? [dim(`  without ${leftOut.join(', ')}: they declare no cost`)] : []),
    ...(listPrices.length > 0 ? [dim(`  list prices of ${listPrices.map(({ name, asOf }) => `${name} (${asOf})`).join(', ')}`)] : []),
  ];
  return [`${bold('Cost')}  ${amount}`, ...each, ...over, ...rows, ...notes].join('\n');
}

function nodeRows(node: CostNode, depth: number, shares: ReadonlyMap<CostNode, number>, { dim }: Pick<Palette, 'dim'>): string[] {
  const name = `${'  '.repeat(depth)}${node.name}`.padEnd(24);
  switch (node.kind) {
    case 'group': {
      const total = totalOf(node);
      const head = total.value > 0 ? `${name} ${`${total.bound ? '≥ ' : ''}${money(total.value)}`.padStart(10)}` : `${name} ${dim('not known'.padStart(10))}`;
      return [head, ...node.parts.flatMap((part) => nodeRows(part, depth + 1, shares, { dim }))];
    }
    case 'unknown':
      return [`${name} ${'?'.padStart(10)}  ${dim(`${node.reason}; needs ${node.settledBy}`)}`];
    case 'leaf': {
      const filled = Math.round((shares.get(node) ?? 0) * BAR);
      return [`${name} ${money(node.value).padStart(10)}  ${'█'.repeat(filled)}${dim('░'.repeat(BAR - filled))} ${dim(node.formula)}`];
    }
  }
}

/** Three digits say as much as an estimate knows. */
export const money = (amount: number): string => formatNumber(Number(amount.toPrecision(3)));
