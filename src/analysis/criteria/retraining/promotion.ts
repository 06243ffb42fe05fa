import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { releasesOf } from '../../deployment/releases.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { deliveriesOf, type Delivery } from '../../training/delivery.ts';
import { fewQuestions } from '../few-questions.ts';
import { judgedModels } from '../evaluation/judged.ts';
import { retrains } from './retrained.ts';
import { startsByItself } from './starts.ts';

export const challengerCompared: Criterion = {
  id: 'LOOP-03',
  slug: 'newer-is-not-better',
  title: 'A model that replaces another one by itself has to beat it first',
  type: 'gap',
  severity: 'high',
  failureMode: 'rollout',
  sources: ['ML Test Score Infra 4', 'AWS ML Lens (2023) MLREL-08', 'AWS ML Lens (2023) MLPER-16', 'NIST AI RMF MEASURE 2.3'],
  why: 'A training that ends without an error can end with a worse model: less data, other data, a bad seed. Where newer replaces older by itself, that goes to everyone, as often as trainings run.',
  remediation: 'Judge the new version and the one in use on the same recent data, and put the new one in place only where it is better.',
  effort: 'M',
  falsePositives: 'A person may decide after all: say `promotion approved` of the registry. A comparison that exists: `compares_to production` and `blocking yes` of the evaluation.',
  applies: retrains,
  *evaluate({ architecture }: Context) {
    const seen = new Set<string>();
    const automatic = deliveriesOf(architecture).filter((delivery) => starterOf(architecture, delivery) || movesOn(delivery));
    if (automatic.length === 0) return yield notApplicable('No training is declared to start by itself, and no registry to move versions on; where a person starts one, that person is there when it ends.');
    const outcomes = automatic.flatMap((delivery): Outcome[] => {
      const subject = delivery.model ?? delivery.service;
      if (seen.has(subject.name)) return [];
      seen.add(subject.name);
      return [judge(architecture, delivery, subject)];
    });
    yield* fewQuestions(architecture.system, outcomes, (names) => `When new versions of ${names} have been trained, do they replace those in use by themselves, and what do they have to beat first?`);
  },
};

function judge(architecture: Architecture, delivery: Delivery, subject: Component): Outcome {
  const evaluations = judgedModels(architecture).find(({ model }) => model === delivery.model)?.offline ?? componentsOf(architecture, 'evaluation');
  const comparing = evaluations.find((evaluation) => value(evaluation, 'compares_to') === 'production');
  if (comparing && presenceOf(comparing, 'blocking') === 'present') return satisfied(subject, { because: `${comparing.name} lets a new version pass only if it holds against the one in use`, evidence: evidenceOf(statementOf(comparing, 'compares_to')) });
  const online = onlineComparison(architecture, delivery);
  if (online !== undefined) return satisfied(subject, { because: online });
  const way = promotedBy(delivery);
  if (way === undefined) return openPromotion(delivery, subject);
  const training = starterOf(architecture, delivery);
  const message = `${training ? `${training.name} makes a new ${subject.name} by itself` : `Somebody trains a new ${subject.name}`}, and ${way}`;
  if (comparing && presenceOf(comparing, 'blocking') === 'absent') {
    return weak(subject, { message: `${message}; ${comparing.name} compares it with the one in use and stops nothing.`, changes: [{ op: 'set', subject: comparing.name, property: 'blocking', value: true }] });
  }
  if (comparing) return { ...question(comparing, 'blocking', `Does ${comparing.name} stop a new ${subject.name} that is worse than the one in use?`), statedUnknown: presenceOf(comparing, 'blocking') === 'unknown' };
  const denied = evaluations.length > 0 && evaluations.every((evaluation) => presenceOf(evaluation, 'compares_to') === 'absent' || ['baseline', 'none_needed'].includes(value(evaluation, 'compares_to') ?? ''));
  if (denied || (evaluations.length === 0 && isKindAbsent(architecture, 'evaluation'))) {
    return gap(subject, { message: `${message}; nothing compares the two.`, changes: comparison(architecture, evaluations[0], subject), impact: 'Only better models replace others' });
  }
  return question(evaluations[0] ?? subject, evaluations[0] ? 'compares_to' : undefined, `${message}. What compares it with the one in use first, and can stop it?`);
}

const starterOf = (architecture: Architecture, { trainings }: Delivery): Component<'training'> | undefined => trainings.find((training) => startsByItself(architecture, training) !== undefined);
const movesOn = ({ registries }: Delivery): Component<'registry'> | undefined => registries.find((item) => value(item, 'promotion') === 'automatic');

/** What makes a new version the one in use without a person. */
function promotedBy(delivery: Delivery): string | undefined {
  const { service, registries } = delivery;
  const registry = movesOn(delivery);
  if (registry) return `${registry.name} moves it on by a rule`;
  if (registries.some((item) => value(item, 'promotion') !== undefined)) return undefined;
  const loads = value(service, 'loads_model');
  if (loads === 'latest') return `${service.name} loads whatever is newest`;
  return loads === 'from_path' ? `${service.name} loads it from the place of the one before` : undefined;
}

function openPromotion({ service, registries }: Delivery, subject: Component): Outcome {
  const decided = registries.find((item) => value(item, 'promotion') !== undefined);
  if (decided) return notApplicable(`A person moves versions on in ${decided.name}.`, subject);
  const [registry] = registries;
  const loads = value(service, 'loads_model');
  if (loads === 'baked_in') return notApplicable(`A new ${subject.name} comes to ${service.name} only with a new image.`, subject);
  const ask = `When a new ${subject.name} has been trained, does it replace the one in use by itself, and what does it have to beat first?`;
  if (registry) return { ...question(registry, 'promotion', ask, subject.name), statedUnknown: presenceOf(registry, 'promotion') === 'unknown' };
  return question(service, 'loads_model', ask, subject.name);
}

/** A rollout or an experiment that judges the new version beside the old one. */
function onlineComparison(architecture: Architecture, { service, model }: Delivery): string | undefined {
  const release = releasesOf(architecture).find((item) => item.service === service);
  const rollout = release?.rollouts.find((item) => value(item, 'compares_versions') === true);
  if (rollout) return `${rollout.name} compares it with the one in use while it grows`;
  const experiment = componentsOf(architecture, 'experiment').find((item) => item.subject === service.name || (model !== undefined && item.subject === model.name));
  return experiment && `${experiment.name} compares them on users`;
}

function comparison(architecture: Architecture, existing: Component<'evaluation'> | undefined, subject: Component): Change[] {
  if (existing) return [{ op: 'set', subject: existing.name, property: 'compares_to', value: 'production' }, { op: 'set', subject: existing.name, property: 'blocking', value: true }];
  const properties = { judges: [subject.name], compares_to: 'production', blocking: true };
  return [{ op: 'add-component', component: { kind: 'evaluation', name: freeName(architecture, `${subject.name}Comparison`), variant: 'offline', properties } }];
}
