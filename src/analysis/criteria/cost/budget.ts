import type { Architecture, Component, Element } from '../../../model/architecture.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { componentsOf, isComplete, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { costlyServices, isPaidByUse } from '../../serving/cost.ts';
import { requestServices } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

/** Parts that cost something to run. */
const costly = (architecture: Architecture): Component[] => [...costlyServices(architecture), ...componentsOf(architecture, 'training', 'compute'), ...componentsOf(architecture, 'store').filter((store) => value(store, 'cost') !== undefined)];

const costsAnything = (context: Context): true | string => (isRelied(context) !== true ? isRelied(context) : costly(context.architecture).length > 0 ? true : 'Nothing is declared that costs something to run.');

export const budgetWithAlert: Criterion = {
  id: 'COST-01',
  slug: 'budget-with-alert',
  title: 'The system has a budget, and somebody hears before it is spent',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLCOST-20', 'AWS Generative AI Lens GENCOST05-BP01', 'OWASP LLM (2025) LLM10'],
  why: 'Without a budget nobody can say that spending is too high, and without an alert the bill at the end of the month is the first to say it.',
  remediation: 'Agree on what the system may cost a month, and alert well before that: for example at 50, 80 and 100 per cent.',
  effort: 'S',
  falsePositives: 'The alert may come from a monitor: declare one of the variant `cost` with `alerts`.',
  applies: costsAnything,
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    const places: Element[] = [system, ...costly(architecture)];
    const budgets = places.filter((element) => presenceOf(element, 'budget') === 'present');
    if (budgets.length === 0) {
      if (presenceOf(system, 'budget') === 'absent') yield gap(system, { at: 'budget', message: `Nobody said what ${system.name} may cost: it has no budget.`, remedy: 'Agree on what the system may cost a month, and declare it as `budget` with `budget_alert yes`.', impact: 'It can be said when spending is too high' });
      else if (costlyServices(architecture).length + requestServices(architecture).length > 0) yield notApplicable('ML12.2 asks for the budget.');
      else yield question(system, 'budget', `What may ${listed(costly(architecture).map(({ name }) => name))} cost a month?`);
      return;
    }
    const monitor = componentsOf(architecture, 'monitor').find((item) => (item.variant === 'cost' || value(item, 'signals')?.includes('cost') === true) && (value(item, 'alerts') ?? []).length > 0);
    const alerted = places.find((element) => presenceOf(element, 'budget_alert') === 'present');
    if (monitor || alerted) return yield satisfied(system, { because: monitor ? `${monitor.name} watches spending and alerts` : 'somebody is told before the budget is spent', evidence: alerted && evidenceOf(statementOf(alerted, 'budget_alert')) });
    const planned = places.map((element) => plannedInstead(element, 'budget_alert', { message: 'Nobody is told yet before the budget is spent.' })).find((outcome) => outcome !== undefined);
    if (planned) return yield planned;
    const absent = places.find((element) => statementOf(element, 'budget_alert') && presenceOf(element, 'budget_alert') === 'absent');
    const names = listed(budgets.map(({ name }) => name));
    if (absent) yield gap(system, { at: absent === system ? 'budget_alert' : undefined, message: `${names} ${budgets.length === 1 ? 'has' : 'have'} a budget, and nobody is told before it is spent.`, changes: [{ op: 'set', subject: absent.name, property: 'budget_alert', value: true }], impact: 'Spending is noticed while something can be done' });
    else if (costlyServices(architecture).some((service) => isPaidByUse(architecture, service))) yield notApplicable('ML12.3 asks for the alert.');
    else yield question(system, 'budget_alert', `Who is told before the budget of ${names} is spent? Declare \`budget_alert\`, or a monitor of the variant \`cost\`.`);
  },
};

export const costIsAttributed: Criterion = {
  id: 'COST-02',
  slug: 'cost-is-attributed',
  title: 'What is spent can be told apart by model or team',
  type: 'weak',
  severity: 'low',
  sources: ['AWS ML Lens (2023) MLCOST-27', 'AWS ML Lens (2023) MLCOST-20'],
  pack: 'cost',
  why: 'A bill that nobody can divide is nobody’s: what grows is found out by guessing, and the team that could save does not know that it should.',
  remediation: 'Tag machines, services and stores with the model and the team that they are for.',
  effort: 'S',
  falsePositives: 'Accounts or projects may divide the bill: name them in `tags`, or the team in `owner`.',
  applies: (context) => {
    const reached = costsAnything(context);
    if (reached !== true) return reached;
    const { architecture } = context;
    const several = componentsOf(architecture, 'model').length > 1 || costly(architecture).some((component) => isShared(architecture, component));
    return several && costly(architecture).length > 1 ? true : 'All that costs something is for one model.';
  },
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    const parts = costly(architecture);
    const attributed = (component: Component): boolean => presenceOf(component, 'tags') === 'present' || presenceOf(component, 'owner') === 'present';
    // A service of one model, and all of a system with one team, say by themselves whose they are.
    const byItself = (component: Component): boolean => presenceOf(system, 'owner') === 'present' && !isShared(architecture, component);
    const untagged = parts.filter((component) => !attributed(component) && ((statementOf(component, 'tags') && presenceOf(component, 'tags') === 'absent') || (isComplete(component) && isShared(architecture, component))));
    if (untagged.length > 0) return yield weak(system, { message: `What ${listed(untagged.map(({ name }) => name))} cost${untagged.length === 1 ? 's' : ''} cannot be told apart: ${untagged.length === 1 ? 'it carries' : 'they carry'} no tags.`, changes: untagged.map(({ name }) => ({ op: 'set', subject: name, property: 'tags', value: [system.name] })), impact: 'Each team sees what it spends' });
    const open = parts.filter((component) => !attributed(component) && !byItself(component));
    if (open.length > 0) yield question(system, undefined, `To which model or team is the cost of ${listed(open.map(({ name }) => name))} put down? Declare \`tags\` or \`owner\` of each.`);
    else yield satisfied(system, { because: 'each part that costs something says whose it is' });
  },
};

/** Pools of several users, and services of several models. */
function isShared(architecture: Architecture, component: Component): boolean {
  if (component.kind === 'compute') return (value(component as Component<'compute'>, 'shared_by') ?? []).length > 1;
  return component.kind === 'service' && modelsOf(architecture, component as Component<'service'>).length > 1;
}
