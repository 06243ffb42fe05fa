import type { Architecture, Component } from '../../../model/architecture.ts';
import { modelsMadeBy, servicesOf } from '../../../model/graph/cones.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import type { Context } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';
import { inHouseModels } from '../../training/in-house.ts';

export type Training = Component<'training'>;
export type Model = Component<'model'>;

/** A model of its own, with the trainings that make it. */
export interface Retrained {
  readonly model: Model;
  readonly trainings: readonly Training[];
}

const cache = new WeakMap<Architecture, readonly Retrained[]>();

/** The models that are trained here and not declared to be frozen, as far as one of their services may be in production. */
export function retrainedModels(architecture: Architecture): readonly Retrained[] {
  let found = cache.get(architecture);
  if (!found) {
    const trainings = new Map<Model, Training[]>();
    const own = new Set(inHouseModels(architecture));
    for (const training of componentsOf(architecture, 'training')) {
      for (const model of modelsMadeBy(architecture, training)) if (own.has(model)) trainings.set(model, [...(trainings.get(model) ?? []), training]);
    }
    const isUsed = (model: Model): boolean => {
      const services = servicesOf(architecture, model);
      return services.length === 0 || services.some((service) => isInProduction(architecture, service));
    };
    cache.set(architecture, (found = [...trainings].filter(([model]) => value(model, 'retrained') !== false && isUsed(model)).map(([model, jobs]) => ({ model, trainings: jobs }))));
  }
  return found;
}

/** True, or that no training makes a model that is used. */
export const retrains = ({ architecture }: Context): true | string => (retrainedModels(architecture).length > 0 ? true : 'No training is declared that makes a model of its own again.');
