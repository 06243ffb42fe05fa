import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { middle } from '../../../model/quantity.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { buildOrBuy } from '../../estimation/cost/build-or-buy.ts';
import { retrainingCosts } from '../../estimation/retraining-cost.ts';
import { formatNumber } from '../../format.ts';
import { advice, notApplicable, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { costlyServices, isPaidByUse } from '../../serving/cost.ts';
import { predictionsPerMonth } from '../../serving/monthly-volume.ts';
import { isVendor, servesVendorOnly } from '../../serving/services.ts';
import { technologyOf } from '../../technology.ts';
import { listed } from '../../training/in-house.ts';

const A_YEAR = 12 * SECONDS_PER_MONTH;
const NO_BILL = { kind: 'group', name: '', parts: [] } as const;

export const automationPaysBack: Criterion = {
  id: 'COST-05',
  slug: 'retraining-automation-pays-back',
  title: 'A retraining by hand is automated where that pays within the plan',
  type: 'advisory',
  severity: 'low',
  sources: ['AWS ML Lens (2023) MLPER-16', 'AWS ML Lens (2023) MLCOST-28'],
  pack: 'cost',
  why: 'Work that people do again and again costs more in the end than what would do it.',
  remediation: 'Compare what people spend on a run with what an automated run and its building cost; automate where it pays within the horizon.',
  effort: 'L',
  falsePositives: 'The figures are published planning values: with your own hours for a run the answer may be another.',
  applies: ({ architecture }) => (componentsOf(architecture, 'training').length > 0 ? true : 'No training is declared.'),
  *evaluate(context: Context) {
    const { architecture } = context;
    const horizon = value(architecture.system, 'horizon');
    const months = (horizon ? middle(horizon) : A_YEAR) / SECONDS_PER_MONTH;
    for (const cost of retrainingCosts(context, NO_BILL)) {
      const training = architecture.components.get(cost.training);
      if (!training) continue;
      if (cost.way === 'automated') yield satisfied(training, { because: `${cost.training} runs by itself` });
      else if (cost.way === 'by hand' && cost.breakEven && cost.runsPerYear !== undefined && cost.runsPerYear > 0) {
        const { runs, months: after } = cost.breakEven;
        const numbers = `after about ${formatNumber(Math.ceil(runs))} runs, which at ${formatNumber(Number(cost.runsPerYear.toPrecision(2)))} a year are ${formatNumber(Math.ceil(after ?? 0))} months`;
        if ((after ?? Number.POSITIVE_INFINITY) > months) yield notApplicable(`Automating ${cost.training} would pay ${numbers}, beyond the horizon of ${formatNumber(Math.round(months))}.`, training);
        else yield advice(training, { message: `${cost.training} is run by hand; automating it pays ${numbers}, within the horizon of ${formatNumber(Math.round(months))} months.`, why: 'From published planning values: 5,000 to 15,000 USD for a run by hand, 500 to 2,000 for an automated one, 50,000 to 150,000 to build it.', changes: [{ op: 'set-variant', subject: cost.training, variant: 'scheduled' }, { op: 'unset', subject: cost.training, property: 'manual_steps' }, { op: 'set', subject: cost.training, property: 'trigger', value: ['schedule'] }], impact: 'Retraining without hands' });
      } else if (cost.way === 'by hand' && presenceOf(training, 'every') === 'undeclared') yield question(training, 'every', `How often is ${cost.training} run by hand? From that follows whether automating it pays.`);
    }
  },
};

/** Platforms that people of one's own have to run. */
const OWN_PLATFORMS: ReadonlySet<string> = new Set(['kubernetes', 'kserve', 'seldon', 'kubeflow']);

export const buildOrBuyFits: Criterion = {
  id: 'COST-06',
  slug: 'build-or-buy-fits-the-volume',
  title: 'The platform is bought or built as volume and team suggest',
  type: 'advisory',
  severity: 'low',
  sources: ['AWS ML Lens (2023) MLCOST-02', 'AWS ML Lens (2023) MLCOST-04'],
  pack: 'cost',
  why: 'A platform of one’s own takes people who run it, whatever the volume; a managed one takes a margin on each prediction.',
  remediation: 'Reckon both ways over the horizon with your own bill and salaries before you build or stay.',
  effort: 'L',
  falsePositives: 'Special hardware, latency or rules may leave no choice: record it as a `decision`.',
  applies: (context) => (costlyServices(context.architecture).length === 0 ? 'No service is declared that costs something.' : true),
  *evaluate(context: Context) {
    const { architecture } = context;
    const { system } = architecture;
    const volume = predictionsPerMonth(context);
    if (volume === undefined) return yield notApplicable('The volume is not declared; without it no way is the better one.');
    const models = componentsOf(architecture, 'model').filter((model) => !isVendor(model) && model.variant !== 'rules').length;
    const engineers = componentsOf(architecture, 'team').flatMap((team) => value(team, 'platform_engineers') ?? []);
    const facts = { predictionsPerMonth: volume, ...(models > 0 && { models }), ...(engineers.length > 0 && { platformEngineers: engineers.reduce((sum, count) => sum + count.high, 0) }) };
    const { verdict } = buildOrBuy(facts);
    const services = costlyServices(architecture);
    const bought = services.filter((service) => isPaidByUse(architecture, service) || servesVendorOnly(architecture, service) || technologyOf(architecture, service)?.managed === true || architecture.catalogue.technology.get(value(service, 'platform') ?? '')?.properties.managed === true);
    const built = services.filter((service) => [value(service, 'platform'), value(service, 'technology')].some((name) => name !== undefined && OWN_PLATFORMS.has(name)));
    const says = `${formatNumber(Number((volume / 1e6).toPrecision(2)))} million answers a month${facts.platformEngineers === undefined ? '' : ` and ${formatNumber(facts.platformEngineers)} platform engineer${facts.platformEngineers === 1 ? '' : 's'}`}`;
    if (verdict === 'build' && bought.length > 0 && built.length === 0) yield advice(system, { message: `At ${says}, machines of one’s own are likely to be cheaper than ${listed(bought.map(({ name }) => name))} as ${bought.length === 1 ? 'it is' : 'they are'} bought.`, why: 'Published thresholds put the change above 100 million a month, with five platform engineers or more; they are claims, not measurements.' });
    else if (verdict === 'managed' && built.length > 0) yield advice(system, { message: `At ${says}, a managed service is likely to be cheaper than the platform under ${listed(built.map(({ name }) => name))}, people included.`, why: 'Published thresholds put a platform of one’s own above 100 million answers a month with five platform engineers; they are claims, not measurements.' });
    else yield satisfied(system, { because: `${says} fit what is declared, or leave it open` });
  },
};
