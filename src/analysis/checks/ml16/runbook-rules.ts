import type { Architecture, Component } from '../../../model/architecture.ts';
import { reaches } from '../../../model/graph/alerts.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { isKindUnknown, noneExists } from '../../monitoring/absence.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { behaviourAlerts } from '../../monitoring/ends.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { reachesPeople } from './route-rules.ts';

export const runbookLinked: Rule = {
  id: 'ML16.3',
  slug: 'runbook-linked',
  title: 'An alert of the model names the runbook that says what to do, and the runbook exists',
  type: 'gap',
  severity: 'medium',
  why: 'Whoever is called at night did not train the model. Without steps the only choice is to wait for who did.',
  remediation: 'Write one page for each alert: how to see whether it is data, model or service, and what to do in each case.',
  effort: 'S',
  falsePositives: 'The link may stand in the alert itself. Declare `runbook` on the alert.',
  *evaluate({ architecture }) {
    const broken = new Set<string>();
    for (const alert of behaviourAlerts(architecture)) yield* judgeRunbook(architecture, alert, broken);
  },
};

function* judgeRunbook(architecture: Architecture, alert: Component<'alert'>, broken: Set<string>): Iterable<Outcome> {
  const reach = reaches(architecture, alert);
  const [runbook] = reach.runbooks;
  if (runbook) return yield judgeFiles(alert, reach.runbooks, broken);
  if (reach.automations.length > 0 && !reachesPeople(architecture, alert)) {
    return yield notApplicable(`${alert.name} calls nobody; it starts ${reach.automations.map((component) => component.name).join(', ')}.`, alert);
  }
  const stated = statementOf(alert, 'runbook');
  const missing = (): FindingDetails => ({ at: stated ? 'runbook' : undefined, message: `${alert.name} names no runbook: whoever it reaches must find out alone what to do.`, ...remedy(architecture, alert) });
  if (stated?.state === 'planned') return yield weak(alert, { ...missing(), message: `${missing().message} One is planned by ${stated.by}.` });
  if (presenceOf(alert, 'runbook') === 'absent' || noneExists(architecture, 'runbook')) return yield gap(alert, missing());
  yield { ...question(alert, 'runbook', `Which runbook says what to do when ${alert.name} fires?`), statedUnknown: presenceOf(alert, 'runbook') === 'unknown' || isKindUnknown(architecture, 'runbook') };
}

function judgeFiles(alert: Component<'alert'>, runbooks: readonly Component<'runbook'>[], broken: Set<string>): Outcome {
  const linked = runbooks.flatMap((runbook) => evidenceOf(statementOf(runbook, 'file')) ?? []);
  const named = evidenceOf(statementOf(alert, 'runbook')) ?? [];
  const lost = runbooks.find((runbook) => evidenceOf(statementOf(runbook, 'file'))?.some((item) => item.status === 'missing'));
  if (lost && !broken.has(lost.name)) {
    broken.add(lost.name);
    return contradiction(lost, { at: 'file', message: `${alert.name} sends people to ${lost.name}, but ${value(lost, 'file') ?? 'its file'} does not exist.`, remedy: 'Write the file, or correct its path.' });
  }
  const gone = named.find((item) => item.status === 'missing');
  if (gone) return contradiction(alert, { at: 'runbook', message: `${alert.name} sends people to ${gone.target}, which does not exist.`, remedy: 'Write the file, or correct its path.' });
  return satisfied(alert, { evidence: [...linked, ...named], because: runbooks.map((runbook) => runbook.name).join(', ') });
}

function remedy(architecture: Architecture, alert: Component<'alert'>): Pick<FindingDetails, 'changes'> {
  const existing = componentsOf(architecture, 'runbook')[0]?.name;
  const link = (name: string) => ({ op: 'set' as const, subject: alert.name, property: 'runbook', value: [name] });
  if (existing !== undefined) return { changes: [link(existing)] };
  const name = freeName(architecture, `${alert.name}Runbook`);
  const covers = ['data_quality', 'drift', 'model_degradation', 'serving_failure', 'rollback'];
  return { changes: [{ op: 'add-component', component: { kind: 'runbook', name, properties: { covers } } }, link(name)] };
}
