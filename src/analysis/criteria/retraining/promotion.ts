import type { Architecture, Change, Component, Span } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { releasesOf } from '../../deployment/releases.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { deliveriesOf, type Delivery } from '../../training/delivery.ts';
import { listed } from '../../training/in-house.ts';
import { judgedModels } from '../evaluation/judged.ts';
import { fewQuestions } from '../few-questions.ts';
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
    const automatic = deliveriesOf(architecture).filter((delivery) => starterOf(architecture, delivery) || movesOn(delivery));
    if (automatic.length === 0) return yield notApplicable('No training is declared to start by itself, and no registry to move versions on; where a person starts one, that person is there when it ends.');
    const seen = new Set<string>();
    const unbeaten: Unbeaten[] = [];
    const outcomes: Outcome[] = [];
    for (const delivery of automatic) {
      const subject = delivery.model ?? delivery.service;
      if (seen.has(subject.name)) continue;
      seen.add(subject.name);
      const judged = judge(architecture, delivery, subject);
      if ('outcome' in judged) outcomes.push(judged);
      else unbeaten.push(judged);
    }
    if (unbeaten.length > 0) yield replacedByItself(architecture, unbeaten);
    yield* fewQuestions(architecture.system, outcomes, (names) => `When new versions of ${names} have been trained, do they replace those in use by themselves?`);
  },
};

/** A model of which a newer version replaces the older one by itself, without having to beat it. */
interface Unbeaten {
  readonly subject: Component;
  readonly training?: Component<'training'>;
  readonly way: Way;
  readonly evaluation?: Component<'evaluation'>;
}

function judge(architecture: Architecture, delivery: Delivery, subject: Component): Outcome | Unbeaten {
  const evaluations = judgedModels(architecture).find(({ model }) => model === delivery.model)?.offline ?? componentsOf(architecture, 'evaluation');
  const comparing = evaluations.find((evaluation) => value(evaluation, 'compares_to') === 'production');
  if (comparing && presenceOf(comparing, 'blocking') === 'present') return satisfied(subject, { because: `${comparing.name} lets a new version pass only if it holds against the one in use`, evidence: evidenceOf(statementOf(comparing, 'compares_to')) });
  const elsewhere = comparedElsewhere(architecture, delivery);
  if (elsewhere !== undefined) return satisfied(subject, { because: elsewhere });
  const way = promotedBy(delivery);
  if (way === undefined) return openPromotion(delivery, subject);
  const toothless = evaluations.length > 0 && evaluations.every((evaluation) => presenceOf(evaluation, 'blocking') === 'absent' || presenceOf(evaluation, 'compares_to') === 'absent' || ['baseline', 'none_needed'].includes(value(evaluation, 'compares_to') ?? ''));
  if (toothless || noneExists(architecture, 'evaluation')) return { subject, training: starterOf(architecture, delivery), way, evaluation: comparing ?? evaluations[0] };
  return notApplicable(`What a new ${subject.name} is compared with, and whether that stops it, is asked by CICD-03.`, subject);
}

/** Once for the system: what judges each model is said by CICD-03. */
function replacedByItself(architecture: Architecture, unbeaten: readonly Unbeaten[]): Outcome {
  const [first, ...others] = unbeaten as readonly [Unbeaten, ...Unbeaten[]];
  const { subject, training, way } = first;
  const also = others.length > 0 ? ` The same goes for ${listed(others.map((item) => item.subject.name))}.` : '';
  const made = training ? `${training.name} makes a new ${subject.name} by itself` : `Somebody trains a new ${subject.name}`;
  return gap(architecture.system, {
    span: way.span,
    message: `${made}, and ${way.says}: newer replaces older without having to beat it.${also}`,
    changes: unbeaten.flatMap((item) => comparison(architecture, item.evaluation, item.subject)),
    impact: 'Only better models replace others',
  });
}

const starterOf = (architecture: Architecture, { trainings }: Delivery): Component<'training'> | undefined => trainings.find((training) => startsByItself(architecture, training) !== undefined);
const movesOn = ({ registries }: Delivery): Component<'registry'> | undefined => registries.find((item) => value(item, 'promotion') === 'automatic');

/** What makes a new version the one in use without a person. */
interface Way {
  readonly says: string;
  readonly span?: Span;
}

function promotedBy(delivery: Delivery): Way | undefined {
  const { service, registries } = delivery;
  const registry = movesOn(delivery);
  if (registry) return { says: `${registry.name} moves it on by a rule`, span: statementOf(registry, 'promotion')?.span };
  if (registries.some((item) => value(item, 'promotion') !== undefined)) return undefined;
  const span = statementOf(service, 'loads_model')?.span;
  const loads = value(service, 'loads_model');
  if (loads === 'latest') return { says: `${service.name} loads whatever is newest`, span };
  return loads === 'from_path' ? { says: `${service.name} loads it from the place of the one before`, span } : undefined;
}

function openPromotion({ service, registries }: Delivery, subject: Component): Outcome {
  const decided = registries.find((item) => value(item, 'promotion') !== undefined);
  if (decided) return notApplicable(`A person moves versions on in ${decided.name}.`, subject);
  const [registry] = registries;
  const loads = value(service, 'loads_model');
  if (loads === 'baked_in') return notApplicable(`A new ${subject.name} comes to ${service.name} only with a new image.`, subject);
  const ask = `When a new ${subject.name} has been trained, does it replace the one in use by itself?`;
  if (registry) return { ...question(registry, 'promotion', ask, subject.name), statedUnknown: presenceOf(registry, 'promotion') === 'unknown' };
  return question(service, 'loads_model', ask, subject.name);
}

/** A rollout, an experiment or a stage of a pipeline that judges the new version beside the old one. */
function comparedElsewhere(architecture: Architecture, { service, model }: Delivery): string | undefined {
  const release = releasesOf(architecture).find((item) => item.service === service);
  const rollout = release?.rollouts.find((item) => value(item, 'compares_versions') === true);
  if (rollout) return `${rollout.name} compares it with the one in use while it grows`;
  const pipeline = release?.pipelines.find((item) => value(item, 'stages')?.includes('model_validation') && presenceOf(item, 'blocking') !== 'absent');
  if (pipeline) return `${pipeline.name} compares it with the one in use`;
  const experiment = componentsOf(architecture, 'experiment').find((item) => item.subject === service.name || (model !== undefined && item.subject === model.name));
  return experiment && `${experiment.name} compares them on users`;
}

function comparison(architecture: Architecture, existing: Component<'evaluation'> | undefined, subject: Component): Change[] {
  if (existing) return [{ op: 'set', subject: existing.name, property: 'compares_to', value: 'production' }, { op: 'set', subject: existing.name, property: 'blocking', value: true }];
  const properties = { judges: [subject.name], compares_to: 'production', blocking: true };
  return [{ op: 'add-component', component: { kind: 'evaluation', name: freeName(architecture, `${subject.name}Comparison`), variant: 'offline', properties } }];
}
