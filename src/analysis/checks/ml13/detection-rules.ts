import type { Change, Component } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import type { Hop } from '../../finding.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../format.ts';
import { answersMonitor, DAY, FALL_THRESHOLD, SHIFT_THRESHOLD } from '../../monitoring/drafts.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { sees, seesAnswers, seesBehaviour } from '../../monitoring/signals.ts';
import { contradiction, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type QuestionOutcome, type Rule } from '../../rule.ts';
import { standingOf } from '../../severity.ts';
import { earliestOf, toleranceOf, truthDetections, type Detection, type Tolerance } from '../../monitoring/detection.ts';
import { listed } from '../../training/in-house.ts';

export const monitorIsSharp: Rule = {
  id: 'ML13.4',
  slug: 'monitor-can-decide',
  title: 'A monitor has a threshold, a window and something to compare with',
  type: 'weak',
  severity: 'medium',
  why: 'Without them a monitor draws a curve, and nobody can say when it means that something is wrong.',
  remediation: 'Set the threshold, the window and the baseline from some weeks of normal operation.',
  effort: 'S',
  falsePositives: 'They may be set in the tool. Declare `threshold`, `window` and `baseline` on the monitor.',
  *evaluate({ architecture }) {
    const open: QuestionOutcome[] = [];
    for (const monitor of componentsOf(architecture, 'monitor')) {
      const needed = neededBy(monitor);
      if (needed.length === 0) continue;
      const outcome = judgeMonitor(monitor, needed);
      if (outcome.outcome === 'question' && !outcome.statedUnknown) open.push(outcome);
      else yield outcome;
    }
    if (open.length <= 2) yield* open;
    else yield question(architecture.system, undefined, `When do ${open.map(({ subject }) => subject.name).join(', ')} speak: which threshold, window and baseline does each have?`);
  },
};

type Setting = 'threshold' | 'window' | 'baseline';

/** An absolute threshold is its own baseline; the reference and the test of input drift belong to ML14. */
function neededBy(monitor: Component<'monitor'>): Setting[] {
  if (!seesBehaviour(monitor) || monitor.variant === 'data_quality' || monitor.variant === 'feature_freshness') return [];
  // Where neither test nor threshold of a monitor of inputs is known, ML14.3 asks for them and for the window in one question.
  if (sees(monitor, 'inputs') && !seesAnswers(monitor)) return value(monitor, 'test') ?? value(monitor, 'threshold') ? ['window'] : [];
  return sees(monitor, 'answers') && !sees(monitor, 'quality') ? ['threshold', 'window', 'baseline'] : ['threshold', 'window'];
}

function judgeMonitor(monitor: Component<'monitor'>, needed: readonly Setting[]): Outcome {
  const presence = (setting: Setting) => (setting === 'window' && value(monitor, 'every') ? 'present' : presenceOf(monitor, setting));
  const lacking = needed.filter((setting) => presence(setting) === 'absent');
  if (lacking.length > 0) {
    return weak(monitor, {
      at: lacking.find((setting) => statementOf(monitor, setting)),
      message: `${monitor.name} has no ${lacking.join(' and no ')}.`,
      changes: lacking.map((setting): Change => ({ op: 'set', subject: monitor.name, property: setting, value: startingPoint(monitor, setting) })),
    });
  }
  const open = needed.filter((setting) => presence(setting) === 'undeclared' || presence(setting) === 'unknown');
  if (open.length === 0) return satisfied(monitor);
  return { ...question(monitor, open[0], `When does ${monitor.name} speak: which ${listed(open)} does it have?`), statedUnknown: open.some((setting) => presence(setting) === 'unknown') };
}

function startingPoint(monitor: Component<'monitor'>, setting: Setting): unknown {
  if (setting === 'window') return DAY;
  if (setting === 'baseline') return 'production_version';
  return sees(monitor, 'quality') ? FALL_THRESHOLD : SHIFT_THRESHOLD;
}

export const noticedInTime: Rule = {
  id: 'ML13.5',
  slug: 'noticed-in-time',
  title: 'A fall in quality is noticed within the time that is allowed',
  type: 'contradiction',
  severity: 'medium',
  why: 'Until truth has arrived and its window has closed, a bad version goes on answering.',
  remediation: 'Add a signal that needs no truth: the distribution of predictions, or a proxy of quality.',
  effort: 'M',
  falsePositives: 'A quicker proxy may exist. Declare it as a monitor with `proxy yes` or of the variant `prediction_drift`, or state `detect_within`.',
  *evaluate(context) {
    for (const observed of observedServices(context.architecture)) yield* judgeDetection(context, observed);
  },
};

function* judgeDetection(context: Context, observed: Observed): Iterable<Outcome> {
  const tolerance = toleranceOf(context);
  const { service } = observed;
  const early = earliestOf(observed);
  const truth = truthDetections(observed).sort((a, b) => a.low - b.low);
  if (early && early.low <= tolerance.high) {
    const known = early.high !== undefined && early.high <= tolerance.low;
    if (known || truth.length > 0) yield satisfied(service, { because: `${early.by.name} speaks before truth is there${known ? `, within ${formatDuration(early.high ?? 0)}` : ''}` });
    return;
  }
  const [fastest] = truth;
  const slowest = early && (!fastest || early.low < fastest.low) ? early : fastest;
  if (!slowest) return;
  const inTime = truth.find((detection) => detection.high !== undefined && detection.high <= tolerance.low);
  if (inTime) return yield satisfied(service, { because: `${inTime.by.name} speaks within ${formatDuration(inTime.high ?? 0)}` });
  if (slowest.low <= tolerance.high) return;
  // Against the default of the product it is no contradiction: nobody promised that time.
  yield tolerance.declared ? contradiction(slowest.by, tooLate(context, observed, slowest, tolerance)) : weak(slowest.by, tooLate(context, observed, slowest, tolerance));
}

function tooLate(context: Context, observed: Observed, detection: Detection, tolerance: Tolerance): FindingDetails {
  const { architecture } = context;
  const { by, labels, delay, window, every } = detection;
  const parts = [
    ...(labels && delay ? [`${labels.name} arrives after ${formatQuantity(delay)}`] : []),
    ...(window ? [`window ${formatQuantity(window)}`] : []),
    ...(every ? [`every ${formatQuantity(every)}`] : []),
  ];
  const allowed = tolerance.declared ? `${architecture.system.name} allows ${formatQuantity(tolerance)}` : `${formatQuantity(tolerance)} is usual at this criticality`;
  const volume = value(architecture.system, 'volume');
  const answers = volume && Math.round(volume.low * detection.low);
  const inputs = observed.monitors.some((monitor) => sees(monitor, 'inputs') && (value(monitor, 'window')?.low ?? 0) <= tolerance.high);
  const soon = exactly(Math.min(tolerance.low / 2, DAY.low), 's');
  return {
    message: `${by.name} can notice a bad version of ${observed.service.name} only after ${formatDuration(detection.low)} (${parts.join(', ')}); ${allowed}, and no earlier signal of its answers is declared.`,
    why: answers ? `${formatNumber(answers)} answers go out before anybody can be told.` : undefined,
    severity: standingOf(architecture).criticality >= 2 ? 'high' : 'medium',
    mitigated: inputs,
    path: hops(observed, detection),
    changes: answersMonitor(architecture, observed, soon),
    prerequisites: ['ML13.1'],
  };
}

function hops({ service }: Observed, { by, labels, delay, window, every }: Detection): Hop[] {
  const note = [window && `window ${formatQuantity(window)}`, every && `every ${formatQuantity(every)}`].filter(Boolean).join(', ');
  return [
    { component: service.name, span: service.nameSpan, note: 'answers' },
    ...(labels && delay ? [{ component: labels.name, span: labels.nameSpan, note: `truth after ${formatQuantity(delay)}` }] : []),
    { component: by.name, span: by.nameSpan, note: note || undefined },
  ];
}
