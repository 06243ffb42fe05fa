import { among, PROTECTED } from '../../../model/graph/data-classes.ts';
import { holdersOf } from '../../../model/graph/data-reach.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { dutiesOf } from './policies.ts';

export const accessAudited: Criterion = {
  id: 'DG-11',
  slug: 'access-is-audited',
  title: 'Who reads data about people, or secrets, leaves a trace',
  type: 'gap',
  severity: 'medium',
  failureMode: 'security',
  sources: ['AWS ML Lens (2023) MLSEC-13', 'ISO/IEC 42001 A.6.2.8', 'MITRE ATLAS AML.M0024'],
  why: 'Without a log of access a theft is not noticed, and afterwards nobody can say what was read and who must be told.',
  remediation: 'Log every access of people and programs to the store, where those who are logged cannot change it.',
  effort: 'S',
  falsePositives: 'The platform may log access for all its stores: declare `audit_log yes`, or an `access` that covers them with `audit_log yes`.',
  pack: 'governance',
  counts: 'at every stage',
  applies: () => true,
  *evaluate({ architecture }) {
    const holders = holdersOf(architecture).filter(({ component, classes }) => component.kind === 'store' && among(classes.keys(), PROTECTED).length > 0);
    if (holders.length === 0) return yield notApplicable('No store is declared to hold data about people, or secrets.');
    const covering = [...componentsOf(architecture, 'access').filter((access) => value(access, 'audit_log') === true), ...dutiesOf(architecture, 'audit')];
    const open: string[] = [];
    for (const { component, classes } of holders) {
      const by = covering.find((item) => value(item, 'covers')?.includes(component.name) ?? true);
      const presence = presenceOf(component, 'audit_log');
      const sensitive = among(classes.keys(), PROTECTED);
      if (presence === 'present' || by) yield satisfied(component, { evidence: evidenceOf(statementOf(component, 'audit_log')), because: by && `${by.name} covers ${component.name}` });
      else if (presence === 'absent') {
        yield gap(component, {
          at: statementOf(component, 'audit_log') ? 'audit_log' : undefined,
          message: `${component.name} holds ${listed(sensitive)}, and nobody could say who read it.`,
          path: hopsOf(classes.get(sensitive[0] ?? 'pii') ?? []),
          changes: [{ op: 'set', subject: component.name, property: 'audit_log', value: true }],
          impact: 'A theft is noticed and can be measured',
        });
      } else if (presence === 'planned') yield plannedInstead(component, 'audit_log', { message: `Nobody could say yet who read ${component.name}.` }) ?? notApplicable('It is planned.', component);
      else if (presence !== 'not-applicable') open.push(component.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Is access to ${listed(open)} logged? Declare \`audit_log\`.`);
  },
};
