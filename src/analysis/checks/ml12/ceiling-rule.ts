import type { Change, Element } from '../../../model/architecture.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { costlyServices, costMonitors, isPaidByUse, paidModels } from '../../serving/cost.ts';
import { monthlyCost } from '../../serving/monthly-cost.ts';
import { isVendor, type Service } from '../../serving/services.ts';
import { inHouseModels } from '../../training/in-house.ts';

type Part = 'budget' | 'alert' | 'ceiling';
type State = 'present' | 'absent' | 'undeclared' | 'unknown';

const SAYS: Readonly<Record<Part, string>> = { budget: 'a budget (`budget`)', alert: 'an alert before it is spent (`budget_alert`)', ceiling: 'a ceiling at which it stops (`ceiling`)' };

export const spendingIsBounded: Rule = {
  id: 'ML12.3',
  slug: 'spending-is-bounded',
  title: 'What is paid by use has a budget, an alert and a hard ceiling',
  type: 'gap',
  severity: 'high',
  why: 'A loop, an attack or a success can spend a year’s budget in a night where nothing stops it.',
  remediation: 'Set a budget with an alert well before it, and a ceiling at which calls are refused or degraded.',
  effort: 'S',
  falsePositives: 'The provider stops at a limit: declare it as `quota`, `token_quota` or `ceiling`. Capacity is bought in advance: declare `provisioned yes`.',
  *evaluate(context) {
    const { architecture } = context;
    let found = false;
    for (const service of costlyServices(architecture)) {
      const paid = isPaidByUse(architecture, service);
      const bought = paid ? undefined : mayBeBought(architecture, service);
      if (!paid && !bought && !growsWithoutBound(service)) continue;
      found = true;
      if (bought) {
        yield question(service, 'ceiling', `Is ${bought} paid by use? If so, is there ${Object.values(SAYS).join(', and ')} for ${service.name}? If not, declare what ${service.name} runs on.`);
        continue;
      }
      yield judge(context, service, paid);
    }
    if (!found) yield notApplicable('Nothing that is declared is paid by use, and no service scales without a bound.');
  },
};

/** A model that writes text, where nobody says whether it is bought or runs on the team’s own machines. */
function mayBeBought(architecture: Context['architecture'], service: Service): string | undefined {
  if ((['runs_on', 'accelerator', 'ceiling', 'cost', 'platform'] as const).some((property) => statementOf(service, property))) return undefined;
  const own = inHouseModels(architecture);
  return modelsOf(architecture, service).find((model) => model.variant === undefined && value(model, 'task') === 'generation' && !isVendor(model) && !own.includes(model))?.name;
}

const growsWithoutBound = (service: Service): boolean => {
  const autoscale = value(service, 'autoscale');
  return autoscale !== undefined && autoscale.max === undefined && value(service, 'replicas') === undefined;
};

function judge(context: Context, service: Service, paid: boolean): Outcome {
  const { architecture } = context;
  const { system } = architecture;
  const monitored = costMonitors(architecture, service.name).some((monitor) => (value(monitor, 'alerts') ?? []).length > 0);
  const bound = paid ? quotaBound(context, service) : undefined;
  const states: Readonly<Record<Part, State>> = {
    budget: either([service, 'budget'], [system, 'budget']),
    alert: monitored ? 'present' : either([service, 'budget_alert'], [system, 'budget_alert']),
    ceiling: bound ? 'present' : either([service, 'ceiling']),
  };
  const parts = Object.keys(states) as Part[];
  const absent = parts.filter((part) => states[part] === 'absent');
  const subject = paid ? `${service.name} is paid by use` : `${service.name} adds replicas without a declared bound`;
  if (absent.length > 0) {
    const cost = monthlyCost(context, service);
    return gap(service, {
      at: absent.map((part) => (part === 'alert' ? 'budget_alert' : part)).find((property) => statementOf(service, property)),
      message: `${subject} and has no ${absent.map((part) => SAYS[part].replace(/^an? /, '')).join(', no ')}.`,
      why: cost ? `It costs ${formatQuantity(cost.value)} as things are (${cost.derivation}); nothing keeps it from being ten times that.` : undefined,
      changes: changesFor(context, service, absent),
      impact: 'A bound to what a fault or an attack can cost',
    });
  }
  const open = parts.filter((part) => states[part] !== 'present');
  if (open.length > 0) {
    const property = open[0] === 'alert' ? 'budget_alert' : open[0];
    return { ...question(service, property, `${subject}: is there ${open.map((part) => SAYS[part]).join(', and ')}?`), statedUnknown: open.every((part) => states[part] === 'unknown') };
  }
  return satisfied(service, { because: bound ? `its quota bounds it at ${formatQuantity(bound)}` : undefined, evidence: evidenceOf(statementOf(service, 'ceiling')) });
}

/** Present if either says so, absent if one says that there is none. */
function either(...places: readonly (readonly [Element, string])[]): State {
  const states = places.map(([element, property]) => presenceOf(element, property));
  return (['present', 'absent', 'unknown'] as const).find((state) => states.includes(state)) ?? 'undeclared';
}

/** The most that a token quota lets through in a month, where that is within the budget: then it is a ceiling as well. */
function quotaBound({ architecture }: Context, service: Service): Quantity | undefined {
  const quota = value(service, 'token_quota');
  const price = paidModels(architecture, service)[0]?.properties.output;
  const budget = value(service, 'budget') ?? value(architecture.system, 'budget');
  if (!quota || !price || !budget || budget.unit !== price.unit.replace('/token', '/month')) return undefined;
  const most = Math.round(quota.high * price.high * SECONDS_PER_MONTH);
  return most <= budget.low ? { low: most, high: most, unit: budget.unit } : undefined;
}

/** A budget and a ceiling above what it costs today, where that is known; amounts that nobody knows are not made up. */
function changesFor(context: Context, service: Service, absent: readonly Part[]): Change[] {
  const cost = monthlyCost(context, service)?.value;
  const known = value(service, 'budget') ?? value(context.architecture.system, 'budget');
  const above = (factor: number): Quantity | undefined => {
    if (!cost || cost.high === 0) return undefined;
    const scale = 10 ** Math.max(0, Math.floor(Math.log10(cost.high * factor)) - 1);
    const amount = Math.ceil((cost.high * factor) / scale) * scale;
    return { low: amount, high: amount, unit: cost.unit };
  };
  const values: Readonly<Record<Part, unknown>> = { budget: above(1.5), alert: true, ceiling: absent.includes('budget') ? above(2) : (known ?? above(2)) };
  if (absent.some((part) => values[part] === undefined)) return [];
  return absent.map((part) => ({ op: 'set', subject: service.name, property: part === 'alert' ? 'budget_alert' : part, value: values[part] }));
}
