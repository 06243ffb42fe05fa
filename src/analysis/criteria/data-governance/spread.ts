import type { Architecture, Change, Component, Flow } from '../../../model/architecture.ts';
import { among, PERSONAL, type DataClass } from '../../../model/graph/data-classes.ts';
import { placesOf, type Place, type PlaceSort } from '../../../model/graph/data-reach.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { vendorTerms } from '../language-models/provider.ts';
import { namedBy } from '../said-by.ts';

/** Words in a key by which anyone who reads a log or a cache knows who it is about. */
const IDENTIFYING = /(^|_)(ssn|dob|birth|birthdate|birthday|email|mail|phone|msisdn|passport|iban|surname|full_name|tax_id|national_id)(_|$)/;

const WHAT: Readonly<Record<PlaceSort, string>> = { log: 'a log', prompt: 'a prompt', vendor: 'a vendor', staging: 'staging', analytics: 'analytics' };

/** Classes for which no ground exists: nobody needs a secret in a log or at a vendor. */
const NEVER: ReadonlySet<DataClass> = new Set(['credentials'] as const);

export const personalDataContained: Criterion = {
  id: 'DG-04',
  slug: 'personal-data-does-not-spread',
  title: 'Personal data reaches logs, prompts, vendors and analytics only masked or on a ground',
  type: 'gap',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLSEC-05', 'OWASP LLM (2025) LLM02', 'MITRE ATLAS AML.M0012', 'GDPR Article 6'],
  why: 'Each copy in a log, a prompt or at a vendor is read by other people under other rules, and cannot be called back.',
  remediation: 'Mask what is about people before it gets there, or say on what ground it may be there.',
  effort: 'M',
  falsePositives: 'Something on the way may mask it already: declare `masks` of the flow. It may be allowed: declare `basis` of the flow or of what it reaches.',
  counts: 'at every stage',
  applies: () => true,
  *evaluate(context) {
    const { architecture } = context;
    const settled = namedBy(context, vendorTerms);
    const open: Place[] = [];
    let known = 0;
    // Copies for staging are judged by ML17.5.
    const places = placesOf(architecture).filter(({ sort }) => sort !== 'staging');
    for (const place of places) {
      const secrets = among(place.classes.keys(), NEVER);
      const personal = among(place.classes.keys(), PERSONAL);
      if (secrets.length > 0 && place.component.kind !== 'prompt') yield spread(place, secrets, 'no ground allows that');
      if (personal.length === 0) continue;
      const outcome = judge(architecture, place, personal);
      if (outcome === 'open' && place.sort === 'vendor' && settled.has(place.component.name)) yield notApplicable(`What ${place.component.name} may do with personal data is judged by LLM-09.`, place.component);
      else if (outcome === 'open') open.push(place);
      else yield outcome;
      known += 1;
    }
    yield* identifyingKeys(architecture);
    if (open.length > 0) yield ask(architecture, open);
    else if (known === 0) yield notApplicable('No personal data is declared to reach a log, a prompt, a vendor or analytics.');
  },
};

function judge(architecture: Architecture, place: Place, personal: readonly DataClass[]): Outcome | 'open' {
  const { component, entries, sort } = place;
  const promised = componentsOf(architecture, 'compliance').find((duty) => personal.some((name) => value(duty, 'masks')?.includes(name)) && (value(duty, 'covers') ?? [component.name]).includes(component.name));
  if (promised) {
    const classes = personal.filter((name) => value(promised, 'masks')?.includes(name));
    return contradiction(component, { ...details(place, classes, `${promised.name} says that it is masked`), at: undefined });
  }
  const ground = value(component, 'basis') ?? entries.map((edge) => edge.flow && value(edge.flow, 'basis')).find((basis) => basis !== undefined);
  if (ground !== undefined) return satisfied(component, { because: `personal data is in ${component.name} by ${ground.replaceAll('_', ' ')}` });
  const denied = presenceOf(component, 'basis') === 'absent' || entries.some((edge) => edge.flow && statementOf(edge.flow, 'basis')?.state === 'none');
  const unmasked = entries.some((edge) => edge.flow && masksNothing(edge.flow));
  if (denied || unmasked) return spread(place, personal, denied ? 'on no ground' : 'and no ground for that is declared');
  // A log that is kept with care is meant to hold what it holds.
  if (sort === 'log' && isCared(component as Component<'store'>)) return satisfied(component, { because: `${component.name} forgets people and is guarded` });
  const sent = personal.filter((name) => entries.some((edge) => edge.flow && value(edge.flow, 'contains')?.includes(name)));
  if (sort === 'vendor' && sent.length > 0) return weak(component, details(place, sent, 'and no ground for that is declared'));
  return 'open';
}

/** The file says that nothing is masked on it. */
const masksNothing = (flow: Flow): boolean => statementOf(flow, 'masks')?.state === 'none' || (value(flow, 'masks')?.every((name) => name === 'none') ?? false);

const isCared = (store: Component<'store'>): boolean =>
  [value(store, 'deletion') === true, value(store, 'retention') !== undefined, value(store, 'audit_log') === true, value(store, 'encrypted')?.includes('at_rest'), value(store, 'permissions') === 'least_privilege'].filter(Boolean).length >= 3;

const spread = (place: Place, classes: readonly DataClass[], reason: string): Outcome => gap(place.component, details(place, classes, reason));

function details(place: Place, classes: readonly DataClass[], reason: string): FindingDetails {
  const { component, sort, entries } = place;
  const path = place.classes.get(classes[0] as DataClass) ?? [];
  const origin = path[0]?.from;
  const changes = maskingAt(place, classes);
  return {
    at: statementOf(component, 'basis') ? 'basis' : undefined,
    about: classes.some((name) => NEVER.has(name)) ? 'secrets' : undefined,
    span: path.at(-1)?.flow?.span && !statementOf(component, 'basis') && entries.includes(path.at(-1) as Edge) ? path.at(-1)?.span : undefined,
    message: `${listed(classes)}${origin === undefined || origin === component.name ? '' : ` of ${origin}`} ${classes.length === 1 ? 'reaches' : 'reach'} ${component.name}, ${WHAT[sort]}, unmasked, ${reason}.`,
    path: hopsOf(path),
    changes,
    impact: 'Personal data stays where it is needed',
  };
}

/** Masks on every flow into the place, where all that comes in does so by flows. */
function maskingAt({ component, entries, classes: reaching }: Place, classes: readonly DataClass[]): Change[] {
  const flows = entries.flatMap((edge) => edge.flow ?? []);
  const own = value(component, 'contains');
  if (flows.length === 0 || [...reaching.values()].some((path) => path.length > 0 && !path.at(-1)?.flow)) return [];
  const kept = own?.filter((name) => !classes.includes(name));
  return [
    ...flows.map((flow): Change => ({ op: 'set-flow', from: flow.from, to: flow.to, property: 'masks', value: [...new Set([...(value(flow, 'masks') ?? []), ...classes])].filter((name) => name !== 'none') })),
    ...(kept && own && kept.length < own.length ? [{ op: 'set' as const, subject: component.name, property: 'contains', value: kept.length > 0 ? kept : ['none'] }] : []),
  ];
}

function ask(architecture: Architecture, open: readonly Place[]): Outcome {
  const classes = [...new Set(open.flatMap((place) => among(place.classes.keys(), PERSONAL)))];
  const where = listed(open.map(({ component, sort }) => `${component.name} (${WHAT[sort].replace(/^an? /, '')})`), 4);
  return question(architecture.system, undefined, `Is personal data (${listed(classes, 4)}) masked before it reaches ${where}, or on what ground is it there? Declare \`masks\` of the flow, or \`basis\`.`);
}

/** A key that names a person stands in every log, cache and trace that names the entry. */
function* identifyingKeys(architecture: Architecture): Iterable<Outcome> {
  const seen = new Set<string>();
  for (const component of componentsOf(architecture, 'features', 'store')) {
    const keys = component.kind === 'features' ? (value(component as Component<'features'>, 'entity') ?? []) : (value(component as Component<'store'>, 'key') ?? '').split(/[\s,;]+/);
    const key = keys.find((word) => IDENTIFYING.test(word.toLowerCase()));
    if (key === undefined || seen.has(key)) continue;
    seen.add(key);
    yield weak(component, {
      about: 'key',
      at: component.kind === 'features' ? 'entity' : 'key',
      severity: 'medium',
      message: `${component.name} is keyed by ${key}, which says by itself who it is about: it stands in every log, cache and trace that names an entry.`,
      remedy: 'Key by a pseudonym that is made of it with a secret, and keep the table between the two apart.',
      impact: 'A leaked log names nobody',
    });
  }
}
