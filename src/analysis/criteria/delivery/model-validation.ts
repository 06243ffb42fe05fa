import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { servicesOf } from '../../../model/graph/cones.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { pipelineTargets } from '../../deployment/releases.ts';
import { hopsOf } from '../../hops.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { isOnline } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { deliveriesOf } from '../../training/delivery.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

type Model = Component<'model'>;
type Gate = Component<'evaluation'> | Component<'pipeline'>;

export const modelsValidated: Criterion = {
  id: 'CICD-03',
  slug: 'models-are-validated-before-serving',
  title: 'A new version of a model is served only if it beats or equals the one in use',
  type: 'gap',
  severity: 'high',
  sources: ['ML Test Score Infra 4', 'AWS ML Lens (2023) MLREL-08', 'ISO/IEC 42001 A.6.2.4', 'AWS ML Lens (2023) MLOE-12'],
  why: 'Training succeeds with bad data too. Without a gate that compares with the version in use, a worse model goes out as smoothly as a better one.',
  remediation: 'Judge each version on the same held-out data as the one in use, by segment too, and stop the release where it is worse.',
  effort: 'M',
  falsePositives: 'The comparison may be part of the pipeline: declare the stage `model_validation` with `blocking yes`, or an `evaluation` with `blocking yes` and `compares_to production`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : servedModels(context.architecture).length > 0 ? true : 'No model that is trained in-house is served.'),
  *evaluate({ architecture }: Context) {
    const open: Model[] = [];
    const asked = new Set<string>();
    const pipelines = componentsOf(architecture, 'pipeline').map((pipeline) => ({ pipeline, targets: pipelineTargets(architecture, pipeline) }));
    for (const model of servedModels(architecture)) {
      const outcome = judge(architecture, model, pipelines);
      // One gate of several models is asked of once.
      if (outcome?.outcome === 'question' && asked.has(outcome.subject.name)) continue;
      if (outcome?.outcome === 'question') asked.add(outcome.subject.name);
      if (outcome) yield outcome;
      else open.push(model);
    }
    const [first] = open;
    if (first) yield question(first, undefined, `What must a new version of ${listed(open.map(({ name }) => name))} pass before it is served, and is it compared with the version in use? Declare an \`evaluation\` with \`blocking\` and \`compares_to\`.`);
  },
};

const servedModels = (architecture: Architecture): Model[] => inHouseModels(architecture).filter((model) => servicesOf(architecture, model).length > 0);

/** Undefined where nobody says what judges it. */
function judge(architecture: Architecture, model: Model, delivered: readonly { readonly pipeline: Component<'pipeline'>; readonly targets: readonly string[] }[]): Outcome | undefined {
  if (value(model, 'retrained') === false) return notApplicable(`${model.name} is frozen.`, model);
  const names = new Set([model.name, ...servicesOf(architecture, model).map(({ name }) => name)]);
  const evaluations = componentsOf(architecture, 'evaluation').filter((evaluation) => !isOnline(architecture, evaluation) && (edgesOf(architecture).in.get(evaluation.name) ?? []).some(({ from }) => names.has(from)));
  const pipelines = delivered.filter(({ targets }) => targets.length === 0 || targets.some((name) => names.has(name))).map(({ pipeline }) => pipeline);
  const staged = pipelines.filter((pipeline) => value(pipeline, 'stages')?.includes('model_validation'));
  const stopping = [...evaluations.filter((evaluation) => stops(pipelines, evaluation)), ...staged.filter((pipeline) => presenceOf(pipeline, 'blocking') === 'present')];
  const best = stopping.find((gate) => compares(gate) === 'production') ?? stopping.find((gate) => compares(gate) === 'unsaid');
  if (best && compares(best) === 'production') return satisfied(model, { because: `${best.name} compares with the version in use and stops what is worse`, evidence: evidenceOf(statementOf(best, 'blocking')) });
  const person = componentsOf(architecture, 'registry').find((registry) => value(registry, 'promotion') === 'approved');
  if (person && evaluations.length > 0) return satisfied(model, { because: `a person promotes versions in ${person.name} after ${listed(evaluations.map(({ name }) => name))}` });
  if (best) return question(best, 'compares_to', `What does ${best.name} compare a new version of ${model.name} with: the version in use, a simple baseline, or nothing?`);
  const path = wayOf(architecture, model);
  const [weaker] = stopping;
  if (weaker) return weak(model, { severity: 'medium', message: `${weaker.name} can stop a new version of ${model.name}, but does not compare it with the version in use.`, path, changes: [{ op: 'set', subject: weaker.name, property: 'compares_to', value: 'production' }], impact: 'A worse version is not served' });
  const toothless: Gate[] = [...evaluations, ...staged].filter((gate) => presenceOf(gate, 'blocking') === 'absent');
  const unsaid: Gate[] = [...evaluations, ...staged].filter((gate) => ['undeclared', 'unknown'].includes(presenceOf(gate, 'blocking')));
  const planned = [...evaluations, ...staged].map((gate) => plannedInstead(gate, 'blocking', { about: model.name, message: `${gate.name} does not stop a worse version of ${model.name} yet.`, path })).find((outcome) => outcome !== undefined);
  if (planned) return planned;
  const [ask] = unsaid;
  if (ask) return question(ask, 'blocking', `Does ${ask.name} stop a new version of ${model.name} that is worse than the one in use?`);
  if (toothless.length > 0) return gap(model, { message: `New versions of ${model.name} reach ${listed([...names].slice(1))} whatever ${listed(toothless.map(({ name }) => name))} find${toothless.length === 1 ? 's' : ''}: nothing stops a worse one.`, path, changes: toGate(toothless), impact: 'A worse version is not served' });
  if (noneExists(architecture, 'evaluation') && pipelines.every((pipeline) => ['present', 'absent'].includes(presenceOf(pipeline, 'stages')))) return gap(model, { message: `New versions of ${model.name} reach ${listed([...names].slice(1))}, and nothing judges them before.`, path, changes: newGate(architecture, model), impact: 'A worse version is not served' });
  return undefined;
}

/** Whether what fails it goes no further: it says so, or a pipeline that stops waits for it. */
function stops(pipelines: readonly Component<'pipeline'>[], evaluation: Component<'evaluation'>): boolean {
  if (presenceOf(evaluation, 'blocking') !== 'undeclared') return presenceOf(evaluation, 'blocking') === 'present';
  return pipelines.some((pipeline) => value(pipeline, 'gate')?.includes(evaluation.name) === true && presenceOf(pipeline, 'blocking') !== 'absent');
}

/** The stage `model_validation` holds a comparison with what is in use, by its meaning. */
function compares(gate: Gate): 'production' | 'other' | 'unsaid' {
  if (gate.kind === 'pipeline') return 'production';
  const stated = value(gate, 'compares_to');
  if (stated === 'production') return 'production';
  return stated === undefined && presenceOf(gate, 'compares_to') !== 'absent' ? 'unsaid' : 'other';
}

function wayOf(architecture: Architecture, model: Model) {
  const delivery = deliveriesOf(architecture).find((item) => item.model === model);
  return hopsOf(delivery?.registered ?? delivery?.bypass ?? []);
}

function toGate(gates: readonly Gate[]): Change[] {
  const [first] = gates.filter(({ kind }) => kind === 'evaluation');
  const gate = first ?? gates[0];
  if (!gate) return [];
  const set = (property: string, held: unknown): Change => ({ op: 'set', subject: gate.name, property, value: held });
  return [set('blocking', true), ...(gate.kind === 'evaluation' ? [set('compares_to', 'production')] : [])];
}

const newGate = (architecture: Architecture, model: Model): Change[] => [{ op: 'add-component', component: { kind: 'evaluation', name: freeName(architecture, `${model.name}Gate`), variant: 'offline', properties: { judges: [model.name], blocking: true, compares_to: 'production' } } }];
