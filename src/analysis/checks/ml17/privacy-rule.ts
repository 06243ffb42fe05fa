import type { Component } from '../../../model/architecture.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { PERSONAL } from '../../../model/graph/data-classes.ts';
import { taintOf, type DataClass } from '../../../model/graph/taint.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { rehearsedIn } from './rehearsals.ts';

type Environment = Component<'environment'>;

/** Kinds of data that are copied from production as they are. */
const COPIES: ReadonlySet<string> = new Set(['mirrored', 'snapshot', 'production', 'sampled']);

export const personalDataProtected: Rule = {
  id: 'ML17.5',
  slug: 'personal-data-in-staging',
  title: 'Personal data in staging is masked or as well protected as in production',
  type: 'contradiction',
  severity: 'high',
  why: 'Whoever may enter staging then reads about real people, and a leak from there is a leak like any other.',
  remediation: 'Mask the copy, or protect staging like production.',
  effort: 'M',
  falsePositives: 'The copy may hold no personal data: declare `contains [none]` on the environment, or `masked yes`.',
  *evaluate(context) {
    for (const environment of componentsOf(context.architecture, 'environment')) if (environment.variant !== 'production') yield judgePrivacy(context, environment);
  },
};

function judgePrivacy({ architecture }: Context, environment: Environment): Outcome {
  const { name } = environment;
  const data = value(environment, 'data');
  const copiesTraffic = ['shadow', 'replay'].includes(value(environment, 'traffic')?.kind ?? '');
  if (!copiesTraffic && (data === undefined || !COPIES.has(data))) return notApplicable(`No data of production is copied to ${name}.`, environment);
  const personal = personalDataOf(architecture, environment);
  if (!personal) return notApplicable(`No personal data is declared to reach what is copied to ${name}.`, environment);
  if (value(environment, 'masked') === true) return satisfied(environment, { because: 'personal data is masked' });
  if (value(environment, 'controls') === 'equal') return satisfied(environment, { because: 'it is protected like production' });
  const [masked, controls] = [presenceOf(environment, 'masked'), presenceOf(environment, 'controls')];
  const unprotected = controls === 'absent' || value(environment, 'controls') === 'weaker';
  const classes = personal.classes.join(', ');
  if (masked === 'absent' && unprotected) {
    return contradiction(environment, {
      at: ['controls', 'masked', 'data'].find((property) => property in environment.properties),
      critical: 'harm',
      message: `${name} gets ${copiesTraffic && data === undefined ? 'the traffic' : 'the data'} of production with personal data (${classes}), unmasked and less protected than there.`,
      path: hopsOf(personal.path),
      changes: [{ op: 'set', subject: name, property: 'masked', value: true }],
    });
  }
  // A shadow runs beside production unless somebody says otherwise.
  if (environment.variant === 'shadow' && masked === 'undeclared' && controls === 'undeclared') return notApplicable(`${name} is a shadow within production.`, environment);
  const [property, rest] = masked === 'absent' ? ['controls', 'as well protected as production'] : unprotected ? ['masked', 'masked'] : ['masked', 'masked, or as well protected as in production (`controls`)'];
  return { ...question(environment, property, `${name} holds a copy of personal data (${classes}): is it ${rest}?`), statedUnknown: masked === 'unknown' || controls === 'unknown' };
}

/** Personal data of the environment itself, or that reaches what is copied, with a way by which it comes. */
function personalDataOf(architecture: Context['architecture'], environment: Environment): { readonly classes: readonly DataClass[]; readonly path: readonly Edge[] } | undefined {
  const own = value(environment, 'contains');
  if (own) {
    const classes = own.filter((dataClass) => PERSONAL.has(dataClass));
    return classes.length > 0 ? { classes, path: [] } : undefined;
  }
  const found = new Map<DataClass, readonly Edge[]>();
  const copied = [...(value(environment, 'of') ?? []), ...rehearsedIn(architecture, environment).map(({ release }) => release.service.name), ...(value(environment, 'traffic')?.of ?? [])];
  for (const name of new Set(copied)) for (const [dataClass, path] of taintOf(architecture, name)) if (PERSONAL.has(dataClass) && !found.has(dataClass)) found.set(dataClass, path);
  const [first] = found.values();
  return first && { classes: [...found.keys()], path: first };
}
