import { budgetGap } from '../../analysis/estimation/cost/budget.ts';
import { budgetExhaustion, capacityExhaustion, type Exhaustion } from '../../analysis/estimation/cost/growth.ts';
import { fleetTree } from '../../analysis/estimation/cost/machines-tree.ts';
import { fleetCost, replicasFor, type Fleet, type FleetCost, type Redundancy, type Scaling } from '../../analysis/estimation/cost/machines.ts';
import { meanOf, peakOf, profileOf, scaledProfile, type TrafficProfile } from '../../analysis/estimation/cost/traffic-profile.ts';
import { totalOf } from '../../analysis/estimation/cost/tree.ts';
import { HOURS_PER_MONTH, unitCost, type UnitCost } from '../../analysis/estimation/cost/unit-cost.ts';
import { formatNumber } from '../../analysis/format.ts';
import { middle } from '../../model/quantity.ts';
import type { Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import type { paint } from '../paint.ts';
import { numberOption, quantityOption, requiredNumber } from './arguments.ts';
import { budgetText, clean, currencyOf, exact, exhaustionText, money, percent, unitJson, type CostAnswer } from './cost-output.ts';

/** One way to run the machines, reckoned. */
interface Way {
  readonly name: string;
  readonly cost: FleetCost;
  readonly unit?: UnitCost;
  readonly budget?: ReturnType<typeof budgetGap>;
  /** When growth makes it dearer than the budget, and fills its machines. */
  readonly budgetFull?: Exhaustion;
  readonly machinesFull?: Exhaustion;
}

interface Case {
  readonly fleet: Fleet;
  readonly profile: TrafficProfile;
  readonly currency: string;
  readonly budget?: number;
  readonly growth?: number;
}

/** Machines that are always on and machines that follow the load, for the same traffic. */
export function machinesCost(invocation: Invocation): CostAnswer {
  const input = caseOf(invocation);
  const { fleet, profile } = input;
  const most = replicasFor(peakOf(profile), fleet.capacity, fleet.redundancy);
  const replicas = numberOption(invocation, 'replicas', 'count', { integer: true });
  const [min, max] = [numberOption(invocation, 'min', 'count', { integer: true }) ?? 1, numberOption(invocation, 'max', 'count', { integer: true })];
  if (max !== undefined && max < min) throw new Failure(`--max ${max} is below --min ${min}.`);
  const ways = [wayOf('always on', { replicas: replicas ?? most }, input), wayOf('autoscaled', { min, ...(max === undefined ? {} : { max }) }, input)];
  return { json: json(input, ways), text: (palette) => text(input, ways, palette) };
}

function caseOf(invocation: Invocation): Case {
  const rate = requiredNumber(invocation, 'rate', 'rate');
  const peak = numberOption(invocation, 'peak', 'rate') ?? rate;
  const [price, budget] = [quantityOption(invocation, 'price', 'spend'), quantityOption(invocation, 'budget', 'spend')];
  if (!price) throw new Failure('--price is needed, such as --price 1.006USD/h.');
  const capacity = requiredNumber(invocation, 'capacity', 'rate');
  const throughput = numberOption(invocation, 'throughput', 'rate');
  const startUpSeconds = numberOption(invocation, 'start-up', 'duration');
  const fleet: Fleet = { pricePerHour: clean(middle(price) / HOURS_PER_MONTH), capacity, ...(throughput === undefined ? {} : { throughput }), ...(startUpSeconds === undefined ? {} : { startUpSeconds }), redundancy: redundancyOf(invocation), ...spotOf(invocation) };
  const profile = profileOf(rate, peak, numberOption(invocation, 'weekend', 'ratio', { max: 1 }));
  if ('problem' in profile) throw new Failure(`--rate and --peak make no week: ${profile.problem}.`);
  return { fleet, profile, currency: currencyOf(invocation, price, budget), budget: budget && middle(budget), growth: numberOption(invocation, 'growth', 'growth') };
}

function redundancyOf(invocation: Invocation): Redundancy {
  const [spare, zones] = [numberOption(invocation, 'spare', 'count', { integer: true }), numberOption(invocation, 'zones', 'count', { min: 2, integer: true })];
  if (spare !== undefined && zones !== undefined) throw new Failure('Give --spare or --zones, not both.');
  return zones === undefined ? { spare: spare ?? 0 } : { zones };
}

function spotOf(invocation: Invocation): Pick<Fleet, 'spot'> {
  const [share, priceFactor] = [numberOption(invocation, 'spot', 'ratio', { max: 1 }), numberOption(invocation, 'spot-price', 'ratio', { max: 1 })];
  if ((share === undefined) !== (priceFactor === undefined)) throw new Failure('--spot and --spot-price go together, such as --spot 60% --spot-price 35%.');
  return share === undefined || priceFactor === undefined ? {} : { spot: { share, priceFactor } };
}

function wayOf(name: string, scaling: Scaling, { fleet, profile, currency, budget, growth }: Case): Way {
  const cost = fleetCost(fleet, profile, scaling);
  if ('problem' in cost) throw new Failure(`There is no answer: ${cost.problem}.`);
  const total = totalOf(fleetTree(fleet, profile, scaling, { name, currency, provenance: 'measured' }), currency);
  const most = 'replicas' in scaling ? scaling.replicas : scaling.max;
  return {
    name,
    cost,
    unit: unitCost(total, meanOf(profile), cost.utilisation),
    ...(budget === undefined ? {} : { budget: budgetGap(total, budget) }),
    ...(budget === undefined || growth === undefined ? {} : { budgetFull: budgetExhaustion((multiple) => paidAt(fleet, scaledProfile(profile, multiple), scaling), budget, growth) }),
    ...(most === undefined || growth === undefined ? {} : { machinesFull: capacityExhaustion(peakOf(profile), most * fleet.capacity, growth) }),
  };
}

function paidAt(fleet: Fleet, profile: TrafficProfile, scaling: Scaling): number {
  const cost = fleetCost(fleet, profile, scaling);
  return 'problem' in cost ? Number.NaN : cost.paid;
}

function json({ profile, currency }: Case, ways: readonly Way[]): object {
  const of = ({ cost, unit, budget, budgetFull, machinesFull }: Way): object => ({
    perMonth: exact(cost.paid, `${currency}/month`),
    used: cost.used,
    headroom: cost.headroom,
    idle: cost.idle,
    causes: cost.causes,
    replicas: cost.replicas,
    startsPerMonth: cost.starts,
    utilisation: cost.utilisation,
    beyondCapacity: cost.beyondCapacity,
    saturated: cost.saturated,
    ...(unit ? unitJson(unit) : {}),
    ...(budget ? { budget } : {}),
    ...(budgetFull ? { budgetFull } : {}),
    ...(machinesFull ? { machinesFull } : {}),
  });
  const [alwaysOn, autoscaled] = ways.map(of);
  return { kind: 'machines', hoursPerMonth: HOURS_PER_MONTH, traffic: { mean: meanOf(profile), peak: peakOf(profile), unit: 'req/s' }, alwaysOn, autoscaled };
}

const CAUSES: Readonly<Record<keyof FleetCost['causes'], string>> = { work: 'the requests themselves', latency: 'room for the latency objective', redundancy: 'what may fail', rounding: 'machines come whole', offPeak: 'machines that stay off-peak', startUp: 'start-ups' };

function text({ profile, currency, fleet }: Case, ways: readonly Way[], palette: ReturnType<typeof paint>): string {
  const head = `${formatNumber(clean(meanOf(profile)))} req/s in the mean, ${formatNumber(clean(peakOf(profile)))} at the peak; ${formatNumber(fleet.pricePerHour)} ${currency}/h for a machine that takes ${formatNumber(fleet.capacity)} req/s; a month has ${HOURS_PER_MONTH} h`;
  return `${palette.dim(head)}\n\n${ways.map((way) => wayText(way, currency, palette)).join('\n\n')}\n`;
}

function wayText({ name, cost, unit, budget, budgetFull, machinesFull }: Way, currency: string, palette: ReturnType<typeof paint>): string {
  const { bold, dim, red } = palette;
  const { least, mean, most } = cost.replicas;
  const count = `${least === most ? '' : `${least} to `}${most} ${most === 1 ? 'machine' : 'machines'}${least === most ? '' : `, ${formatNumber(Number(mean.toPrecision(3)))} in the mean`}`;
  const row = (label: string, amount: number, note: string): string => `  ${label.padEnd(10)} ${formatNumber(Math.round(amount * 100) / 100).padStart(10)}  ${percent(cost.paid > 0 ? amount / cost.paid : 0).padStart(7)}  ${dim(note)}`;
  const causes = Object.entries(cost.causes).filter(([, amount]) => amount > cost.paid * 0.005).sort((a, b) => b[1] - a[1]);
  const lines = [
    `${bold(`${name}, ${count}`)}  ${bold(money(cost.paid, currency))} a month`,
    ...(unit ? [`  ${money(unit.perPrediction, currency)} for a prediction, ${money(unit.perThousand, currency)} for 1,000, at ${percent(cost.utilisation)} utilisation`] : [dim('  nobody asks, so there is no cost of a prediction')]),
    row('used', cost.used, 'machine time that works on requests'),
    row('headroom', cost.headroom, 'must stay free for the latency objective and for what may fail'),
    row('idle', cost.idle, 'the rest: off-peak, whole machines, start-ups'),
    dim(`  what makes the bill: ${causes.map(([cause, amount]) => `${CAUSES[cause as keyof FleetCost['causes']]} ${percent(amount / cost.paid)}`).join(', ')}`),
  ];
  if (cost.beyondCapacity > 0) lines.push(red(`  too few for the latency objective during ${percent(cost.beyondCapacity)} of the time${cost.saturated > 0 ? `, saturated during ${percent(cost.saturated)}` : ''}`));
  if (budget) lines.push(`  ${budgetText(budget, currency, palette)}`);
  for (const line of [exhaustionText('the budget is exceeded', 'the budget is not exceeded', budgetFull), exhaustionText('the machines are full', 'the machines are not full', machinesFull)]) if (line !== undefined) lines.push(`  ${line}`);
  return lines.join('\n');
}
