import type { Architecture } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { daysBetween } from '../../deployment/age.ts';
import { evidenceOf } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const descriptionFresh: Criterion = {
  id: 'OWN-08',
  slug: 'description-is-fresh',
  title: 'This description was compared with what runs since that last changed, and within half a year',
  type: 'weak',
  severity: 'low',
  sources: ['NIST AI RMF GOVERN 1.6', 'ISO/IEC 42001 A.6.2.7'],
  why: 'A review of a system that no longer exists finds what was repaired and misses what was built since.',
  remediation: 'Walk through the file with the team, correct what has changed, and write down the day as `reviewed`.',
  effort: 'S',
  falsePositives: 'A deployment that changes no part of the architecture needs no new look: leave `deployed` out where it is only the last release of the same.',
  pack: 'ownership',
  applies: ({ architecture }) => (value(architecture.system, 'stage') === 'prototype' ? 'It is a prototype.' : true),
  *evaluate({ architecture, settings, today }: Context) {
    const { system } = architecture;
    const stated = statementOf(system, 'reviewed');
    const reviewed = value(system, 'reviewed');
    if (stated?.state === 'not-applicable') return yield notApplicable(stated.because, system);
    const later = changesAfter(architecture, reviewed);
    if (reviewed === undefined) {
      if (presenceOf(system, 'reviewed') === 'absent') return yield weak(system, { at: 'reviewed', message: `Nobody has compared this description of ${system.name} with what runs.` });
      return yield { ...question(system, 'reviewed', `When was this description of ${system.name} last compared with what runs?`), statedUnknown: stated?.state === 'unknown' };
    }
    const age = daysBetween(reviewed, today);
    if (later.length > 0) yield weak(system, { at: 'reviewed', message: `This description was last compared with what runs on ${reviewed}; since then ${listed(later)}.` });
    else if (age > settings.thresholds.staleDays) yield weak(system, { at: 'reviewed', message: `This description was last compared with what runs ${age} days ago, on ${reviewed}.` });
    else yield satisfied(system, { because: `compared with what runs on ${reviewed}`, evidence: evidenceOf(stated) });
  },
};

/** What the file says happened after a day. */
function changesAfter(architecture: Architecture, day: string | undefined): string[] {
  if (day === undefined) return [];
  const changed = value(architecture.system, 'changed');
  const deployed = componentsOf(architecture, 'service').flatMap((service) => {
    const on = value(service, 'deployed');
    return on !== undefined && on > day ? [`${service.name} was deployed on ${on}`] : [];
  });
  return [...(changed !== undefined && changed > day ? [`the architecture changed on ${changed}`] : []), ...deployed];
}
