import type { Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { daysBetween } from '../../deployment/age.ts';
import { isFor } from '../../deployment/runbooks.ts';
import { releasesOf, type Release } from '../../deployment/releases.ts';
import { evidenceOf } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';

export const rollbackDrilled: Rule = {
  id: 'ML19.6',
  slug: 'rollback-drilled',
  title: 'Going back to the version before was practised within half a year',
  type: 'weak',
  severity: 'medium',
  why: 'A way back that was never taken does not work on the day: rights are missing, the old version does not start, its features are gone.',
  remediation: 'Go back to the previous version once, in production at a quiet hour or in staging, and write down the day and how long it took.',
  effort: 'S',
  falsePositives: 'A real rollback counts as a drill. Declare its day as `drilled` of the rollback or the runbook.',
  *evaluate(context) {
    const { architecture } = context;
    const runbooks = componentsOf(architecture, 'runbook').filter((runbook) => value(runbook, 'covers')?.includes('rollback'));
    const seen = new Set<Component>();
    for (const release of releasesOf(architecture)) {
      const outcome = judgeDrill(context, release, runbooks.filter((runbook) => isFor(runbook, release)));
      if (!outcome.subject || seen.has(outcome.subject as Component)) continue;
      seen.add(outcome.subject as Component);
      yield outcome;
    }
  },
};

interface Drill {
  readonly component: Component;
  readonly property: string;
  readonly on: string;
}

function judgeDrill({ settings, today }: Context, { service, rollouts }: Release, runbooks: readonly Component<'runbook'>[]): Outcome {
  const returning = [...rollouts, service].filter((component) => presenceOf(component, 'rollback') === 'present');
  const drill = (component: Component, property: string, on: string | undefined): Drill[] => (on === undefined ? [] : [{ component, property, on }]);
  const drills = [
    ...returning.flatMap((component) => drill(component, 'rollback', value(component as Component<'rollout'>, 'rollback')?.drilled)),
    ...runbooks.flatMap((component) => drill(component, 'drilled', value(component, 'drilled'))),
  ];
  const last = drills.sort((a, b) => (a.on < b.on ? 1 : -1))[0];
  if (last) {
    const age = daysBetween(last.on, today);
    if (age <= settings.thresholds.staleDays) return satisfied(last.component, { because: `practised on ${last.on}`, evidence: evidenceOf(statementOf(last.component, last.property)) });
    return weak(last.component, { at: last.property, message: `Going back to the previous version of ${service.name} was last practised ${age} days ago, on ${last.on}.` });
  }
  const never = runbooks.find((runbook) => presenceOf(runbook, 'drilled') === 'absent');
  if (never) return weak(never, { at: statementOf(never, 'drilled') ? 'drilled' : undefined, message: `Going back to the previous version of ${service.name} was never practised.` });
  const subject = runbooks[0] ?? returning[0];
  // Whether there is a way back at all is asked by ML10.1.
  if (!subject) return notApplicable(`No way back to the previous version of ${service.name} is declared that could be practised.`, service);
  const property = subject.kind === 'runbook' ? 'drilled' : 'rollback';
  return { ...question(subject, property, `When was going back to the previous version of ${service.name} last practised?`), statedUnknown: subject.kind === 'runbook' && presenceOf(subject, 'drilled') === 'unknown' };
}
