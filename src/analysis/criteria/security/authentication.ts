import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { entrancesOf, guardAt, heldBehind, isOpenToStrangers, type Entrance } from './entrances.ts';

export const callersProveThemselves: Criterion = {
  id: 'SEC-01',
  slug: 'callers-prove-who-they-are',
  title: 'Whoever calls from outside proves who it is before anything answers',
  type: 'gap',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLSEC-12', 'MITRE ATLAS AML.M0019', 'OWASP ML (2023) ML05'],
  why: 'What answers strangers gives away what it knows, can be copied by asking often enough, and is paid for by you.',
  remediation: 'Ask for a token or key at the entrance, and refuse what has none.',
  effort: 'M',
  falsePositives: 'It may be meant for everyone: limit its rate, and accept the finding with the reason. It may be reached from inside only: declare `exposure`.',
  counts: 'at every stage',
  applies: ({ architecture }) => (entrancesOf(architecture).length === 0 ? 'Nothing is declared to be called from outside.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const open: string[] = [];
    for (const entrance of entrancesOf(architecture)) {
      const { component } = entrance;
      const guard = guardAt(architecture, entrance, 'auth');
      const planned = guard === 'open' ? plannedInstead(component, 'auth', { message: `${component.name} does not ask callers yet who they are.` }) : undefined;
      if (planned) yield planned;
      else if (guard === 'present') yield satisfied(component, { evidence: evidenceOf(statementOf(component, 'auth')) });
      else if (guard === 'absent') yield unguarded(context, entrance);
      else open.push(component.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Who can reach ${listed(open)}, and how do callers prove who they are? Declare \`exposure\` and \`auth\`.`);
  },
};

function unguarded({ architecture }: Context, entrance: Entrance): Outcome {
  const { component, reach, edges } = entrance;
  if (!isOpenToStrangers(architecture, entrance) && value(component, 'exposure') === undefined && presenceOf(component, 'auth') !== 'absent') return notApplicable(`Only own applications are declared to call ${component.name}.`, component);
  const held = heldBehind(architecture, component);
  const grave = reach === 'public' && held.length > 0;
  const whom = reach === 'public' ? 'anyone' : reach === 'partners' ? 'partners' : 'callers from outside';
  const edge = edges.find((item) => item.flow && statementOf(item.flow, 'auth')?.state === 'none');
  return gap(component, {
    at: statementOf(component, 'auth') ? 'auth' : undefined,
    span: edge && !statementOf(component, 'auth') ? edge.span : undefined,
    severity: grave ? 'critical' : reach === 'unsaid' ? 'medium' : 'high',
    critical: grave ? 'harm' : undefined,
    mitigated: !grave && presenceOf(component, 'rate_limit') === 'present',
    message: `${component.name} answers ${whom} without asking who it is${held.length > 0 ? `, and ${listed(held)} lies behind it` : ''}.`,
    path: hopsOf(edges.slice(0, 1)),
    changes: [
      { op: 'set', subject: component.name, property: 'auth', value: component.kind === 'ingestion' ? 'mtls' : 'oauth' },
      ...edges.flatMap(({ flow }) => (flow && statementOf(flow, 'auth')?.state === 'none' ? [{ op: 'set-flow' as const, from: flow.from, to: flow.to, property: 'auth', value: 'oauth' }] : [])),
    ],
    impact: 'Only those who should, call it',
  });
}
