import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { isGenerative, isOnline, observedServices, type Observed } from '../../monitoring/observed.ts';
import type { Context } from '../../rule.ts';
import { inHouseModels } from '../../training/in-house.ts';

export type Evaluation = Component<'evaluation'>;
export type Model = Component<'model'>;

/** A model that is used, and what judges it. */
export interface Judged {
  readonly model: Model;
  /** The service that answers with it; undefined where none is declared. */
  readonly observed?: Observed;
  /** Those that judge it by itself, its service, or something that it is part of. */
  readonly evaluations: readonly Evaluation[];
  /** Those of `evaluations` that run before it is used. */
  readonly offline: readonly Evaluation[];
}

const cache = new WeakMap<Architecture, readonly Judged[]>();

/** The models that answer in production and those of its own that no declared service runs; rules and vectors are left out. */
export function judgedModels(architecture: Architecture): readonly Judged[] {
  let judged = cache.get(architecture);
  if (!judged) cache.set(architecture, (judged = computeJudged(architecture)));
  return judged;
}

function computeJudged(architecture: Architecture): Judged[] {
  const byModel = new Map<Model, Observed | undefined>();
  for (const observed of observedServices(architecture)) for (const model of observed.models) if (!byModel.has(model)) byModel.set(model, observed);
  for (const model of inHouseModels(architecture)) if (!byModel.has(model)) byModel.set(model, undefined);
  const models = [...byModel].filter(([model]) => model.variant !== 'rules' && value(model, 'task') !== 'embedding');
  const all = componentsOf(architecture, 'evaluation');
  const judgedBy = new Map(all.map((evaluation) => [evaluation, new Set([...(edgesOf(architecture).in.get(evaluation.name) ?? []).map((edge) => edge.from), ...(value(evaluation, 'joint') ?? [])])]));
  return models.map(([model, observed]) => {
    const names = [model.name, ...(observed?.names ?? []), ...trainingsOf(architecture, model).map((training) => training.name)];
    // What names nothing must be for the only model there is.
    const evaluations = all.filter((evaluation) => names.some((name) => judgedBy.get(evaluation)?.has(name)) || (models.length === 1 && value(evaluation, 'judges') === undefined));
    return { model, observed, evaluations, offline: evaluations.filter((evaluation) => !isOnline(architecture, evaluation)) };
  });
}

/** Models that learned from examples, as opposed to those that only write text. */
export const learnedModels = (architecture: Architecture): readonly Judged[] => judgedModels(architecture).filter(({ model }) => !isGenerative(model));

/** The file says that there is no evaluation at all. One criterion says so; those that refine an evaluation have nothing to add. */
export const hasNoEvaluation = (architecture: Architecture): boolean => noneExists(architecture, 'evaluation');

export const NO_EVALUATION = 'There is no evaluation at all; EVAL-01 says so.';
export const NO_MODEL = 'No model that learned is in use.';

/** Why criteria that refine the evaluations of models do not apply, or true. */
export function isJudged({ architecture }: Context): true | string {
  if (judgedModels(architecture).length === 0) return NO_MODEL;
  return hasNoEvaluation(architecture) ? NO_EVALUATION : true;
}

/** The same of models that learned from examples. */
export function isLearnedAndJudged(context: Context): true | string {
  if (learnedModels(context.architecture).length === 0) return NO_MODEL;
  return isJudged(context);
}
