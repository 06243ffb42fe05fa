import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { monitorReaches } from '../../../model/graph/alerts.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import { exactly, type Quantity } from '../../../model/quantity.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { isGenerative, observedServices, type Observed } from '../../monitoring/observed.ts';
import { notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { driftClassOf, type DriftClass } from './drift-classes.ts';

export const keepsUp: Rule = {
  id: 'ML14.6',
  slug: 'retraining-keeps-up',
  title: 'A model is trained again as often as its world changes',
  type: 'weak',
  severity: 'medium',
  why: 'Between two trainings the model falls behind the world. How fast depends on what it is for.',
  remediation: 'Train more often, or let drift or a fall in quality start a training.',
  effort: 'M',
  falsePositives: 'The world of this model may change more slowly than its use case suggests. Declare `drift` on the model.',
  *evaluate({ architecture }) {
    const seen = new Set<string>();
    for (const observed of observedServices(architecture)) {
      for (const model of observed.models) {
        if (seen.has(model.name)) continue;
        seen.add(model.name);
        yield* judgeCadence(architecture, observed, model);
      }
    }
  },
};

const INTERVALS: Readonly<Record<string, number>> = { hourly: 3600, daily: 86_400, weekly: 604_800, monthly: SECONDS_PER_MONTH, quarterly: 3 * SECONDS_PER_MONTH };
const SIGNALS: ReadonlySet<string> = new Set(['drift', 'performance', 'new_data']);
const BY_HAND: ReadonlySet<string> = new Set(['manual', 'on_demand', 'code_change']);

function* judgeCadence(architecture: Architecture, observed: Observed, model: Component<'model'>): Iterable<Outcome> {
  if (model.variant === 'vendor' || model.variant === 'open' || model.variant === 'rules' || isGenerative(model)) {
    return yield notApplicable(`${model.name} is not trained here.`, model);
  }
  const trainings = trainingsOf(architecture, model);
  const drift = driftClassOf(model);
  if (!drift) {
    if (value(model, 'use_case') === undefined && trainings.length > 0) yield question(model, 'use_case', `What is ${model.name} for? It decides how fast its world drifts.`);
    return;
  }
  if (presenceOf(model, 'retrained') === 'absent' && trainings.length === 0) {
    if (drift.onDemand) return yield satisfied(model, { because: 'its world hardly changes' });
    return yield weak(model, { ...behind(drift), at: 'retrained', message: `${model.name} is never trained again; ${expected(model, drift)}.` });
  }
  const started = starter(architecture, observed, trainings);
  if (started !== undefined) return yield satisfied(model, { because: started });
  const [training] = trainings;
  if (!training) return yield question(model, 'retrained', `How often is ${model.name} trained again, and by which training?`);
  const cadence = trainings.flatMap((job) => cadenceOf(job) ?? []).sort((a, b) => a.low - b.low)[0];
  if (cadence) {
    if (cadence.high <= drift.retrainWithin) return yield satisfied(model, { because: `trained again every ${formatQuantity(cadence)}` });
    if (cadence.low <= drift.retrainWithin) return;
    const message = `${model.name} is trained again every ${formatQuantity(cadence)} and by no signal of drift; ${expected(model, drift)}.`;
    return yield weak(training, { ...behind(drift), at: presenceOf(training, 'every') === 'present' ? 'every' : 'trigger', message, changes: moreOften(training, drift) });
  }
  const byHand = training.variant === 'manual' || (value(training, 'trigger') ?? []).length > 0 && (value(training, 'trigger') ?? []).every((word) => BY_HAND.has(word));
  if (!byHand) return yield question(training, 'every', `How often does ${training.name} run, and does drift start it?`);
  if (drift.onDemand) return yield satisfied(model, { because: 'its world hardly changes, and it is trained again on demand' });
  yield weak(training, { ...behind(drift), at: 'trigger', message: `${model.name} is trained again only ${occasion(training)}; ${expected(model, drift)}.`, changes: moreOften(training, drift) });
}

/** What starts a training that neither the clock nor a signal starts. */
function occasion(training: Component<'training'>): string {
  const triggers = value(training, 'trigger') ?? [];
  const byCode = triggers.includes('code_change');
  const byPeople = training.variant === 'manual' || triggers.some((word) => word !== 'code_change');
  return [...(byPeople ? [`when somebody starts ${training.name}`] : []), ...(byCode ? [byPeople ? 'when its code changes' : `when the code of ${training.name} changes`] : [])].join(' or ');
}

const expected = (model: Component<'model'>, drift: DriftClass): string => {
  const reason = value(model, 'drift') === undefined ? `for ${(value(model, 'use_case') ?? '').replaceAll('_', ' ')}` : 'declared';
  return `its drift is ${drift.name} (${reason}), which asks for at most ${formatDuration(drift.retrainWithin)}`;
};

const behind = (drift: DriftClass): Pick<FindingDetails, 'severity'> => ({ severity: drift.severity });

/** What starts a training besides the clock and people. */
function starter(architecture: Architecture, { monitors }: Observed, trainings: readonly Component<'training'>[]): string | undefined {
  for (const training of trainings) {
    if (training.variant === 'online') return `${training.name} learns all the time`;
    const signal = value(training, 'trigger')?.find((word) => SIGNALS.has(word));
    if (signal) return `${signal.replace('_', ' ')} starts ${training.name}`;
  }
  const names = new Set(trainings.map((training) => training.name));
  for (const monitor of monitors) {
    const started = monitorReaches(architecture, monitor).automations.find((component) => names.has(component.name));
    if (started) return `${monitor.name} starts ${started.name}`;
  }
  return undefined;
}

function cadenceOf(training: Component<'training'>): Quantity | undefined {
  const every = value(training, 'every');
  if (every) return every;
  const intervals = (value(training, 'trigger') ?? []).flatMap((word) => INTERVALS[word] ?? []);
  return intervals.length > 0 ? exactly(Math.min(...intervals), 's') : undefined;
}

function moreOften(training: Component<'training'>, drift: DriftClass): Change[] {
  const kept = (value(training, 'trigger') ?? []).filter((word) => INTERVALS[word] === undefined && !BY_HAND.has(word) && word !== 'schedule');
  return [
    { op: 'set', subject: training.name, property: 'trigger', value: ['schedule', ...kept] },
    { op: 'set', subject: training.name, property: 'every', value: exactly(drift.retrainWithin, 's') },
  ];
}
