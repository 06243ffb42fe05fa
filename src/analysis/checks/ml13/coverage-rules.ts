import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { formatQuantity } from '../../format.ts';
import { hasNoSignals, inferredSeverity, isMonitoringClosed, unwatched } from '../../monitoring/absence.ts';
import { addMonitor, answersMonitor, DAY, FALL_THRESHOLD, freeName } from '../../monitoring/drafts.ts';
import { isOnline, observedServices, watchedBy, type Observed } from '../../monitoring/observed.ts';
import { sees, seesAnswers, seesBehaviour, signalsOf } from '../../monitoring/signals.ts';
import { truthMonitor } from '../../monitoring/truth-monitor.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { standingOf } from '../../severity.ts';

const list = (components: readonly Component[]): string => components.map((component) => component.name).join(', ');

export const answersWatched: Rule = {
  id: 'ML13.2',
  slug: 'answers-watched',
  title: 'Somebody looks at what the model answers, and not only at machines',
  type: 'gap',
  severity: 'high',
  why: 'A model can be fast, available and wrong. Without a monitor of its answers a decline surfaces weeks after it began, through users.',
  remediation: 'Watch the distribution of predictions from the first day, then a proxy of quality, then truth as it arrives.',
  effort: 'M',
  falsePositives: 'A monitor may be missing from the file, or may not say what it sees. Declare it with its variant or `signals`.',
  *evaluate(context) {
    yield* askedOnce(context.architecture.system, observedServices(context.architecture).map((observed) => judgeAnswers(context, observed)));
  },
};

function judgeAnswers(context: Context, observed: Observed): Outcome {
  const { service, monitors, evaluations } = observed;
  const seen = [...monitors.filter(seesAnswers), ...evaluations];
  if (seen.length > 0) return satisfied(service, { because: `${list(seen)} look${seen.length === 1 ? 's' : ''} at what ${service.name} answers` });
  const unclear = monitors.find((monitor) => signalsOf(monitor).size === 0);
  if (unclear) return question(unclear, 'signals', `What does ${unclear.name} see of ${service.name}: machines, inputs, predictions, quality?`);

  const behaviour = monitors.filter(seesBehaviour);
  const closed = isMonitoringClosed(context);
  const changes = answersMonitor(context.architecture, observed);
  const ask = `What watches the answers of ${service.name}: their distribution, a proxy of their quality, or truth?`;
  if (behaviour.length > 0) {
    if (!closed) return question(service, undefined, ask);
    return weak(service, { severity: 'medium', message: `${list(behaviour)} watch${behaviour.length === 1 ? 'es' : ''} what goes into ${service.name}; nothing watches what it answers.`, changes, prerequisites: ['ML13.1'] });
  }
  if (monitors.length > 0 && !closed) {
    return weak(service, { severity: inferredSeverity(context), message: `Of ${service.name}, ${list(monitors)} see${monitors.length === 1 ? 's' : ''} infrastructure only; no monitor of its answers is declared.`, changes, prerequisites: ['ML13.1'] });
  }
  const sights = monitors.length > 0 ? `Of ${service.name}, only infrastructure is watched (${list(monitors)}).` : `Nothing watches the answers of ${service.name}.`;
  const missing: FindingDetails = { message: sights, changes, silent: true, prerequisites: ['ML13.1'], ...unseenDecisions(context) };
  return unwatched(context, service, { ask, missing });
}

/** Decisions that nobody looks at before or after they act are the case in which nobody would ever know. */
function unseenDecisions({ architecture }: Context): Partial<FindingDetails> {
  const { system } = architecture;
  if (value(system, 'decisions') !== 'automated' || standingOf(architecture).criticality < 2) return {};
  const volume = value(system, 'volume');
  const rate = volume ? ` At ${formatQuantity(volume)} a wrong model acts for as long as it takes until somebody complains.` : '';
  return { severity: 'critical', critical: 'silent', why: `${system.name} decides by itself, and no monitor would show that it decides wrongly.${rate}` };
}

export const truthUsed: Rule = {
  id: 'ML13.3',
  slug: 'truth-used',
  title: 'Truth that arrives is used to judge the model',
  type: 'gap',
  severity: 'medium',
  why: 'The expensive part, getting truth, is done; without a monitor that uses it, quality in production still is a guess.',
  remediation: 'Join the labels with the log of predictions and watch the quality that results.',
  effort: 'M',
  falsePositives: 'The comparison may be made elsewhere. Declare it with `labels` on a monitor or on an online evaluation.',
  *evaluate(context) {
    const byLabels = new Map<Component<'labels'>, Observed[]>();
    for (const observed of observedServices(context.architecture)) {
      for (const labels of observed.labels) byLabels.set(labels, [...(byLabels.get(labels) ?? []), observed]);
    }
    for (const [labels, services] of byLabels) yield* judgeTruth(context, labels, services);
  },
};

function* judgeTruth(context: Context, labels: Component<'labels'>, services: readonly Observed[]): Iterable<Outcome> {
  const { architecture } = context;
  const readers = (edgesOf(architecture).out.get(labels.name) ?? []).flatMap((edge) => architecture.components.get(edge.to) ?? []);
  const users = readers.filter((reader) => reader.kind === 'monitor' || (reader.kind === 'evaluation' && isOnline(architecture, reader as Component<'evaluation'>)));
  if (users.length > 0) return yield satisfied(labels, { because: `${list(users)} compare${users.length === 1 ? 's' : ''} answers with ${labels.name}` });

  const [first] = services;
  if (!first) return;
  const { service } = first;
  const quality = services.flatMap((observed) => observed.monitors).filter((monitor) => sees(monitor, 'quality'));
  const open = quality.find((monitor) => presenceOf(monitor, 'labels') === 'undeclared' && value(monitor, 'proxy') !== true);
  if (open) return yield question(open, 'labels', `Does ${open.name} compare the answers of ${service.name} with ${labels.name}?`);
  const refused = quality.find((monitor) => presenceOf(monitor, 'labels') === 'absent' && value(monitor, 'proxy') !== true);
  const message = `${labels.name} reaches the platform, and no monitor compares the answers of ${service.name} with it.`;
  if (refused) return yield gap(labels, { message, changes: [{ op: 'set', subject: refused.name, property: 'labels', value: [labels.name] }], prerequisites: ['ML13.1'] });
  if (isMonitoringClosed(context)) {
    return yield gap(labels, { message, changes: truthMonitor(context, first, labels.name), prerequisites: ['ML13.1'] });
  }
  // Where no monitor of answers is declared at all, ML13.2 asks for it.
  if (services.some(({ monitors, evaluations }) => monitors.some(seesAnswers) || evaluations.length > 0)) {
    yield question(labels, undefined, `Which monitor compares the answers of ${service.name} with ${labels.name}?`);
  }
}

export const segmentsWatched: Rule = {
  id: 'ML13.6',
  slug: 'segments-watched',
  title: 'Quality is watched by segment where segments are served differently',
  type: 'weak',
  severity: 'medium',
  why: 'A fault on one platform or in one region disappears in the global mean, although it is large for those it hits.',
  remediation: 'Compute the monitored quality for each platform, region or group that is named.',
  effort: 'S',
  falsePositives: 'The monitor may break its metric down already. Declare it with `segments` on the monitor.',
  *evaluate(context) {
    for (const observed of observedServices(context.architecture)) yield* judgeSegments(observed);
  },
};

function* judgeSegments({ service, models, monitors, evaluations }: Observed): Iterable<Outcome> {
  const segments = [...new Set([service, ...models].flatMap((element): readonly string[] => value(element as Component<'service' | 'model'>, 'segments') ?? []))];
  if (segments.length === 0) return yield notApplicable(`No segments are declared for ${service.name} or its models.`, service);
  const watching = [...monitors.filter(seesAnswers), ...evaluations] as Component<'monitor' | 'evaluation'>[];
  const [first] = watching;
  if (!first) return;
  const covered = new Set(watching.flatMap((watcher): readonly string[] => value(watcher, 'segments') ?? []).map((name) => name.toLowerCase()));
  const global = segments.filter((segment) => !covered.has(segment.toLowerCase()));
  if (global.length === 0) return yield satisfied(service, { because: `quality is looked at by ${segments.join(', ')}` });
  const target = watching.find((watcher) => value(watcher, 'segments') !== undefined) ?? first;
  if (covered.size === 0 && watching.some((watcher) => presenceOf(watcher, 'segments') === 'undeclared')) {
    return yield question(target, 'segments', `Is the quality of ${service.name} watched for each of ${segments.join(', ')}, or only as a whole?`);
  }
  const changes = [{ op: 'set' as const, subject: target.name, property: 'segments', value: [...new Set([...(value(target, 'segments') ?? []), ...global])] }];
  yield weak(target, { at: 'segments', message: `${service.name} is served by ${segments.join(', ')}, and ${target.name} does not look at ${global.join(', ')} separately.`, changes });
}

export const fallbackWatched: Rule = {
  id: 'ML13.7',
  slug: 'fallback-watched',
  title: 'The share of fallbacks, defaults and missing values is watched',
  type: 'weak',
  severity: 'medium',
  why: 'A default answers as confidently as the model does. When its share grows, quality falls and every technical signal stays green.',
  remediation: 'Count how often a fallback, default or imputed value answers, and alert on the share.',
  effort: 'S',
  falsePositives: 'The count may be part of another monitor. Declare it with `signals [nulls]` or a monitor of the variant `fallback`.',
  *evaluate(context) {
    const counters = countersOf(context.architecture);
    yield* askedOnce(context.architecture.system, observedServices(context.architecture).map((observed) => judgeFallback(context, observed, counters)));
  },
};

const SUBSTITUTES: ReadonlySet<string | undefined> = new Set(['impute', 'default', 'zero', 'silent']);

/** Monitors that count defaults or missing values, by what they watch. */
function countersOf(architecture: Architecture): Map<string, Component<'monitor'>> {
  const counters = componentsOf(architecture, 'monitor').filter(counts);
  return new Map(counters.flatMap((monitor) => watchedBy(architecture, monitor).map((name) => [name, monitor] as const)));
}

const counts = (monitor: Component<'monitor'>): boolean => sees(monitor, 'fallback') || sees(monitor, 'data_quality');

function judgeFallback(context: Context, { service, monitors, names }: Observed, counters: ReadonlyMap<string, Component<'monitor'>>): Outcome {
  const { architecture } = context;
  const incoming = edgesOf(architecture).in.get(service.name) ?? [];
  const features = incoming.flatMap((edge) => architecture.components.get(edge.from) ?? []).filter((component): component is Component<'features'> => component.kind === 'features');
  const substituted = features.filter((group) => ['default_value', 'stale'].includes(value(group, 'fallback') ?? '') || value(group, 'fill_value') !== undefined);
  const declared = value(service, 'fallback');
  // A person who takes over is no silent substitute.
  const fallback = declared === 'human' || architecture.components.get(declared ?? '')?.kind === 'team' ? undefined : declared;
  const missingValues = value(service, 'missing_values');
  const reasons = [
    ...(fallback === undefined ? [] : [`a fallback (${fallback})`]),
    ...(SUBSTITUTES.has(missingValues) ? [`missing inputs (${missingValues})`] : []),
    ...substituted.map((group) => `substitutes for ${group.name}`),
  ];
  if (reasons.length === 0) return notApplicable(`No fallback, default or imputed value is declared for ${service.name}.`, service);
  if (hasNoSignals(context)) return notApplicable('Nothing is monitored at all; ML13.2 says so.', service);
  const places = new Set([...names, ...substituted.map((group) => group.name), ...substituted.flatMap((group) => value(group, 'online') ?? []), fallback ?? '']);
  const counting = monitors.find(counts) ?? [...places].flatMap((name) => counters.get(name) ?? [])[0];
  if (counting) return satisfied(service, { because: `${counting.name} counts them` });
  if (!isMonitoringClosed(context)) return question(service, undefined, `Is it watched how often ${reasons.join(' and ')} stand${reasons.length === 1 ? 's' : ''} in for the model in ${service.name}?`);
  const name = freeName(architecture, `${service.name}Fallbacks`);
  const properties = { watches: [service.name], metric: 'share of fallback and default answers', threshold: FALL_THRESHOLD, window: DAY, baseline: 'previous_period' };
  return weak(service, {
    message: `${service.name} answers with ${reasons.join(' and ')}, and nothing counts how often.`,
    changes: addMonitor(architecture, { name, variant: 'fallback', properties }),
  });
}
