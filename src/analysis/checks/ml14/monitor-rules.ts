import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { signalReaches } from '../../../model/graph/alerts.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatShare } from '../../format.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { alertFor, SHIFT_THRESHOLD } from '../../monitoring/drafts.ts';
import { retrainingBehind } from '../../monitoring/ends.ts';
import { inputMonitors } from '../../monitoring/inputs.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { sees } from '../../monitoring/signals.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { judgeChance } from './chance.ts';

/** Tests that look at all inputs at once, so that one threshold is enough. */
const JOINT_TESTS: ReadonlySet<string> = new Set(['mmd', 'classifier', 'cosine', 'llm_judge', 'human']);
const MOVING: ReadonlySet<string> = new Set(['rolling', 'previous_period', 'fixed']);

const servicesOf = (architecture: Architecture, monitor: Component<'monitor'>): Observed[] => observedServices(architecture).filter(({ monitors }) => monitors.includes(monitor));

export const referenceOfTraining: Rule = {
  id: 'ML14.2',
  slug: 'reference-of-training',
  title: 'Drift is measured against what the deployed version learned from',
  type: 'weak',
  severity: 'medium',
  why: 'A reference that moves along with the inputs never sees a slow drift: each week looks like the week before.',
  remediation: 'Take the training data of the deployed version as the reference, and renew it with each release.',
  effort: 'S',
  falsePositives: 'A second monitor with a fixed reference may exist. Declare `baseline training_data` on it.',
  *evaluate({ architecture }) {
    for (const monitor of inputMonitors(architecture)) yield judgeReference(architecture, monitor);
  },
};

function judgeReference(architecture: Architecture, monitor: Component<'monitor'>): Outcome {
  const baseline = value(monitor, 'baseline');
  if (baseline === 'training_data' || baseline === 'production_version') return satisfied(monitor);
  const services = servicesOf(architecture, monitor);
  const models = services.flatMap((observed) => observed.models);
  if (models.length > 0 && models.every((model) => model.variant === 'vendor' || model.variant === 'open')) {
    return notApplicable(`The training data of ${models.map((model) => model.name).join(', ')} is not at hand.`, monitor);
  }
  const peer = services.flatMap(({ monitors }) => monitors).find((other) => sees(other, 'inputs') && value(other, 'baseline') === 'training_data');
  if (peer) return satisfied(monitor, { because: `${peer.name} compares with the training data` });
  if (models.length > 0 && models.every((model) => trainingsOf(architecture, model).some((training) => training.variant === 'online'))) {
    return satisfied(monitor, { because: 'the model learns all the time, so that what was before is what it learned from' });
  }
  if (baseline !== undefined && MOVING.has(baseline)) {
    return weak(monitor, {
      at: 'baseline',
      message: `${monitor.name} compares with ${baseline === 'fixed' ? 'a fixed value' : 'the time before'} (${baseline}) and not with the training data of the deployed version.`,
      why: baseline === 'fixed' ? 'A value that no release renews says nothing of the version that answers today.' : undefined,
      changes: [{ op: 'set', subject: monitor.name, property: 'baseline', value: 'training_data' }],
    });
  }
  if (presenceOf(monitor, 'baseline') === 'absent') {
    return weak(monitor, {
      at: 'baseline',
      message: `${monitor.name} has no reference to compare with.`,
      changes: [{ op: 'set', subject: monitor.name, property: 'baseline', value: 'training_data' }],
    });
  }
  return { ...question(monitor, 'baseline', `What does ${monitor.name} compare with: the training data of the deployed version, or the time before?`), statedUnknown: presenceOf(monitor, 'baseline') === 'unknown' };
}

export const testNamed: Rule = {
  id: 'ML14.3',
  slug: 'test-and-threshold',
  title: 'Drift is decided by a named test with a threshold that fits each input',
  type: 'weak',
  severity: 'low',
  why: 'One threshold for inputs that behave differently either floods the team or stays silent.',
  remediation: 'Name the test (Kolmogorov-Smirnov, chi-squared, population stability index) and set thresholds for each input that chance does not pass in a window of that size.',
  effort: 'S',
  falsePositives: 'Test and thresholds may be set in the tool. Declare `test`, `threshold` and `per_feature`. Chance is reckoned with ten bins and without a correction for the number of inputs: with fewer bins or with a correction there are fewer false alarms.',
  *evaluate(context) {
    for (const monitor of inputMonitors(context.architecture)) yield judgeTest(context, monitor);
  },
};

function judgeTest(context: Context, monitor: Component<'monitor'>): Outcome {
  const { architecture } = context;
  const lacking = (['test', 'threshold'] as const).filter((property) => presenceOf(monitor, property) === 'absent');
  if (lacking.length > 0) {
    const values = { test: 'psi', threshold: SHIFT_THRESHOLD };
    const changes = lacking.map((property): Change => ({ op: 'set', subject: monitor.name, property, value: values[property] }));
    return weak(monitor, { at: lacking.find((property) => statementOf(monitor, property)), message: `${monitor.name} has no ${lacking.join(' and no ')}: what counts as drift is left to whoever looks.`, changes });
  }
  const open = (['test', 'threshold'] as const).filter((property) => value(monitor, property) === undefined);
  if (open.length > 0) {
    const asked = open.length === 2 && value(monitor, 'window') === undefined && value(monitor, 'every') === undefined ? 'test, threshold and window' : open.join(' and ');
    return question(monitor, open[0], `By which ${asked} does ${monitor.name} decide that something has drifted?`);
  }
  const inputs = Math.max(1, ...servicesOf(architecture, monitor).flatMap(({ models }) => models.map(inputCount)));
  if (value(monitor, 'per_feature') === false && inputs > 1 && !JOINT_TESTS.has(value(monitor, 'test') ?? '')) {
    return weak(monitor, {
      at: 'per_feature',
      message: `${monitor.name} holds ${inputs} unlike inputs to one threshold.`,
      changes: [{ op: 'set', subject: monitor.name, property: 'per_feature', value: true }],
    });
  }
  return judgeChance(context, monitor) ?? satisfied(monitor);
}

const inputCount = (model: Component<'model'>): number => value(model, 'input_count')?.low ?? value(model, 'inputs')?.length ?? 1;

export const coversInputs: Rule = {
  id: 'ML14.4',
  slug: 'inputs-covered',
  title: 'Most inputs are watched, or the most important ones',
  type: 'weak',
  severity: 'low',
  why: 'Drift in an input that nobody watches reaches the answers unseen.',
  remediation: 'Watch at least 80 % of the inputs, or those that matter most by a ranking of importance.',
  effort: 'S',
  falsePositives: 'The inputs may have been chosen by importance. Declare `weighted_by_importance yes`, or `high_importance` on the model.',
  *evaluate(context) {
    for (const observed of observedServices(context.architecture)) if (!observed.agents) yield* judgeCoverage(context, observed);
  },
};

function* judgeCoverage({ settings }: Context, { service, models, monitors }: Observed): Iterable<Outcome> {
  const drift = monitors.filter((monitor) => sees(monitor, 'inputs'));
  const [first] = drift;
  if (!first) return;
  if (drift.some((monitor) => value(monitor, 'weighted_by_importance') === true)) return yield satisfied(service, { because: 'the important inputs count more' });
  const watched = new Set(drift.flatMap((monitor) => value(monitor, 'features') ?? []));
  const important = models.flatMap((model) => value(model, 'high_importance') ?? []);
  if (important.length > 0 && important.every((name) => watched.has(name))) return yield satisfied(service, { because: `the most important inputs are watched: ${important.join(', ')}` });

  const known = models.flatMap((model) => value(model, 'inputs') ?? []);
  const total = Math.max(known.length, ...models.map((model) => value(model, 'input_count')?.low ?? 0));
  const declared = drift.flatMap((monitor) => value(monitor, 'covers') ?? []).sort((a, b) => b.high - a.high)[0];
  const counted = watched.size > 0 && total > 0 ? exactly(Math.min(1, watched.size / total), '1') : undefined;
  const share = declared ?? counted;
  if (!share) {
    if (total > 1) yield question(first, 'covers', `How many of the ${total} inputs of ${service.name} does ${first.name} watch?`);
    return;
  }
  if (share.low >= settings.thresholds.driftCoverage) return yield satisfied(service, { because: `${formatShare(share)} of the inputs are watched` });
  if (share.high >= settings.thresholds.driftCoverage) return;
  const unwatched = important.filter((name) => !watched.has(name));
  const ranked = drift.some((monitor) => presenceOf(monitor, 'weighted_by_importance') === 'absent') || (important.length > 0 && watched.size > 0);
  if (!ranked) return yield question(first, 'weighted_by_importance', `${first.name} watches ${formatShare(share)} of the inputs of ${service.name}: are they the important ones?`);
  yield weak(first, {
    at: declared ? 'covers' : 'features',
    message: `${first.name} watches ${formatShare(share)} of the inputs of ${service.name}${unwatched.length > 0 ? `, and not ${unwatched.join(', ')}, which matter most` : ', not chosen by importance'}.`,
    changes: declared
      ? [{ op: 'set', subject: first.name, property: 'covers', value: exactly(settings.thresholds.driftCoverage, '1') }]
      : [{ op: 'set', subject: first.name, property: 'features', value: [...new Set([...watched, ...(important.length > 0 ? important : known)])] }],
  });
}

export const leadsSomewhere: Rule = {
  id: 'ML14.5',
  slug: 'drift-leads-somewhere',
  title: 'A drift signal leads to an alert, a retraining or a runbook',
  type: 'gap',
  severity: 'medium',
  why: 'Drift that is only drawn is found when somebody opens the dashboard, which is after the complaints.',
  remediation: 'Let the signal raise an alert with a runbook, or start the retraining.',
  effort: 'S',
  falsePositives: 'The alert may be set in the tool. Declare `alerts` or `triggers` on the monitor, or `trigger drift` on the training.',
  *evaluate({ architecture }) {
    const monitors = componentsOf(architecture, 'monitor').filter((monitor) => sees(monitor, 'inputs') || monitor.variant === 'prediction_drift' || monitor.variant === 'skew');
    for (const monitor of monitors) yield* judgeEnd(architecture, monitor);
  },
};

function* judgeEnd(architecture: Architecture, monitor: Component<'monitor'>): Iterable<Outcome> {
  const reach = signalReaches(architecture, monitor.name);
  const end = reach.alerts[0] ?? reach.automations[0] ?? reach.runbooks[0];
  if (end) return yield satisfied(monitor, { because: `it leads to ${end.name}` });
  const training = retrainingBehind(architecture, monitor);
  if (training) return yield satisfied(monitor, { because: `drift starts ${training.name}` });
  // Where nobody said that it leads nowhere, ML16.1 asks who is told.
  if (presenceOf(monitor, 'alerts') !== 'absent' && !noneExists(architecture, 'alert')) return;
  const { name, changes } = alertFor(architecture);
  yield gap(monitor, {
    at: statementOf(monitor, 'alerts') ? 'alerts' : undefined,
    message: `The signal of ${monitor.name} ends there: it raises no alert, starts no retraining and names no runbook.`,
    changes: [...changes, { op: 'set', subject: monitor.name, property: 'alerts', value: [name] }],
  });
}
