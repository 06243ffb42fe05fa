import type { Architecture } from '../../model/architecture.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { declaredExperiment, declaredRollout } from './declared-comparison.ts';
import { declaredMonitor } from './declared-monitor.ts';
import type { DeclaredComparison, DeclaredMonitor, DeclaredPlans } from './declared-plan.ts';

const cache = new WeakMap<Architecture, Map<number, DeclaredPlans>>();

/**
 * Every experiment, every rollout that must see a difference or a sample, and every monitor with a statistical test that an
 * architecture declares, with the numbers that follow from its traffic.
 */
export function declaredPlans(context: Context): DeclaredPlans {
  const { architecture, settings } = context;
  const byFactor = cache.get(architecture) ?? new Map<number, DeclaredPlans>();
  cache.set(architecture, byFactor);
  const known = byFactor.get(settings.thresholds.peakFactor);
  if (known) return known;
  const plans: DeclaredPlans = {
    experiments: [
      ...componentsOf(architecture, 'experiment').map((experiment) => declaredExperiment(context, experiment)),
      ...componentsOf(architecture, 'rollout').flatMap((rollout) => declaredRollout(context, rollout) ?? []),
    ],
    monitors: componentsOf(architecture, 'monitor').flatMap((monitor) => declaredMonitor(context, monitor) ?? []),
  };
  byFactor.set(settings.thresholds.peakFactor, plans);
  return plans;
}

export const comparisonOf = (context: Context, name: string): DeclaredComparison | undefined => declaredPlans(context).experiments.find(({ component }) => component === name);

export const monitorPlanOf = (context: Context, name: string): DeclaredMonitor | undefined => declaredPlans(context).monitors.find(({ component }) => component === name);
