import { componentsOf, value } from '../../model/statements.ts';
import type { Component } from '../../model/architecture.ts';
import { formatNumber } from '../format.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { Context } from '../rule.ts';
import { budgetGap, type BudgetGap } from './cost/budget.ts';
import { budgetExhaustion, type Exhaustion } from './cost/growth.ts';
import { totalOf, type CostGroup, type CostNode, type CostTotal } from './cost/tree.ts';
import { dateAfter, growthOf } from './exhaustion.ts';
import { grownBill } from './grown-bill.ts';

/** How the bill of a system, or of one component, stands to what it may cost, today and as the traffic grows. */
export interface BudgetStanding {
  /** The system or the component that declares the budget. */
  readonly holder: string;
  readonly budget: Quantity;
  readonly currency: string;
  readonly bill: CostTotal;
  /** Undefined where no amount in the currency of the budget is known; `unknown` then says why. */
  readonly gap?: BudgetGap;
  readonly unknown?: string;
  /**
   * Multiple of today’s traffic at which the bill exceeds the budget; undefined where it does so today, or not up to a thousand.
   * One where it would as soon as there are enough machines for today’s traffic.
   */
  readonly multiple?: number;
  /** When declared growth makes the bill exceed it. */
  readonly exhaustion?: Exhaustion;
  readonly date?: string;
  readonly growth: readonly { readonly consumer: string; readonly perMonth: number }[];
  /** How the bill was taken to grow. */
  readonly assumptions: readonly string[];
}

/** Nobody plans the machines for more. */
const MOST_MULTIPLE = 1000;

/** Multiples are told to a hundredth. */
const STEP = 1.01;

/** Every declared budget beside the bill that it is for. With each multiple of the traffic, fleets are sized anew. */
export function budgetStandings(context: Context, tree: CostGroup): BudgetStanding[] {
  const { architecture } = context;
  const bills = growingBills(context);
  const { system } = architecture;
  const whole = value(system, 'budget');
  const parts = [...architecture.components.values()].flatMap((component) => {
    const budget = value(component as Component<'service'>, 'budget');
    return budget ? [standingOf(context, bills, component.name, budget, (bill) => bill.parts.find(({ name }) => name === component.name), tree)] : [];
  });
  return [...(whole ? [standingOf(context, bills, system.name, whole, (bill) => bill, tree)] : []), ...parts];
}

interface Bills {
  /** All traffic at a multiple of today’s. */
  readonly at: (multiple: number) => CostGroup;
  /** Each consumer after so many months of its own growth. */
  readonly after: (months: number) => CostGroup;
  readonly growth: BudgetStanding['growth'];
  readonly assumptions: () => readonly string[];
}

/** Bills of a system as its traffic grows, each made once. */
function growingBills(context: Context): Bills {
  const consumers = componentsOf(context.architecture, 'consumer');
  const rates = new Map(consumers.map((consumer) => [consumer.name, growthOf(context, consumer)]));
  const once = <T>(make: (key: number) => T): ((key: number) => T) => {
    const known = new Map<number, T>();
    return (key) => {
      const found = known.get(key) ?? make(key);
      known.set(key, found);
      return found;
    };
  };
  const at = once((multiple) => grownBill(context, () => multiple));
  const after = once((months) => grownBill(context, (consumer) => (1 + (rates.get(consumer?.name ?? '') ?? 0)) ** months));
  const still = [...rates].flatMap(([name, perMonth]) => (perMonth === undefined ? [name] : []));
  const growth = [...rates].flatMap(([consumer, perMonth]) => (perMonth === undefined ? [] : [{ consumer, perMonth }]));
  return {
    at: (multiple) => at(multiple).tree,
    after: (months) => after(months).tree,
    growth,
    assumptions: () => [...at(2).assumptions, ...(growth.length > 0 && still.length > 0 ? [`${still.join(', ')}: no growth is declared, and none is taken`] : [])],
  };
}

function standingOf(context: Context, bills: Bills, holder: string, budget: Quantity, partOf: (bill: CostGroup) => CostNode | undefined, tree: CostGroup): BudgetStanding {
  const currency = budget.unit.slice(0, 3);
  const part = partOf(tree);
  const bill = part && totalOf(part, currency);
  const base = { holder, budget, currency, bill: bill ?? totalOf({ kind: 'group', name: holder, parts: [] }, currency), growth: bills.growth };
  if (!part || !bill) return { ...base, unknown: `what ${holder} costs is not declared`, assumptions: [] };
  if (bill.value === 0) {
    const other = totalOf(part);
    return { ...base, unknown: other.value > 0 && other.currency !== currency ? `the budget is in ${currency} and the bill in ${other.currency}: no exchange rate is declared` : `what ${holder} costs is not known`, assumptions: [] };
  }
  const gap = budgetGap(bill, budget.high);
  if (!gap) return { ...base, unknown: `a budget of ${formatNumber(budget.high)} ${currency} is no limit`, assumptions: [] };
  const costOf = (grown: CostGroup): number => {
    const found = partOf(grown);
    return found ? totalOf(found, currency).value : Number.NaN;
  };
  if (bill.value > budget.high) return { ...base, gap, exhaustion: { when: 'already' }, assumptions: [] };
  const multiple = firstBeyond((times) => costOf(bills.at(times)), budget.high);
  const later = multiple === undefined ? undefined : exhaustionOf(bills, costOf, budget.high);
  return {
    ...base,
    gap,
    ...(multiple !== undefined && { multiple }),
    ...(later && { exhaustion: later, ...(later.when === 'later' && { date: dateAfter(context.today, later.months) }) }),
    assumptions: bills.assumptions(),
  };
}

/** The month in which the bill exceeds the budget where every consumer grows as it declares; undefined where none does. */
function exhaustionOf(bills: Bills, costOf: (grown: CostGroup) => number, limit: number): Exhaustion | undefined {
  const fastest = Math.max(0, ...bills.growth.map(({ perMonth }) => perMonth));
  if (fastest === 0) return undefined;
  return budgetExhaustion((multiple) => costOf(bills.after(Math.round(Math.log(multiple) / Math.log1p(fastest)))), limit, fastest);
}

/** The least multiple, to a hundredth, at which a cost that never falls is beyond a limit. */
function firstBeyond(costAt: (multiple: number) => number, limit: number): number | undefined {
  let [within, beyond] = [1, MOST_MULTIPLE];
  if (!(costAt(beyond) > limit)) return undefined;
  if (costAt(within) > limit) return 1;
  while (beyond / within > STEP) {
    const between = Math.sqrt(within * beyond);
    if (costAt(between) > limit) beyond = between;
    else within = between;
  }
  return beyond;
}
