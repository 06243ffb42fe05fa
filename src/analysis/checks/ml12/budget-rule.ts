import type { Element } from '../../../model/architecture.ts';
import { plus, scaled, times } from '../../../model/graph/interval.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { costlyServices, unitsPerMonth } from '../../serving/cost.ts';
import { monthlyCost } from '../../serving/monthly-cost.ts';
import type { Service } from '../../serving/services.ts';
import { standingOf } from '../../severity.ts';

export const costFitsBudget: Rule = {
  id: 'ML12.2',
  slug: 'cost-fits-budget',
  title: 'What serving costs fits the budget, and what it earns',
  type: 'contradiction',
  severity: 'high',
  why: 'A service that costs more than it may or earns gets more expensive with every user.',
  remediation: 'Cache, quantise and batch first; then fewer or smaller machines, a smaller model, or another price.',
  effort: 'M',
  falsePositives: 'Discounts make it cheaper than list prices: declare `cost`, or an `instance` with your price.',
  *evaluate(context) {
    const services = costlyServices(context.architecture);
    for (const service of services) yield* judgeService(context, service);
    yield* judgeSystem(context, services);
  },
};

/** What is spent, and whether that follows from what was declared. */
interface Spending {
  readonly value: Quantity;
  readonly certain: boolean;
  /** What it is at least, whatever the traffic is; the lower end of the value, if left out. */
  readonly least?: number;
  readonly says: string;
}

function* judgeService(context: Context, service: Service): Iterable<Outcome> {
  const [unitCost, earns, budget] = [value(service, 'unit_cost'), value(service, 'revenue'), value(service, 'budget')];
  if (unitCost && earns && unitCost.unit === earns.unit) {
    if (unitCost.low > earns.high) {
      yield contradiction(service, {
        at: 'unit_cost',
        about: 'revenue',
        message: `One answer of ${service.name} costs ${formatUnitPrice(unitCost)} and earns ${formatUnitPrice(earns)}.`,
        why: 'Each answer loses money; growth makes it worse.',
        impact: 'An answer that earns more than it costs',
      });
    } else yield satisfied(service, { because: `an answer costs ${formatUnitPrice(unitCost)} and earns ${formatUnitPrice(earns)}` });
  }
  if (!budget) return;
  const spending = spendingOf(context, service, budget.unit);
  if (spending) yield compare(service, service.name, spending, budget, 'budget');
  else yield question(service, 'cost', `What does ${service.name} cost a month? Its budget is ${formatQuantity(budget)}. Declare \`cost\`, or \`runs_on\` with \`replicas\`.`);
}

/** The monthly cost, else what one answer costs times the number of answers. */
function spendingOf(context: Context, service: Service, unit: string): Spending | undefined {
  const cost = monthlyCost(context, service);
  const unitCost = value(service, 'unit_cost');
  const units = unitsPerMonth(context, service);
  if (unitCost && units && cost?.source !== 'declared') {
    const product = times(unitCost, units.value, unitCost.unit.replace('/req', '/month'));
    if (product.unit === unit) return { value: product, certain: !units.assumed, says: `${formatUnitPrice(unitCost)} for each of ${formatNumber(Math.round(units.value.high))} answers a month` };
  }
  return cost && cost.value.unit === unit ? { value: cost.value, certain: cost.certain, ...(cost.least !== undefined && { least: cost.least }), says: cost.derivation } : undefined;
}


function compare(subject: Element, name: string, spending: Spending, limit: Quantity, word: 'budget' | 'revenue'): Outcome {
  const { value: spent, certain, least = spent.low, says } = spending;
  if (spent.high <= limit.low) return satisfied(subject, { because: `${formatMoney(spent)} (${says}) fits the ${word} of ${formatMoney(limit)}` });
  const details: FindingDetails = {
    at: word,
    about: word,
    message: `${name} costs ${formatMoney(spent)} (${says}), beyond its ${word} of ${formatMoney(limit)}.`,
    why: `That is ${formatMoney({ ...spent, low: Math.max(0, spent.low - limit.high), high: spent.high - limit.low })} too much, at today’s traffic.`,
    impact: `Serving within its ${word}`,
  };
  if (spent.low > limit.high) {
    if (certain && least > limit.high) return contradiction(subject, details);
    return weak(subject, { ...details, severity: 'medium', message: `${name} is likely to cost ${formatMoney(spent)} (${says}), beyond its ${word} of ${formatMoney(limit)}.` });
  }
  return weak(subject, { ...details, severity: 'low', message: `${name} may cost up to ${formatMoney({ ...spent, low: spent.high })} (${says}); its ${word} is ${formatMoney(limit)}.`, why: `At the upper end it is ${formatMoney({ ...spent, low: spent.high - limit.low, high: spent.high - limit.low })} beyond it.` });
}

function* judgeSystem(context: Context, services: readonly Service[]): Iterable<Outcome> {
  const { architecture } = context;
  const { system } = architecture;
  const [budget, revenue] = [value(system, 'budget'), value(system, 'revenue')];
  const own = services.some((service) => value(service, 'budget') ?? value(service, 'revenue'));
  if (!budget && !revenue) {
    if (own) return;
    if (standingOf(architecture).stage !== 'production') return yield notApplicable('The system is not in production.');
    const presence = presenceOf(system, 'budget');
    if (presence === 'absent' || presence === 'not-applicable') return yield notApplicable('There is no budget to compare with.');
    return yield { ...question(system, 'budget', `What may serving cost a month, or what does the system earn? Declare \`budget\` or \`revenue\`.`), statedUnknown: presence === 'unknown' };
  }
  for (const [limit, word] of [[budget, 'budget'], [revenue, 'revenue']] as const) {
    if (!limit) continue;
    const known = services.flatMap((service) => {
      const spending = spendingOf(context, service, limit.unit);
      return spending ? [{ service, spending }] : [];
    });
    const total = known.reduce<Quantity>((sum, { spending }) => plus(sum, spending.value), scaled(limit, 0));
    const says = known.map(({ service, spending }) => `${service.name} ${formatMoney(spending.value)}`).join(', ');
    const open = services.filter((service) => !known.some((item) => item.service === service));
    if (known.length > 0 && (open.length === 0 || total.low > limit.high)) yield compare(system, system.name, { value: total, certain: known.every(({ spending }) => spending.certain), least: known.reduce((sum, { spending }) => sum + (spending.least ?? spending.value.low), 0), says }, limit, word);
    else if (open[0]) yield question(open[0], 'cost', `What does ${open[0].name} cost a month? The ${word} of ${system.name} is ${formatMoney(limit)}. Declare \`cost\`, or \`runs_on\` with \`replicas\`.`, word);
  }
}

/** Whole units of money from a hundred on. */
function formatMoney({ low, high, unit }: Quantity): string {
  const round = (amount: number): number => (amount >= 100 ? Math.round(amount) : Number(amount.toPrecision(2)));
  return formatQuantity({ low: round(low), high: round(high), unit });
}

/** Prices of one answer are small; for a thousand they read better. */
const formatUnitPrice = (price: Quantity): string => (price.high < 0.01 ? formatQuantity(scaled(price, 1000, price.unit.replace('/req', '/kreq'))) : formatQuantity(price));
