import type { Architecture, Component, Kind } from '../../model/architecture.ts';
import { trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { componentsOf, isKindAbsent, value } from '../../model/statements.ts';
import { pipelineTargets, releasesOf, type Release } from '../deployment/releases.ts';
import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import { inHouseModels } from '../training/in-house.ts';
import { missing, met, notApplicable, open, type Judgement } from './judgement.ts';

/** What maturity is judged from: the model, its review, and who makes and releases the models that are trained in-house. */
export interface Facts {
  readonly context: Context;
  readonly review: Review;
  readonly architecture: Architecture;
  readonly trainings: readonly Component<'training'>[];
  readonly models: readonly Component<'model'>[];
  /** Services in production that answer with a model that learned. */
  readonly releases: readonly Release[];
  /** Those of them that run a model that is trained in-house, or do not say what they run. */
  readonly own: readonly Release[];
  /** Pipelines that test, train or release models that are trained in-house. */
  readonly pipelines: readonly Component<'pipeline'>[];
}

export function factsOf(context: Context, review: Review): Facts {
  const { architecture } = context;
  const models = inHouseModels(architecture);
  const releases = releasesOf(architecture);
  const own = releases.filter(({ observed }) => observed.models.length === 0 || observed.models.some((model) => models.includes(model)));
  return { context, review, architecture, trainings: componentsOf(architecture, 'training'), models, releases, own, pipelines: pipelinesOf(architecture, own) };
}

/** Those that name nothing, or something that has to do with training and releasing a model. */
function pipelinesOf(architecture: Architecture, own: readonly Release[]): Component<'pipeline'>[] {
  const released = new Set(own.flatMap(({ pipelines }) => pipelines));
  return componentsOf(architecture, 'pipeline').filter((pipeline) => {
    if (released.has(pipeline) || value(pipeline, 'stages')?.includes('training') === true) return true;
    const named = [...pipelineTargets(architecture, pipeline), ...neighboursOf(architecture, pipeline)];
    return named.length === 0 || named.some((name) => ['training', 'model', 'orchestrator', 'registry'].includes(architecture.components.get(name)?.kind ?? ''));
  });
}

/** Names at the other ends of the edges of a component. */
export function neighboursOf(architecture: Architecture, { name }: Component): string[] {
  const { in: incoming, out } = edgesOf(architecture);
  return [...(out.get(name) ?? []).map((edge) => edge.to), ...(incoming.get(name) ?? []).map((edge) => edge.from)];
}

/** The pipelines that have to do with one model: those of its releases, of its trainings, and those that name nothing. */
export function pipelinesFor(facts: Facts, model: Component<'model'>): Component<'pipeline'>[] {
  const { architecture, own, pipelines } = facts;
  const released = new Set(own.filter(({ observed }) => observed.models.includes(model)).flatMap((release) => release.pipelines));
  const names = new Set([model.name, ...trainingsOf(architecture, model).flatMap((training) => [training.name, ...neighboursOf(architecture, training)])]);
  return pipelines.filter((pipeline) => {
    const named = [...pipelineTargets(architecture, pipeline), ...neighboursOf(architecture, pipeline)];
    return released.has(pipeline) || named.some((name) => names.has(name)) || named.length === 0 || facts.models.length === 1;
  });
}

/** Why nothing can be said of the training of models: nothing is trained here. Undefined where something is, or may be. */
export function whyNotTrained({ architecture, trainings, models }: Facts): string | undefined {
  if (trainings.length > 0 || models.length > 0) return undefined;
  const bought = componentsOf(architecture, 'model');
  if (isKindAbsent(architecture, 'training')) return 'The file says that nothing is trained.';
  return bought.length > 0 ? 'Nothing is trained in-house: every declared model is bought, published or made of rules.' : undefined;
}

/** Names without the system before them, as people of one system know them. */
export const localName = ({ system }: Architecture, qualified: string): string => (qualified.startsWith(`${system.name}.`) ? qualified.slice(system.name.length + 1) : qualified);

/** What the review says of a rule, of all of the system or of some components. That a team does not know something is open and no absence. */
export function judgedBy({ review, architecture }: Facts, rule: string, of?: ReadonlySet<string>): Judgement {
  const concerns = ({ component }: { readonly component: string }): boolean => of === undefined || component === architecture.system.name || of.has(localName(architecture, component));
  const names = (items: readonly { readonly component: string }[]): string[] => [...new Set(items.map(({ component }) => localName(architecture, component)))];
  const found = [...review.findings, ...review.accepted.map(({ finding }) => finding)].filter((finding) => finding.rule === rule && concerns(finding));
  const gaps = found.filter(({ statedUnknown, type }) => statedUnknown !== true && type !== 'advisory');
  if (gaps.length > 0) return missing(gaps.map(({ message }) => message.replace(/\.$/, '')).join('; '), ...names(gaps));
  const unknown = found.filter(({ statedUnknown }) => statedUnknown === true);
  const questions = review.questions.filter((question) => question.rule === rule && concerns(question));
  const asked = [...unknown, ...questions];
  if (asked.length > 0) return open(asked.map(({ message }) => message.replace(/[.?]$/, '')).join('; '), ...names(asked));
  const verdict = review.verdicts.find((candidate) => candidate.rule === rule);
  if (verdict?.verdict === 'satisfied') return met(plain(verdict.because) ?? `${rule} is satisfied`);
  if (verdict?.verdict === 'not-applicable' && verdict.because?.startsWith('turned off') !== true) return notApplicable(plain(verdict.because) ?? `${rule} does not apply`);
  // What is left are findings and questions about others, and advice.
  if (verdict && verdict.verdict !== 'failed' && verdict.verdict !== 'not-applicable') return met(`${rule} finds nothing wrong`, ...(of ?? []));
  return open(`${rule} could not be judged`);
}

const plain = (because: string | undefined): string | undefined => because?.replace(/\.$/, '');

/** What the review says of a rule for the whole system; what satisfies it is among the components of a kind. */
export function byRule(facts: Facts, rule: string, kind: Kind): Judgement {
  const judgement = judgedBy(facts, rule);
  return judgement.state === 'met' && judgement.by.length === 0 ? { ...judgement, by: componentsOf(facts.architecture, kind).map(({ name }) => name) } : judgement;
}
