import type { Architecture, Component } from '../../../model/architecture.ts';
import { among, PROTECTED } from '../../../model/graph/data-classes.ts';
import { classesOn, holdersOf } from '../../../model/graph/data-reach.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const protectedDataEncrypted: Criterion = {
  id: 'SEC-03',
  slug: 'protected-data-is-encrypted',
  title: 'Data about people, and secrets, are encrypted where they lie and on their way',
  type: 'gap',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLSEC-02', 'MITRE ATLAS AML.M0012', 'GDPR Article 32'],
  why: 'A disk, a backup or a line that somebody else gets hold of is then readable as it is, and everyone in it must be told.',
  remediation: 'Turn on encryption at rest with keys of your own, and allow only encrypted connections.',
  effort: 'S',
  falsePositives: 'The platform may encrypt by default: declare `encrypted [at_rest, in_transit]`.',
  counts: 'at every stage',
  applies: () => true,
  *evaluate({ architecture }) {
    const lying: string[] = [];
    const moving: string[] = [];
    let judged = 0;
    for (const { component, classes } of holdersOf(architecture)) {
      const held = among(classes.keys(), PROTECTED);
      const [first] = held;
      if (first === undefined || component.kind === 'dataset') continue;
      judged += 1;
      const rest = restOf(component);
      if (rest === 'present') yield satisfied(component, { evidence: evidenceOf(statementOf(component, 'encrypted')) });
      else if (rest === 'open') {
        const planned = plannedInstead(component, 'encrypted', { message: `${component.name} holds ${listed(held)} and is not encrypted yet.` });
        if (planned) yield planned;
        else lying.push(component.name);
      } else {
        yield gap(component, {
          at: statementOf(component, 'encrypted') ? 'encrypted' : undefined,
          message: `${component.name} holds ${listed(held)} and is not encrypted at rest.`,
          path: hopsOf(classes.get(first) ?? []),
          changes: [{ op: 'set', subject: component.name, property: 'encrypted', value: [...new Set([...(value(component, 'encrypted') ?? []), 'at_rest'])] }],
          impact: 'What is stolen cannot be read',
        });
      }
    }
    for (const edge of edgesOf(architecture).edges) {
      const carried = edge.flow && isInQuestion(architecture, edge) ? among(classesOn(architecture, edge).keys(), PROTECTED) : [];
      if (!edge.flow || carried.length === 0) continue;
      judged += 1;
      const state = presenceOf(edge.flow, 'encrypted');
      if (state === 'present') yield satisfied(edge.flow, { evidence: evidenceOf(statementOf(edge.flow, 'encrypted')) });
      else if (state === 'absent') yield gap(edge.flow, { at: 'encrypted', message: `${listed(carried)} ${carried.length === 1 ? 'goes' : 'go'} from ${edge.from} to ${edge.to} in the clear.`, path: hopsOf([edge]), changes: [{ op: 'set-flow', from: edge.from, to: edge.to, property: 'encrypted', value: true }], impact: 'What is overheard cannot be read' });
      else moving.push(`${edge.from} -> ${edge.to}`);
    }
    const what = [...(lying.length > 0 ? [`at rest in ${listed(lying)}`] : []), ...(moving.length > 0 ? [`on the way ${listed(moving, 2)}`] : [])];
    if (what.length > 0) yield question(architecture.system, undefined, `Is data about people, or secret, encrypted ${what.join(' and ')}? Declare \`encrypted\`.`);
    else if (judged === 0) yield notApplicable('No data about people, and no secret, is declared to be stored or sent.');
  },
};

/** A list that leaves out `at_rest` says that it is not. */
function restOf(store: Component<'store' | 'dataset'>): 'present' | 'absent' | 'open' {
  const declared = value(store, 'encrypted');
  if (declared) return declared.includes('at_rest') ? 'present' : 'absent';
  const presence = presenceOf(store, 'encrypted');
  return presence === 'absent' ? 'absent' : presence === 'not-applicable' ? 'present' : 'open';
}

/** A flow of which something is said, or that leaves a boundary; not one into something that only takes encrypted connections. */
function isInQuestion(architecture: Architecture, { flow, from, to }: Edge): boolean {
  if (!flow) return false;
  if (statementOf(flow, 'encrypted')) return true;
  const ends = [from, to].flatMap((name) => architecture.components.get(name) ?? []);
  return value(flow, 'crosses') !== undefined && !ends.some((end) => value(end, 'encrypted')?.includes('in_transit'));
}
