import type { Architecture, Element } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type Criterion } from '../../rule.ts';

export const purposeAndKpi: Criterion = {
  id: 'OWN-06',
  slug: 'purpose-and-kpi',
  title: 'It is said what the system is for, and by which figure it is seen to help',
  type: 'gap',
  severity: 'low',
  sources: ['AWS ML Lens (2023) MLPER-01', 'NIST AI RMF MAP 1.3', 'ML Test Score Model 2'],
  why: 'A model can become better by its own metrics for a year and change nothing that anybody wanted. Without the figure nobody sees it, and nobody can say when it is no longer worth its cost.',
  remediation: 'Write one sentence on what it is for and for whom, and name the figure of the business that it moves.',
  effort: 'S',
  falsePositives: 'A comment above the system counts as its purpose; the metric of an experiment, a `business_metric` or a monitor of the business counts as the figure.',
  pack: 'ownership',
  applies: ({ architecture }) => (value(architecture.system, 'stage') === 'prototype' ? 'It is a prototype.' : componentsOf(architecture, 'model', 'agent', 'service').length > 0 || 'No model, agent or service is declared.'),
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    const purpose = presenceOf(system, 'purpose') === 'present' ? system : presenceOf(system, 'purpose') === 'undeclared' && system.doc !== undefined ? system : undefined;
    const kpi = figureOf(architecture);
    const absent = (['purpose', 'kpi'] as const).filter((property) => (property === 'kpi' ? !kpi : !purpose) && presenceOf(system, property) === 'absent');
    const [first] = absent;
    if (first !== undefined) {
      const lacking = { purpose: 'what it is for', kpi: 'by which figure the business sees that it helps' };
      return yield gap(system, { at: first, message: `Nobody has said of ${system.name} ${absent.map((property) => lacking[property]).join(' and ')}.` });
    }
    if (purpose && kpi) return yield satisfied(system, { because: kpi.because, evidence: evidenceOf(statementOf(system, 'kpi')) });
    const open = [...(purpose ? [] : ['purpose']), ...(kpi ? [] : ['kpi'])];
    yield { ...question(system, open[0], `${purpose ? '' : `What is ${system.name} for, and for whom? `}${kpi ? '' : `By which figure does the business see that ${system.name} helps? `}Declare ${open.map((name) => `\`${name}\``).join(' and ')}.`), statedUnknown: open.some((property) => presenceOf(system, property) === 'unknown') };
  },
};

function figureOf(architecture: Architecture): { readonly element: Element; readonly because: string } | undefined {
  const { system } = architecture;
  if (presenceOf(system, 'kpi') === 'present') return { element: system, because: `it is judged by ${String(value(system, 'kpi'))}` };
  const experiment = componentsOf(architecture, 'experiment').find((item) => value(item, 'metric') !== undefined);
  if (experiment) return { element: experiment, because: `${experiment.name} decides by ${String(value(experiment, 'metric'))}` };
  const evaluation = componentsOf(architecture, 'evaluation').find((item) => value(item, 'business_metric') !== undefined);
  if (evaluation) return { element: evaluation, because: `${evaluation.name} looks at ${String(value(evaluation, 'business_metric'))}` };
  const monitor = componentsOf(architecture, 'monitor').find(({ variant }) => variant === 'business');
  return monitor && { element: monitor, because: `${monitor.name} watches the business` };
}
