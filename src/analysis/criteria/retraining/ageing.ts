import type { Architecture, Component } from '../../../model/architecture.ts';
import { signalReaches } from '../../../model/graph/alerts.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { driftClassOf } from '../../checks/ml14/drift-classes.ts';
import { formatQuantity } from '../../format.ts';
import { hasNoSignals, isMonitoringClosed } from '../../monitoring/absence.ts';
import { addMonitor, freeName } from '../../monitoring/drafts.ts';
import { watchedBy } from '../../monitoring/observed.ts';
import { sees } from '../../monitoring/signals.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { retrainedModels, retrains, type Model, type Retrained, type Training } from './retrained.ts';
import { startsByItself } from './starts.ts';

export const ageLimited: Criterion = {
  id: 'LOOP-05',
  slug: 'age-of-models-is-limited',
  title: 'It is settled how old a model may be, and somebody is told when a retraining fails',
  type: 'gap',
  severity: 'medium',
  pack: 'retraining',
  sources: ['ML Test Score Monitor 4', 'ML Test Score Model 4', 'Rules of ML 8', 'AWS ML Lens (2023) MLPER-15'],
  why: 'A retraining that fails changes nothing that anyone sees: the old model goes on answering, and is older every day. Only its age shows it.',
  remediation: 'Set an age above which a model must not serve, watch it, and let a failed or missing training tell somebody.',
  effort: 'S',
  falsePositives: 'A world that does not change has no such age: say `max_age n/a` with the reason.',
  applies: retrains,
  *evaluate(context: Context) {
    const { architecture } = context;
    const open: Model[] = [];
    const failures = new Set<string>();
    for (const retrained of retrainedModels(architecture)) {
      if (presenceOf(retrained.model, 'max_age') === 'undeclared') open.push(retrained.model);
      else yield* judgeAge(retrained);
      for (const outcome of judgeFailure(context, retrained)) {
        if (!failures.has(outcome.subject?.name ?? '')) yield outcome;
        failures.add(outcome.subject?.name ?? '');
      }
    }
    const [first, second] = open;
    if (first && second) yield question(architecture.system, undefined, `How old may ${listed(open.map(({ name }) => name))} be while they serve? Declare \`max_age\` of each.`);
    else if (first) yield question(first, 'max_age', `How old may ${first.name} be while it serves? Declare \`max_age\`.`);
  },
};

function* judgeAge({ model, trainings }: Retrained): Iterable<Outcome> {
  const limit = value(model, 'max_age');
  const presence = presenceOf(model, 'max_age');
  if (limit) {
    const every = trainings.map((training) => value(training, 'every')).find((interval) => interval !== undefined);
    if (every && every.low > limit.high) return yield contradiction(model, { at: 'max_age', message: `${model.name} may be ${formatQuantity(limit)} old and is trained every ${formatQuantity(every)}: before each training it is too old.`, changes: trainings.filter((training) => value(training, 'every') === every).map((training) => ({ op: 'set' as const, subject: training.name, property: 'every', value: { low: limit.low / 2, high: limit.low / 2, unit: 's' } })) });
    return yield satisfied(model, { evidence: evidenceOf(statementOf(model, 'max_age')) });
  }
  if (presence === 'absent') return yield gap(model, { at: statementOf(model, 'max_age') ? 'max_age' : undefined, message: `${model.name} may grow as old as it likes: no age is set above which it must not serve.`, changes: [{ op: 'set', subject: model.name, property: 'max_age', value: tolerated(model) }] });
  if (presence === 'not-applicable') return;
  if (presence === 'planned') return yield weak(model, { at: 'max_age', message: `The age above which ${model.name} must not serve is not set yet.` });
  yield { ...question(model, 'max_age', `How old may ${model.name} be while it serves? Declare \`max_age\`.`), statedUnknown: true };
}

/** Twice the time within which its world asks for a new one: one training may fail. */
function tolerated(model: Model) {
  const seconds = 2 * (driftClassOf(model)?.retrainWithin ?? quantityOf(31, 'day', 'duration').low);
  return { low: seconds, high: seconds, unit: 's' };
}

function* judgeFailure(context: Context, { model, trainings }: Retrained): Iterable<Outcome> {
  const { architecture } = context;
  // Who starts a training by hand sees how it ends, and where nothing tells anybody anything, ML16.1 says so.
  const training = trainings.find((item) => startsByItself(architecture, item) !== undefined);
  if (!training || hasNoSignals(context)) return;
  const teller = tellerOf(architecture, training, model);
  if (teller !== undefined) return yield satisfied(training, { because: `${teller} speaks when ${training.name} fails` });
  const orchestrator = orchestratorOf(architecture, training);
  const mute = orchestrator && presenceOf(orchestrator, 'alerts') === 'absent';
  if (mute || (isMonitoringClosed(context) && (orchestrator === undefined || presenceOf(orchestrator, 'alerts') !== 'undeclared'))) {
    const watch = { name: freeName(architecture, `${training.name}Runs`), variant: 'pipeline', properties: { watches: [training.name] } };
    yield gap(training, { about: 'failure', message: `When ${training.name} fails, nobody is told, and the ${model.name} of before goes on.`, changes: addMonitor(architecture, watch) });
  }
  // Who hears of failed jobs at all is asked by ML16.4 and ML16.6.
}

function tellerOf(architecture: Architecture, training: Training, model: Model): string | undefined {
  const monitor = componentsOf(architecture, 'monitor').find((item) => (sees(item, 'pipeline') || sees(item, 'heartbeat') || sees(item, 'version')) && presenceOf(item, 'alerts') !== 'absent' && watchedBy(architecture, item).some((name) => name === training.name || name === model.name || name === orchestratorOf(architecture, training)?.name));
  if (monitor) return monitor.name;
  const orchestrator = orchestratorOf(architecture, training);
  if (orchestrator && signalReaches(architecture, orchestrator.name).alerts.length > 0) return orchestrator.name;
  return componentsOf(architecture, 'alert').find((alert) => value(alert, 'covers')?.includes('late_pipeline'))?.name;
}

const orchestratorOf = (architecture: Architecture, training: Training): Component<'orchestrator'> | undefined =>
  (edgesOf(architecture).in.get(training.name) ?? []).flatMap((edge) => architecture.components.get(edge.from) ?? []).find((component): component is Component<'orchestrator'> => component.kind === 'orchestrator');
