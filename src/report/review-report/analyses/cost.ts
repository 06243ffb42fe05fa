import { besidePublished, PUBLISHED_BANDS, type Comparison } from '../../../analysis/estimation/cost/published-bands.ts';
import { largestLeaves, totalOf } from '../../../analysis/estimation/cost/tree.ts';
import { grownBill } from '../../../analysis/estimation/grown-bill.ts';
import { formatNumber, formatQuantity } from '../../../analysis/format.ts';
import { predictionsPerMonth } from '../../../analysis/serving/monthly-volume.ts';
import { ownServices } from '../../../analysis/serving/services.ts';
import { acceleratorsOf } from '../../../analysis/serving/services.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import { linesPlot } from '../../plots/lines.ts';
import { costText } from '../comparison-rows.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, shareText, tableOr } from '../words.ts';

const money = (amount: number): string => formatNumber(Number(amount.toPrecision(3)));

/** What the system and an answer cost, beside budget and published bands, and how the bill grows with the traffic. */
export function costAnalysis(subject: ReportSubject): Section {
  const { cost } = subject.estimation;
  const { total, unit, leftOut, budget, tree, listPrices } = cost;
  const title = 'Cost';
  if (!(total.value > 0)) return { id: 'analysis-cost', title, blocks: [paragraph('Nothing with a known price is declared, so neither the bill nor the cost of an answer is known.')] };
  const leaves = largestLeaves(tree).slice(0, 10);
  const rows = leaves.map(({ leaf, share }): Inline[][] => [[code(leaf.name)], [`${money(leaf.value)} ${leaf.currency}${leaf.low === leaf.high ? '' : ` (${money(leaf.low)} to ${money(leaf.high)})`}`], [shareText(share)], [leaf.formula, ` (${leaf.provenance})`]]);
  const each = unit ? ` ${unit.bound ? 'At least ' : 'About '}${money(unit.perThousand)} ${unit.currency} for 1,000 answers (${unit.low === unit.high ? '' : `${money(unit.low * 1000)} to ${money(unit.high * 1000)}, `}${total.provenance}), at ${formatNumber(Number(unit.volume.toPrecision(3)))} a month.` : ' The cost of an answer is not known, since no mean traffic is declared.';
  return {
    id: 'analysis-cost',
    title,
    blocks: [
      paragraph(`The bill is ${costText(total)}.${each}${budget ? ` The budget is ${formatQuantity(budget)}.` : ' No budget is declared for the whole.'}`),
      tableOr([{ title: 'Part', width: 2 }, { title: 'A month', width: 3 }, { title: 'Part of the bill' }, { title: 'From', width: 4 }], rows, '', { caption: 'What makes the bill' }),
      ...besideBand(subject),
      ...(leftOut.length > 0 ? [paragraph(`Without ${leftOut.slice(0, 10).join(', ')}${leftOut.length > 10 ? ` and ${leftOut.length - 10} more` : ''}: they declare no cost.`)] : []),
      ...(listPrices.length > 0 ? [paragraph(`List prices of ${listPrices.map(({ name, asOf }) => `${name} (${asOf})`).join(', ')}.`)] : []),
      ...growthPlot(subject),
    ],
  };
}

const STANDS = { below: 'below it', within: 'within it', above: 'above it' } as const;

/** Published figures are claims for a million answers a day; in proportion they overstate for more. */
function besideBand({ context, estimation: { cost } }: ReportSubject): Block[] {
  const monthly = predictionsPerMonth(context);
  if (monthly === undefined || cost.total.currency !== 'USD') return [];
  const accelerated = ownServices(context.architecture).some((service) => acceleratorsOf(context.architecture, service) !== undefined);
  const found: Comparison | undefined = besidePublished(cost.total.value, accelerated ? PUBLISHED_BANDS.accelerators : PUBLISHED_BANDS.processors, (monthly * 12) / 365.25);
  if (!found) return [];
  return [paragraph(`Published claim for ${found.band.what} (${found.band.id}), for this volume: ${money(found.low)} to ${money(found.high)} USD a month; the bill is ${STANDS[found.stands]}. The claim is for a million answers a day and overstates in proportion for larger volumes.`)];
}

const STEPS = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10];

function growthPlot({ context, estimation: { cost } }: ReportSubject): Block[] {
  const { currency } = cost.total;
  const bills = STEPS.map((factor) => ({ factor, total: totalOf(grownBill(context, () => factor).tree, currency) })).filter(({ total }) => total.value > 0);
  if (bills.length < 2) return [];
  const title = 'Monthly cost against traffic';
  const at = (factor: number): string => money(bills.find((bill) => bill.factor === factor)?.total.value ?? 0);
  const budget = cost.budget && cost.budget.unit.startsWith(currency) ? cost.budget.high : undefined;
  const { assumptions } = grownBill(context, () => 2);
  const description = `The known bill at ${formatNumber(STEPS[0] ?? 0)} to ${formatNumber(STEPS.at(-1) ?? 0)} times today’s traffic: ${at(1)} ${currency} today, ${at(5)} at five times, ${at(10)} at ten times. Taken for granted: ${assumptions.join('; ')}.`;
  const points = bills.map(({ factor, total }) => ({ x: factor, y: total.value, low: total.low, high: total.high }));
  const svg = linesPlot({ title, description, x: { title: 'multiple of today’s traffic', from: 0 }, y: { title: `${currency} a month`, from: 0 }, series: [{ label: 'known bill', points }], limits: [...(budget === undefined ? [] : [{ axis: 'y' as const, at: budget, label: 'budget' }]), { axis: 'x', at: 1, label: 'today' }] }, { theme: 'print' });
  return [{ kind: 'figure', picture: { id: 'plot-cost', title, description, svg } }];
}
