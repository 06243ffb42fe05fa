import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, isComplete, isKindAbsent, presenceOf, value } from '../../model/statements.ts';
import { modelsByTraining } from './in-house.ts';
import { recordersOf } from './run-records.ts';

export type Tracking = 'tracked' | 'untracked' | 'undeclared';

/** Whether runs of a training are recorded: in a tracker, or by what the training says of each run. */
export function trackingOf(architecture: Architecture, training: Component<'training'>): Tracking {
  if (recordersOf(architecture, training).trackers.length > 0 || (value(training, 'tracks') ?? []).length > 0) return 'tracked';
  const denied = (['tracked_by', 'tracks'] as const).some((property) => presenceOf(training, property) === 'absent');
  return denied || isComplete(training) || isKindAbsent(architecture, 'tracker') ? 'untracked' : 'undeclared';
}

/** Why a training is not under active development, or undefined where it is. */
export function frozenBecause(architecture: Architecture, training: Component<'training'>): string | undefined {
  const models = modelsByTraining(architecture, training);
  if (models.length === 0) return undefined;
  if (models.every((model) => presenceOf(model, 'retrained') === 'absent')) return `${models.map((model) => model.name).join(', ')} is frozen`;
  const once = models.every((model) => (value(model, 'experiments')?.high ?? Number.POSITIVE_INFINITY) <= 1 && presenceOf(model, 'retrained') !== 'present');
  return once ? `${training.name} ran only once` : undefined;
}

/** Trainings that are still worked on. */
export const activeTrainings = (architecture: Architecture): Component<'training'>[] =>
  componentsOf(architecture, 'training').filter((training) => frozenBecause(architecture, training) === undefined);
