import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf, judgePresence } from '../../presence.ts';
import { notApplicable, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { costlyServices, costMonitors } from '../../serving/cost.ts';
import { formatQuantity } from '../../format.ts';
import type { Service } from '../../serving/services.ts';
import { standingOf } from '../../severity.ts';

export const unitCostIsKnown: Rule = {
  id: 'ML12.1',
  slug: 'unit-cost-is-known',
  title: 'What one prediction costs is measured',
  type: 'gap',
  severity: 'medium',
  why: 'A bill says what was spent, not what a prediction costs; without that a price cannot be set and a leak is not seen.',
  remediation: 'Tag what serving uses, divide its cost by the number of answers, and watch the result over time.',
  effort: 'S',
  falsePositives: 'It is measured per session or customer: declare `tracks_cost yes` with where.',
  *evaluate({ architecture }: Context) {
    if (standingOf(architecture).stage !== 'production') return yield notApplicable('The system is not in production.');
    for (const service of costlyServices(architecture)) yield judge(architecture, service);
  },
};

function judge(architecture: Context['architecture'], service: Service): Outcome {
  const cost = value(service, 'unit_cost');
  if (cost) return satisfied(service, { because: `${formatQuantity(cost)}`, evidence: evidenceOf(statementOf(service, 'unit_cost')) });
  const [monitor] = costMonitors(architecture, service.name);
  if (presenceOf(service, 'tracks_cost') !== 'present' && monitor) return satisfied(service, { because: `${monitor.name} watches it` });
  return judgePresence(service, 'tracks_cost', {
    ask: `Is it measured what one answer of ${service.name} costs? Declare \`unit_cost\`, or \`tracks_cost\`.`,
    missing: {
      message: `Nobody measures what one answer of ${service.name} costs.`,
      changes: [{ op: 'set', subject: service.name, property: 'tracks_cost', value: true }],
      impact: 'Prices and savings that rest on figures',
    },
  });
}
