import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { driftClassOf } from '../ml14/drift-classes.ts';
import { isShadowPlace, rehearsedIn, stagings, type Rehearsal } from './rehearsals.ts';

type Environment = Component<'environment'>;

const namesOf = (rehearsed: readonly Rehearsal[]): string => listed(rehearsed.map(({ release }) => release.service.name));

export const realisticData: Rule = {
  id: 'ML17.2',
  slug: 'staging-data-is-real',
  title: 'The data of staging is real and recent',
  type: 'weak',
  severity: 'medium',
  why: 'A model that does well on made-up or old data says nothing of today’s inputs.',
  remediation: 'Feed it from a copy of production, masked where it is personal, or send it a copy of the traffic.',
  effort: 'M',
  falsePositives: 'The world may drift more slowly than its use case suggests: declare `drift` on the model. What is tried on a copy of the traffic as well is not asked.',
  *evaluate(context) {
    for (const { environment, rehearsed } of stagings(context.architecture)) yield* judgeData(context, environment, rehearsed);
  },
};

function* judgeData(context: Context, environment: Environment, rehearsed: readonly Rehearsal[]): Iterable<Outcome> {
  const { name } = environment;
  if (isShadowPlace(environment)) return yield satisfied(environment, { because: 'it gets a copy of the traffic' });
  if (rehearsed.every((rehearsal) => rehearsal.shadow !== undefined)) return yield satisfied(environment, { because: rehearsed[0]?.shadow });
  const data = value(environment, 'data');
  const presence = presenceOf(environment, 'data');
  const fresh: Change[] = [{ op: 'set', subject: name, property: 'data', value: 'mirrored' }];
  if (presence === 'absent') return yield weak(environment, { at: statementOf(environment, 'data') ? 'data' : undefined, message: `There is no data in ${name} on which ${namesOf(rehearsed)} could be tried.`, changes: fresh });
  if (data === undefined) {
    if (value(environment, 'traffic')?.kind !== 'replay' && presence !== 'not-applicable') yield { ...question(environment, 'data', `Which data is ${name} tried on, and how old is it?`), statedUnknown: presence === 'unknown' };
    return;
  }
  if (data === 'synthetic') {
    return yield weak(environment, { at: 'data', message: `${name} runs on made-up data, so ${namesOf(rehearsed)} meets real inputs for the first time in production.`, changes: fresh });
  }
  if (data === 'mirrored' || data === 'production') return yield satisfied(environment, { evidence: evidenceOf(statementOf(environment, 'data')) });
  const limit = oldest(context, rehearsed);
  const age = value(environment, 'data_age');
  if (!age) return yield question(environment, 'data_age', `How old is the data of ${name}? More than ${formatDuration(limit.seconds)} is too old for ${limit.reason}.`);
  if (age.low > limit.seconds) {
    yield weak(environment, {
      at: 'data_age',
      message: `The data of ${name} is ${formatQuantity(age)} old; for ${limit.reason} it should be no older than ${formatDuration(limit.seconds)}.`,
      changes: [{ op: 'set', subject: name, property: 'data_age', value: { low: limit.seconds, high: limit.seconds, unit: 's' } }],
      remedy: 'Take a new copy as often as the world changes, or send it a copy of the traffic.',
    });
  } else if (age.high <= limit.seconds) yield satisfied(environment, { because: `${formatQuantity(age)} old`, evidence: evidenceOf(statementOf(environment, 'data_age')) });
}

/** The oldest that staging data may be: as long as it takes until the fastest model in it should be trained again, but a month at least unless it drifts within days. */
function oldest({ settings }: Context, rehearsed: readonly Rehearsal[]): { seconds: number; reason: string } {
  const usual = settings.thresholds.stagingDataDays * 86_400;
  const limits = rehearsed.flatMap(({ release }) => release.observed.models).map((model) => {
    const drift = driftClassOf(model);
    if (!drift) return { seconds: usual, reason: `${model.name}, whose drift is not declared` };
    return { seconds: drift.name === 'very high' ? Math.min(drift.retrainWithin, usual) : Math.max(drift.retrainWithin, usual), reason: `${model.name}, whose drift is ${drift.name}` };
  });
  return limits.sort((a, b) => a.seconds - b.seconds)[0] ?? { seconds: usual, reason: namesOf(rehearsed) };
}

/** What can differ, and what must not. */
const PARTS = { code: 'code', dependencies: 'libraries', features: 'feature store', config: 'configuration', hardware: 'machines' } as const;
type Part = keyof typeof PARTS;

export const sameAsProduction: Rule = {
  id: 'ML17.3',
  slug: 'staging-is-like-production',
  title: 'Staging runs the code, libraries, features and settings of production',
  type: 'weak',
  severity: 'medium',
  why: 'What passed in a different environment has not been tested: another library version or feature store gives other answers.',
  remediation: 'Build both from the same images, feature definitions and configuration, and change only what names the environment.',
  effort: 'M',
  falsePositives: 'Smaller machines are fine where latency is tested elsewhere; they count as low.',
  *evaluate({ architecture }) {
    for (const { environment } of stagings(architecture)) if (environment.variant !== 'shadow') yield* judgeLikeness(architecture, environment);
  },
};

function* judgeLikeness(architecture: Architecture, environment: Environment): Iterable<Outcome> {
  const { name } = environment;
  const same: readonly string[] = value(environment, 'same_as_production') ?? [];
  const differs: readonly Part[] = value(environment, 'differs_in') ?? [];
  const both = differs.filter((part) => same.includes(part));
  const words = (parts: readonly Part[]): string => listed(parts.map((part) => PARTS[part]), 5);
  const changes: Change[] = [
    { op: 'unset', subject: name, property: 'differs_in' },
    { op: 'set', subject: name, property: 'same_as_production', value: [...new Set([...same, ...differs])] },
  ];
  if (both.length > 0) return yield contradiction(environment, { at: 'differs_in', message: `${name} is said to have the same ${words(both)} as production, and to differ in them.`, changes });
  const other = otherPlatform(architecture, environment);
  if (other) {
    const message = `${name} serves ${other.model} with ${other.there}, production (${other.service.name}) with ${other.here}.`;
    const path = [
      { component: other.copy.name, span: other.copy.nameSpan, note: other.there },
      { component: other.service.name, span: other.service.nameSpan, note: other.here },
    ];
    const details = { about: other.copy.name, message, path, changes: [{ op: 'set', subject: other.copy.name, property: 'platform', value: other.here }] as const };
    yield same.includes('dependencies') ? contradiction(environment, { at: 'same_as_production', ...details }) : weak(environment, details);
  }
  if (differs.length > 0) {
    const harmless = differs.every((part) => part === 'hardware');
    return yield weak(environment, { at: 'differs_in', severity: harmless ? 'low' : undefined, message: `${name} differs from production in ${words(differs)}.`, changes });
  }
  const presence = presenceOf(environment, 'same_as_production');
  if (presence === 'absent' && presenceOf(environment, 'differs_in') !== 'absent') {
    return yield weak(environment, { at: 'same_as_production', message: `Nothing in ${name} is the same as in production.`, changes: [{ op: 'set', subject: name, property: 'same_as_production', value: ['code', 'dependencies', 'features', 'config'] }] });
  }
  const needed: Part[] = componentsOf(architecture, 'features').length > 0 ? ['dependencies', 'features', 'config'] : ['dependencies', 'config'];
  const open = needed.filter((part) => !same.includes(part));
  if (open.length === 0 || presenceOf(environment, 'differs_in') === 'absent') {
    if (!other) yield satisfied(environment, { because: 'nothing differs that changes answers', evidence: evidenceOf(statementOf(environment, 'same_as_production')) });
  } else yield { ...question(environment, 'same_as_production', `Does ${name} have the same ${words(open)} as production?`), statedUnknown: presence === 'unknown' };
}

interface OtherPlatform {
  readonly copy: Component<'service'>;
  readonly service: Component<'service'>;
  readonly model: string;
  readonly there: string;
  readonly here: string;
}

/** A service of the environment that runs a model on another platform than the one in production does. */
function otherPlatform(architecture: Architecture, environment: Environment): OtherPlatform | undefined {
  const copies = componentsOf(architecture, 'service').filter((service) => value(service, 'runs_in') === environment.name);
  for (const copy of copies) {
    const there = value(copy, 'platform');
    for (const { release } of there === undefined ? [] : rehearsedIn(architecture, environment)) {
      const here = value(release.service, 'platform');
      const model = (value(copy, 'serves') ?? []).find((name) => release.observed.names.has(name));
      if (there !== undefined && model !== undefined && here !== undefined && here !== there) return { copy, service: release.service, model, there, here };
    }
  }
  return undefined;
}

export const realisticLoad: Rule = {
  id: 'ML17.6',
  slug: 'staging-load-is-real',
  title: 'A service that must be quick is tried under the traffic of production',
  type: 'weak',
  severity: 'low',
  why: 'Latency under light load says nothing of latency under full load: queues and caches behave differently.',
  remediation: 'Replay recorded traffic, or send a copy of it, at the concurrency of production.',
  effort: 'S',
  falsePositives: 'It may be measured elsewhere: declare `load_test replay …` of the service, or `traffic` and `concurrency` of the environment.',
  *evaluate({ architecture }) {
    for (const { environment, rehearsed } of stagings(architecture)) {
      const bound = rehearsed.filter(({ release }) => isLatencyBound(release.service));
      if (bound.length === 0) yield notApplicable(`Nothing that is tried in ${environment.name} promises a latency.`, environment);
      else yield* judgeLoad(environment, bound);
    }
  },
};

const isLatencyBound = (service: Component<'service'>): boolean => {
  const slo = value(service, 'slo');
  return service.variant !== 'batch' && (slo?.p50 ?? slo?.p95 ?? slo?.p99 ?? slo?.ttft) !== undefined;
};

function* judgeLoad(environment: Environment, bound: readonly Rehearsal[]): Iterable<Outcome> {
  const { name } = environment;
  const traffic = value(environment, 'traffic')?.kind;
  const concurrency = value(environment, 'concurrency');
  const measured = bound.every(({ release: { service }, shadow }) => {
    const test = value(service, 'load_test');
    return shadow !== undefined || test?.kind === 'replay' || test?.representative === true;
  });
  if (measured) return yield satisfied(environment, { because: 'it is measured on the traffic of production' });
  if ((traffic === 'shadow' || traffic === 'replay' || environment.variant === 'shadow') && (concurrency === undefined || concurrency === 'production')) {
    return yield satisfied(environment, { evidence: evidenceOf(statementOf(environment, 'traffic')) });
  }
  if (concurrency === 'production' && traffic !== 'manual') return yield satisfied(environment, { because: 'it is tried at the concurrency of production' });
  const poor = concurrency === 'single' || concurrency === 'reduced' ? 'concurrency' : traffic === 'manual' || presenceOf(environment, 'traffic') === 'absent' ? 'traffic' : undefined;
  if (poor) {
    const how = concurrency === 'single' ? 'one request at a time' : concurrency === 'reduced' ? 'less load than production has' : traffic === 'manual' ? 'a few requests by hand' : 'no traffic';
    yield weak(environment, {
      at: statementOf(environment, poor) ? poor : undefined,
      message: `${name} tries ${namesOf(bound)}, ${bound.length === 1 ? 'which promises' : 'which promise'} a latency, with ${how}.`,
      changes: [
        { op: 'set', subject: name, property: 'traffic', value: { kind: 'replay' } },
        { op: 'set', subject: name, property: 'concurrency', value: 'production' },
      ],
    });
  } else yield question(environment, 'traffic', `Which traffic does ${name} get, and at which concurrency?`);
}
