import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { dutyDraft, dutyState } from '../../compliance/duties.ts';
import { beginning, certaintyOf, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { isHighRisk } from '../../compliance/risk-class.ts';
import { isMonitoringClosed } from '../../monitoring/absence.ts';
import { seesBehaviour } from '../../monitoring/signals.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const postMarketPlan: Criterion = {
  id: 'COMP-05',
  slug: 'post-market-plan-is-fed',
  title: 'A high-risk system has a plan of post-market monitoring, fed by what is watched in use',
  type: 'gap',
  severity: 'medium',
  sources: ['EU AI Act Article 72', 'NIST AI RMF MANAGE 4.1', 'ISO/IEC 42001 A.6.2.6'],
  why: 'The plan has to collect what happens in use, for as long as the system is in use. A plan that no monitor, truth or complaint reaches is a document and learns nothing.',
  remediation: 'Write the plan, and name the monitors, the truth and the incidents that it takes its facts from.',
  effort: 'M',
  falsePositives: 'The plan may belong to a product in which the system is a part: declare it as `compliance … { duty post_market_monitoring }` with its file.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: isHighRisk,
  *evaluate(context) {
    const { architecture, today } = context;
    const { system } = architecture;
    const { state, components } = dutyState(architecture, 'post_market_monitoring');
    for (const plan of components) yield judge(context, plan);
    if (state === 'absent') {
      const feeds = feedsIn(architecture);
      yield gap(system, {
        at: 'risk_class',
        message: `${system.name} is high-risk and has no plan of post-market monitoring. ${beginning(LEGAL_DATES.highRisk, today)}`,
        why: `${postMarketPlan.why} ${certaintyOf(LEGAL_DATES.highRisk)}`,
        changes: feeds.length > 0 ? [{ op: 'add-component', component: dutyDraft(architecture, 'post_market_monitoring', { fed_by: feeds }) }] : [],
      });
    } else if (state === 'open') yield question(system, undefined, `Is there a plan of post-market monitoring for ${system.name}, and what feeds it? Declare \`compliance … { duty post_market_monitoring fed_by […] }\`, or \`compliance none\`.`);
  },
};

/** Kinds that tell what happens in use. */
const TELLING: ReadonlySet<Component['kind']> = new Set(['monitor', 'labels', 'evaluation', 'incidents', 'alert', 'store', 'source', 'consumer']);

const feedsIn = (architecture: Architecture): string[] => [...componentsOf(architecture, 'monitor').filter(seesBehaviour), ...componentsOf(architecture, 'labels', 'incidents')].map(({ name }) => name);

function judge(context: Context, plan: Component<'compliance'>): Outcome {
  const { architecture } = context;
  const fed = value(plan, 'fed_by');
  const telling = (fed ?? []).flatMap((name) => architecture.components.get(name) ?? []).filter(({ kind }) => TELLING.has(kind));
  if (telling.length > 0) return satisfied(plan, { because: `${listed(telling.map(({ name }) => name))} feed it`, evidence: evidenceOf(statementOf(plan, 'fed_by')) ?? evidenceOf(statementOf(plan, 'file')) });
  const feeds = feedsIn(architecture);
  const changes = feeds.length > 0 ? [{ op: 'set' as const, subject: plan.name, property: 'fed_by', value: feeds }] : [];
  if (fed !== undefined || presenceOf(plan, 'fed_by') === 'absent') return weak(plan, { at: statementOf(plan, 'fed_by') ? 'fed_by' : undefined, message: `Nothing that is watched in use feeds ${plan.name}, the plan of post-market monitoring.`, changes });
  if (feeds.length === 0 && isMonitoringClosed(context)) return contradiction(plan, { at: 'duty', message: `${plan.name} plans to learn from use, and the file says that nothing is watched in use.`, remedy: 'Watch the answers, and name the monitor in `fed_by` of the plan.', prerequisites: ['ML13.2'] });
  return { ...question(plan, 'fed_by', `Which monitors, truth or complaints feed ${plan.name}, the plan of post-market monitoring?`), statedUnknown: presenceOf(plan, 'fed_by') === 'unknown' };
}
