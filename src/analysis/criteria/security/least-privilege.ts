import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { among, PROTECTED } from '../../../model/graph/data-classes.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

/** What agents and pipelines may do is looked at by criteria of their own. */
const APART: ReadonlySet<string> = new Set(['agent', 'tool', 'pipeline']);

export const rightsAreNarrow: Criterion = {
  id: 'SEC-02',
  slug: 'rights-are-narrow-and-separate',
  title: 'Each part runs under its own identity, with the rights that it needs',
  type: 'weak',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLSEC-03', 'AWS Generative AI Lens GENSEC01-BP01', 'ISO/IEC 42001 A.4.2', 'MITRE ATLAS AML.M0005'],
  why: 'A fault or a break-in reaches as far as the rights of the part in which it happens: with one role for all, everywhere.',
  remediation: 'Give training and serving roles of their own, and list in each what it may read and write.',
  effort: 'M',
  falsePositives: 'The wide role may be limited by conditions elsewhere: declare the rights that are left with `permissions`.',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'training', 'service', 'store', 'access').length === 0 ? 'No part that runs is declared.' : true),
  *evaluate({ architecture }) {
    const wide = [...architecture.components.values()].filter((component) => !APART.has(component.kind) && !isForPipelines(architecture, component) && ['wildcard', 'broad'].includes(value(component, 'permissions') ?? ''));
    for (const component of wide) yield tooWide(architecture, component);
    const shared = [...sharedIdentities(architecture)];
    yield* shared;
    if (wide.length > 0 || shared.length > 0) return;
    const accesses = componentsOf(architecture, 'access');
    const narrow = [...architecture.components.values()].find((component) => value(component, 'permissions') === 'least_privilege');
    const [trainings, services] = runners(architecture);
    const apart = accesses.some((access) => value(access, 'separation') === true) || (trainings.length > 0 && services.length > 0 && [...trainings, ...services].every((component) => value(component, 'identity') !== undefined)) || trainings.length === 0 || services.length === 0;
    if (narrow && apart) yield satisfied(narrow, { evidence: evidenceOf(statementOf(narrow, 'permissions')) });
    else if (trainings.length + services.length === 0) yield notApplicable('Nothing that runs is declared.');
    else yield question(architecture.system, undefined, `Under which identities ${trainings.length + services.length === 1 ? 'does' : 'do'} ${listed([...trainings, ...services].map(({ name }) => name))} run, with only the rights that are needed? Declare \`identity\` and \`permissions\`, or an \`access\` with \`separation\`.`);
  },
};

/** An access that covers pipelines only is about delivery. */
function isForPipelines(architecture: Architecture, component: Component): boolean {
  const covers = component.kind === 'access' ? (value(component as Component<'access'>, 'covers') ?? []) : [];
  return covers.length > 0 && covers.every((name) => APART.has(architecture.components.get(name)?.kind ?? ''));
}

function tooWide(architecture: Architecture, component: Component): Outcome {
  const all = value(component, 'permissions') === 'wildcard';
  const reached = component.kind === 'access' ? (value(component as Component<'access'>, 'covers') ?? []) : [component.name];
  const held = [...new Set(reached.flatMap((name) => among(taintOf(architecture, name).keys(), PROTECTED)))];
  const changes: Change[] = [{ op: 'set', subject: component.name, property: 'permissions', value: 'least_privilege' }];
  return weak(component, {
    about: 'permissions',
    at: 'permissions',
    severity: all ? 'high' : 'medium',
    message: `${component.name} may do ${all ? 'everything' : 'more than it needs'}${component.kind === 'access' && reached.length > 0 ? ` on ${listed(reached)}` : ''}${held.length > 0 ? `, where ${listed(held)} ${held.length === 1 ? 'is' : 'are'}` : ''}.`,
    changes,
    impact: 'A break-in stays where it happens',
  });
}

const runners = (architecture: Architecture): [Component<'training'>[], Component<'service'>[]] => [componentsOf(architecture, 'training'), componentsOf(architecture, 'service').filter(({ variant }) => variant !== 'llm_api' && variant !== 'edge')];

/** Trainings and services of one identity, or of which an access says that they are not kept apart. */
function* sharedIdentities(architecture: Architecture): Iterable<Outcome> {
  const [trainings, services] = runners(architecture);
  for (const training of trainings) {
    const identity = value(training, 'identity');
    const service = identity === undefined ? undefined : services.find((item) => value(item, 'identity') === identity && value(item, 'same_job_as') !== training.name);
    if (service) yield weak(training, { about: 'identity', at: 'identity', message: `${training.name} and ${service.name} run as ${identity}: whoever gets into the one that is exposed can change what is learned.`, changes: [{ op: 'set', subject: training.name, property: 'identity', value: `${identity}-training` }] });
  }
  for (const access of componentsOf(architecture, 'access')) {
    if (statementOf(access, 'separation') && presenceOf(access, 'separation') === 'absent') yield gap(access, { about: 'separation', at: 'separation', message: `By ${access.name} training and serving share an identity.`, changes: [{ op: 'set', subject: access.name, property: 'separation', value: true }] });
  }
}
