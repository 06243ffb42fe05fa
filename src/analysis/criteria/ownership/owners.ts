import type { Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { gap, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { evidenceOf } from '../../presence.ts';
import { listed } from '../../training/in-house.ts';

/** What breaks by itself, and what others rely on: somebody has to answer for it. Who owns features is asked by ML08.6. */
const OWNED = new Set<Component['kind']>(['source', 'ingestion', 'store', 'labels', 'training', 'model', 'prompt', 'knowledge', 'agent', 'service', 'gateway', 'registry', 'pipeline', 'orchestrator', 'artefact']);

export const owners: Criterion = {
  id: 'OWN-01',
  slug: 'every-part-is-owned',
  title: 'Every part of a production system has an owner',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLOE-04', 'Rules of ML 11', 'ISO/IEC 42001 A.3.2', 'NIST AI RMF GOVERN 2.1'],
  why: 'What nobody answers for is repaired by nobody: a feature or a table without an owner goes on being read long after it stopped being right.',
  remediation: 'Name the team that answers for each part; the owner of the system stands for every part that names none.',
  effort: 'S',
  falsePositives: 'A part may belong to a platform of another team: name that team as its `owner`.',
  applies: ({ architecture }) => value(architecture.system, 'stage') === 'prototype' ? 'It is a prototype.' : true,
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    if (presenceOf(system, 'owner') === 'present') return yield satisfied(system, { because: `${String(value(system, 'owner'))} answers for all parts that name nobody else`, evidence: evidenceOf(statementOf(system, 'owner')) });
    const parts = [...architecture.components.values()].filter(({ kind }) => OWNED.has(kind));
    const [team, ...others] = componentsOf(architecture, 'team');
    // Who answers for a part is not for a tool to decide, unless there is only one team.
    const changes = (subject: string): Change[] => (team && others.length === 0 ? [{ op: 'set', subject, property: 'owner', value: team.name }] : []);
    for (const part of parts) {
      const missing = { message: `Nobody answers for ${part.name}.`, impact: 'Somebody repairs it' };
      if (presenceOf(part, 'owner') === 'absent') yield gap(part, { ...missing, at: statementOf(part, 'owner') ? 'owner' : undefined, changes: changes(part.name) });
      else {
        const planned = plannedInstead(part, 'owner', missing);
        if (planned) yield planned;
      }
    }
    const open = parts.filter((part) => ['undeclared', 'unknown'].includes(presenceOf(part, 'owner')));
    if (open.length > 0 && presenceOf(system, 'owner') === 'absent') yield gap(system, { at: 'owner', message: `Nobody answers for ${system.name}, and ${listed(open.map(({ name }) => name))} ${open.length === 1 ? 'names' : 'name'} no owner.`, changes: changes(system.name) });
    else if (open.length > 0) yield question(system, 'owner', `Who answers for ${listed(open.map(({ name }) => name))}? An \`owner\` of the system stands for all of them.`);
    else if (parts.length > 0 && parts.every((part) => presenceOf(part, 'owner') === 'present')) yield satisfied(system, { because: 'every part names its owner' });
  },
};
