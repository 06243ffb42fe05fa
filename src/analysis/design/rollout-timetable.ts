import type { Component } from '../../model/architecture.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { timeOfStep } from '../experiments/declared-comparison.ts';
import { arrivalsAt } from '../experiments/declared-traffic.ts';
import { strategyOf, type Release } from '../deployment/releases.ts';
import type { Context } from '../rule.ts';

/** One step of a rollout: from when it runs, and what the new version sees of the traffic meanwhile. */
export interface RolloutStep {
  readonly share: Quantity;
  /** Seconds after the start of the rollout; undefined where nobody says how long a step lasts. */
  readonly from?: number;
  /** Seconds that it lasts; the last step, in which all have the new version, has no end. */
  readonly lasts?: number;
  /** Requests that the new version gets in it, at the mean traffic. */
  readonly sees?: number;
  /** Whether that is as many as the criteria ask for; undefined where one of the two is not known. */
  readonly enough?: boolean;
}

export function rolloutTimetable(context: Context, { service }: Release, rollout: Component<'rollout'>): RolloutStep[] {
  const steps = strategyOf(rollout)?.steps ?? [];
  const partial = steps.filter((step) => step.high < 1);
  const each = timeOfStep(rollout, partial.length);
  const arrivals = arrivalsAt(context, service);
  const wanted = value(rollout, 'criteria')?.min_sample;
  return steps.map((share, index): RolloutStep => {
    const ends = share.high < 1;
    const lasts = each && ends ? middle(each) : undefined;
    const sees = lasts !== undefined && arrivals ? middle(arrivals.mean) * middle(share) * lasts : undefined;
    return {
      share,
      ...(each && { from: index * middle(each) }),
      ...(lasts !== undefined && { lasts }),
      ...(sees !== undefined && { sees }),
      ...(sees !== undefined && wanted && { enough: sees >= wanted.low }),
    };
  });
}
