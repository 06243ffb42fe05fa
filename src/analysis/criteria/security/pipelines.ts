import type { Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

type Pipeline = Component<'pipeline'>;

export const pipelinesHardened: Criterion = {
  id: 'SEC-08',
  slug: 'pipelines-are-hardened',
  title: 'Pipelines have few rights, pinned building blocks and locked packages',
  type: 'weak',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLOE-13', 'OWASP ML (2023) ML06', 'MITRE ATLAS AML.M0016', 'NIST AI RMF GOVERN 6.1'],
  why: 'Whoever gets into the pipeline gets into production: by a poisoned cache, an action whose tag was moved, or a package of the same name in a public index.',
  remediation: 'Give the token of the pipeline read access, pin actions by commit, and install only what a lock file with hashes names.',
  effort: 'S',
  falsePositives: 'The rights may be limited for each job: declare `ci_permissions write_limited`.',
  pack: 'security',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'pipeline').length > 0 || componentsOf(architecture, 'access').some((access) => statementOf(access, 'ci_permissions')) ? true : 'No pipeline is declared.'),
  *evaluate({ architecture }) {
    const accesses = componentsOf(architecture, 'access').filter((access) => statementOf(access, 'ci_permissions'));
    for (const access of accesses) {
      const covered = value(access, 'covers') ?? [];
      if (value(access, 'ci_permissions') === 'write_all') {
        yield weak(access, { at: 'ci_permissions', message: `${covered.length > 0 ? listed(covered) : 'The pipeline'} may write everywhere: one poisoned step can change the code, the releases and itself.`, changes: [{ op: 'set', subject: access.name, property: 'ci_permissions', value: 'write_limited' }], impact: 'A poisoned step stays a step' });
      }
    }
    const open: string[] = [];
    for (const pipeline of componentsOf(architecture, 'pipeline')) {
      const faults = [...faultsOf(pipeline)];
      yield* faults;
      if (faults.length > 0) continue;
      const limited = accesses.some((access) => value(access, 'covers')?.includes(pipeline.name) ?? true) || value(pipeline, 'permissions') !== undefined;
      if (presenceOf(pipeline, 'pinned_actions') === 'present' && (limited || value(pipeline, 'dependencies') !== undefined)) yield satisfied(pipeline, { because: `${pipeline.name} is made of pinned parts` });
      else open.push(pipeline.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `May ${listed(open)} write only where needed, and are actions and packages pinned? Declare \`pinned_actions\`, \`dependencies\`, and \`ci_permissions\` of an \`access\`.`);
  },
};

function* faultsOf(pipeline: Pipeline): Iterable<Outcome> {
  const { name } = pipeline;
  if (value(pipeline, 'permissions') === 'wildcard') yield weak(pipeline, { about: 'permissions', at: 'permissions', message: `${name} may do everything: one poisoned step can change whatever is in production.`, changes: [{ op: 'set', subject: name, property: 'permissions', value: 'least_privilege' }], impact: 'A poisoned step stays a step' });
  if (presenceOf(pipeline, 'pinned_actions') === 'absent') yield weak(pipeline, { about: 'pinned_actions', at: statementOf(pipeline, 'pinned_actions') ? 'pinned_actions' : undefined, message: `The building blocks of ${name} are named by tags that others can move.`, changes: [{ op: 'set', subject: name, property: 'pinned_actions', value: true }], impact: 'What was looked at is what runs' });
  const dependencies = value(pipeline, 'dependencies');
  if (dependencies === 'mixed_indexes' || dependencies === 'unpinned') {
    const message = dependencies === 'mixed_indexes' ? `${name} installs from a public and an own index without hashes: a public package of the same name wins.` : `${name} installs whatever versions of packages are newest.`;
    yield weak(pipeline, { about: 'dependencies', at: 'dependencies', severity: dependencies === 'mixed_indexes' ? undefined : 'low', message, changes: [{ op: 'set', subject: name, property: 'dependencies', value: 'locked_by_hash' }], impact: 'Only known packages are installed' });
  }
}
