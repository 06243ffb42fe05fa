import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { implementationsOf, sharesImplementation } from '../../../model/graph/implementations.ts';
import { quantityOf, type Quantity } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { fastAggregates, onlineStoresOf } from '../../data/feature-stores.ts';
import type { FeatureGroup } from '../../data/feature-use.ts';
import { valueAge } from '../../data/value-age.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

export const aggregatesReadable: Rule = {
  id: 'ML08.2',
  slug: 'aggregates-readable-in-time',
  title: 'Features over history can be read within the promise of the service',
  type: 'contradiction',
  severity: 'high',
  why: 'Totals over days cannot be computed from raw history while a caller waits less than a second: the promise breaks, or the feature is left out.',
  remediation: 'Keep the values in a store that answers in milliseconds, or define how they are computed on demand from a small state.',
  effort: 'M',
  falsePositives: 'The values may come with the request, or another system may answer quickly. Name it with `online`, or make the group `: on_demand`.',
  *evaluate({ architecture }) {
    const seen = new Set<string>();
    const needed = fastAggregates(architecture);
    if (needed.length === 0) yield notApplicable('No service with a promise below a second is asked with values over history.');
    for (const { group, use, service, promise } of needed) {
      if (seen.has(group.name)) continue;
      seen.add(group.name);
      const stores = onlineStoresOf(architecture, group);
      const path = use.wayToService(group.name);
      const lookup = path.some((edge) => edge.flow?.properties.lookup?.state === 'present');
      if (group.variant === 'on_demand') yield satisfied(group, { because: `${group.name} is computed on demand` });
      else if (stores[0]) yield satisfied(group, { evidence: evidenceOf(statementOf(group, 'online')), because: `${service.name} reads ${group.name} from ${stores[0].name}` });
      else if (lookup) yield satisfied(group, { because: `${group.name} is looked up at request time` });
      else if (value(group, 'passthrough') === true) yield notApplicable(`${group.name} comes with the request.`, group);
      else if (presenceOf(group, 'online') === 'absent') {
        yield contradiction(group, {
          at: 'online',
          about: service.name,
          message: `${service.name} promises an answer within ${formatQuantity(promise)} and needs ${group.name}, which is computed over history and is in no online store.`,
          path: hopsOf(path),
          changes: onlineStore(architecture, group),
        });
      } else yield question(group, 'online', `${service.name} answers within ${formatQuantity(promise)}. Where does it read ${group.name}, which needs history?`, service.name);
    }
  },
};

/** An online store that exists, or a new one. */
function onlineStore(architecture: Architecture, group: FeatureGroup): Change[] {
  const existing = componentsOf(architecture, 'store').find((store) => store.variant === 'online')?.name;
  const name = existing ?? freeName(architecture, 'OnlineFeatures');
  const add: Change[] = existing === undefined ? [{ op: 'add-component', component: { kind: 'store', name, variant: 'online', properties: { layer: 'features' } } }] : [];
  return [...add, { op: 'set', subject: group.name, property: 'online', value: name }];
}

export const storesFilledTogether: Rule = {
  id: 'ML08.3',
  slug: 'online-and-offline-filled-together',
  title: 'Online and offline store are filled by one job or one definition',
  type: 'gap',
  severity: 'high',
  why: 'Two jobs for one feature drift apart or fail apart: training then learns from values that serving never sees.',
  remediation: 'Fill both stores from one job, or let the stream write both.',
  effort: 'M',
  falsePositives: 'Two jobs may run the same code: name it with `defined_in`.',
  *evaluate({ architecture }) {
    const groups = componentsOf(architecture, 'features').filter((group) => value(group, 'online') !== undefined && (value(group, 'offline') !== undefined || value(group, 'fills') !== undefined));
    if (groups.length === 0) yield notApplicable('No feature group has both an online and an offline store.');
    for (const group of groups) yield* judgeFills(group);
  },
};

function* judgeFills(group: FeatureGroup): Iterable<Outcome> {
  const fills = value(group, 'fills');
  const shared = sharesImplementation(group);
  const evidence = evidenceOf(statementOf(group, 'fills'));
  if (fills === 'one_job') yield satisfied(group, { evidence, because: `one job fills both stores of ${group.name}` });
  else if (fills === 'write_through') yield satisfied(group, { evidence, because: `the stream writes both stores of ${group.name}` });
  else if (fills === 'two_jobs') yield twoJobs(group, shared === true);
  else if (shared === true) yield satisfied(group, { because: `one definition fills both stores of ${group.name}` });
  else if (shared === false) yield notApplicable(`${group.name} has two definitions, which ML05.1 reports.`, group);
  else yield question(group, 'fills', `Does one job fill ${value(group, 'online')}${value(group, 'offline') === undefined ? '' : ` and ${value(group, 'offline')}`} with ${group.name}, or do two?`);
}

function twoJobs(group: FeatureGroup, shared: boolean): Outcome {
  const [offline, online] = [value(group, 'offline') ?? 'the offline store', value(group, 'online') ?? 'the online store'];
  const details: FindingDetails = {
    at: 'fills',
    message: `Different jobs fill ${offline} and ${online} with ${group.name}${shared ? `, though both run ${[...(implementationsOf(group, 'serving') as ReadonlySet<string>)][0]}` : ''}.`,
    changes: [{ op: 'set', subject: group.name, property: 'fills', value: 'one_job' }],
  };
  return shared ? weak(group, { ...details, severity: 'low', why: `The values are computed alike, but when one job is late or fails, ${offline} and ${online} disagree.` }) : gap(group, details);
}

export const valuesFreshEnough: Rule = {
  id: 'ML08.4',
  slug: 'values-fresh-and-not-expired',
  title: 'Stored values are renewed before they are too old and before they expire',
  type: 'contradiction',
  severity: 'high',
  why: 'Values that expire before they are renewed leave the model without its features. It still answers, only worse, and nothing reports an error.',
  remediation: 'Renew values at least twice within their time to live and within the age that the model can take.',
  effort: 'S',
  falsePositives: 'Another job may renew the values in between: declare the shorter interval with `materialised`.',
  *evaluate({ architecture }) {
    const groups = componentsOf(architecture, 'features').filter((group) => onlineStoresOf(architecture, group).length > 0 || ['freshness', 'materialised', 'ttl'].some((property) => statementOf(group, property)));
    if (groups.length === 0) yield notApplicable('No stored feature values are declared.');
    for (const group of groups) yield* judgeAge(architecture, group);
  },
};

function* judgeAge(architecture: Architecture, group: FeatureGroup): Iterable<Outcome> {
  const expires = expiry(architecture, group);
  const lag = valueAge(architecture, group);
  const findings = [expires, staleness(group, lag)].filter((finding) => finding !== undefined);
  if (expires && presenceOf(group, 'fallback') === 'undeclared') yield question(group, 'fallback', `What does serving use where values of ${group.name} have expired? Declare \`fallback\`.`);
  if (findings.length > 0) yield* findings;
  else {
    const materialised = value(group, 'materialised');
    const known = value(group, 'freshness') !== undefined;
    if (materialised?.manual === true) yield byHand(group);
    else if (known && lag?.mixedIn !== undefined) yield question(group, 'freshness', `${group.name} may be ${formatQuantity(value(group, 'freshness') as Quantity)} old. How old is what it takes out of ${lag.mixedIn}?`);
    else if (known && lag) yield satisfied(group, { evidence: evidenceOf(statementOf(group, 'freshness')), because: `${group.name} is at most ${formatDuration(lag.total.high)} old` });
    else if (known) yield question(group, 'materialised', `${group.name} may be ${formatQuantity(value(group, 'freshness') as Quantity)} old. How often are its values renewed?`);
    else if (materialised?.every && ttlOf(architecture, group)) yield satisfied(group, { because: `values of ${group.name} live longer than two runs of the job that renews them` });
    else if (group.variant !== 'on_demand' && value(group, 'passthrough') !== true) yield question(group, 'freshness', `How old may values of ${group.name} be when they are used${materialised?.every ? '' : ', how often are they renewed'}, and after what time do they expire (\`ttl\`)?`);
  }
}

/** Time to live in serving: of the group, else of the store that holds it. */
function ttlOf(architecture: Architecture, group: FeatureGroup): { readonly ttl: Quantity; readonly of: string; readonly own: boolean } | undefined {
  const stated = value(group, 'ttl');
  const own = stated?.online ?? stated?.both;
  if (own) return { ttl: own, of: group.name, own: true };
  for (const holder of onlineStoresOf(architecture, group)) {
    const ttl = value(holder as Component<'store'>, 'ttl');
    if (ttl) return { ttl, of: holder.name, own: false };
  }
  return undefined;
}

function expiry(architecture: Architecture, group: FeatureGroup): Outcome | undefined {
  const every = value(group, 'materialised')?.every;
  const expires = ttlOf(architecture, group);
  if (!every || !expires) return undefined;
  const run = value(group, 'materialised')?.in;
  const { ttl, of, own } = expires;
  const long = quantityOf(Math.ceil((3 * (every.high + (run?.high ?? 0))) / 60), 'min', 'duration');
  const changes: Change[] = own ? [{ op: 'set', subject: group.name, property: 'ttl', value: { ...value(group, 'ttl'), ...(value(group, 'ttl')?.online ? { online: long } : { both: long }) } }] : [{ op: 'set', subject: of, property: 'ttl', value: long }];
  if (ttl.high <= every.low) {
    return contradiction(group, {
      about: 'expiry',
      at: own ? 'ttl' : 'materialised',
      message: `Values of ${group.name} expire after ${formatQuantity(ttl)}${own ? '' : ` in ${of}`}, but are renewed only every ${formatQuantity(every)}.`,
      why: `For ${formatDuration(every.low - ttl.high + (run?.low ?? 0))} of each ${formatQuantity(every)} there are no values, and ${value(group, 'fallback') === undefined ? 'whatever stands in for them is used' : `${value(group, 'fallback')} stands in`}.`,
      changes,
      mitigated: value(group, 'fallback') !== undefined,
    });
  }
  const missed = 2 * every.low + (run?.low ?? 0);
  if (ttl.high >= missed || value(group, 'fallback') !== undefined) return undefined;
  return weak(group, {
    about: 'expiry',
    at: own ? 'ttl' : 'materialised',
    severity: 'medium',
    message: `Values of ${group.name} live ${formatQuantity(ttl)}${own ? '' : ` in ${of}`} and are renewed every ${formatQuantity(every)}: one missed run, and they are gone.`,
    changes,
  });
}

const tooOld = (group: FeatureGroup, lag: { readonly total: { readonly low: number } }): boolean => lag.total.low > (value(group, 'freshness')?.high ?? Number.POSITIVE_INFINITY);

function staleness(group: FeatureGroup, lag: ReturnType<typeof valueAge>): Outcome | undefined {
  const freshness = value(group, 'freshness');
  if (!freshness || !lag || !tooOld(group, lag)) return undefined;
  const byJob = lag.materialised > freshness.high;
  const details: FindingDetails = {
    about: 'age',
    at: 'freshness',
    message: `${group.name} may be at most ${formatQuantity(freshness)} old, but ${byJob ? `the job that renews it lets it get ${formatDuration(lag.materialised)} old` : `the way to it takes up to ${formatDuration(lag.total.low)}`}.`,
    path: byJob ? [] : hopsOf(lag.path),
    changes: byJob ? renewInTime(group, freshness) : [],
  };
  // Where several inputs come together, the freshness may be meant for the faster of them.
  return byJob || !lag.joined ? contradiction(group, details) : weak(group, { ...details, severity: 'medium' });
}

function renewInTime(group: FeatureGroup, freshness: Quantity): Change[] {
  const half = quantityOf(freshness.low / 2, 's', 'duration');
  const run = value(group, 'materialised')?.in;
  const fits = run === undefined || run.high <= half.low;
  return [{ op: 'set', subject: group.name, property: 'materialised', value: { every: half, ...(run && fits ? { in: run } : {}) } }];
}

const byHand = (group: FeatureGroup): Outcome =>
  weak(group, {
    about: 'age',
    at: 'materialised',
    severity: 'medium',
    message: `Somebody renews the values of ${group.name} by hand, so nothing bounds their age.`,
    changes: [{ op: 'set', subject: group.name, property: 'materialised', value: { every: value(group, 'materialised')?.every ?? quantityOf(1, 'day', 'duration') } }],
  });
