import type { Architecture, Component } from '../../model/architecture.ts';
import { servicesOf, trainingsOf } from '../../model/graph/cones.ts';
import { componentsOf, statementOf } from '../../model/statements.ts';

/** Tasks that are mostly done with published or bought models, so that one without a training is not taken for an own one. */
const MOSTLY_PRETRAINED: ReadonlySet<string> = new Set(['generation', 'embedding', 'transcription']);

const cache = new WeakMap<Architecture, readonly Component<'model'>[]>();

/** Models that are trained or adapted in-house, as opposed to bought or published ones and to rules. */
export function inHouseModels(architecture: Architecture): readonly Component<'model'>[] {
  let models = cache.get(architecture);
  if (!models) cache.set(architecture, (models = componentsOf(architecture, 'model').filter((model) => isInHouse(architecture, model))));
  return models;
}

function isInHouse(architecture: Architecture, model: Component<'model'>): boolean {
  if (model.variant === 'trained' || model.variant === 'fine_tuned') return true;
  if (model.variant !== undefined) return false;
  if (trainingsOf(architecture, model).length > 0) return true;
  // Nobody says how it came to be: what only a vendor’s model has speaks for a vendor.
  if ((['llm', 'version', 'auto_upgrade', 'licence'] as const).some((property) => statementOf(model, property))) return false;
  const task = statementOf(model, 'task');
  if (task?.state === 'present' && MOSTLY_PRETRAINED.has(task.value as string)) return false;
  const services = servicesOf(architecture, model);
  return services.length === 0 || services.some((service) => service.variant !== 'llm_api');
}

const byTraining = new WeakMap<Architecture, ReadonlyMap<string, readonly Component<'model'>[]>>();

/** The models that a training makes, looked up in a table that is made once. */
export function modelsByTraining(architecture: Architecture, training: Component<'training'>): readonly Component<'model'>[] {
  let table = byTraining.get(architecture);
  if (!table) {
    const models = new Map<string, Component<'model'>[]>();
    for (const model of componentsOf(architecture, 'model')) {
      for (const { name } of trainingsOf(architecture, model)) {
        const made = models.get(name);
        if (made) made.push(model);
        else models.set(name, [model]);
      }
    }
    byTraining.set(architecture, (table = models));
  }
  return table.get(training.name) ?? [];
}

/** True, or why nothing here is trained in-house. */
export function trainsInHouse(architecture: Architecture): true | string {
  if (componentsOf(architecture, 'training').length > 0 || inHouseModels(architecture).length > 0) return true;
  const models = componentsOf(architecture, 'model').map((model) => model.name);
  return models.length === 0 ? 'Neither a training nor a model of its own is declared.' : `Nothing is trained in-house: ${listed(models)} ${models.length === 1 ? 'is' : 'are'} bought, published or made of rules.`;
}

/** `A`, `A and B`, `A, B and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
