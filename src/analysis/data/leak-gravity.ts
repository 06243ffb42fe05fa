import type { Component } from '../../model/architecture.ts';
import { modelsMadeBy } from '../../model/graph/cones.ts';
import { value } from '../../model/statements.ts';
import { observedServices } from '../monitoring/observed.ts';
import { sees } from '../monitoring/signals.ts';
import type { Context, FindingDetails } from '../rule.ts';
import { standingOf } from '../severity.ts';

/**
 * How grave it is that a training learns from the future. Offline figures hide it, so that it is critical where much
 * hangs on the answers and the file shows nothing that would measure them against what really happened.
 */
export function gravityOfLeak({ architecture }: Context, training: Component<'training'>): Pick<FindingDetails, 'severity' | 'critical'> {
  const made = new Set(modelsMadeBy(architecture, training).map((model) => model.name));
  const services = observedServices(architecture).filter(({ models }) => models.some((model) => made.has(model.name)));
  const measured = services.some(({ monitors, evaluations, labels }) => labels.length > 0 && (evaluations.length > 0 || monitors.some((monitor) => sees(monitor, 'quality'))));
  const { stage, criticality } = standingOf(architecture);
  return !measured && stage === 'production' && criticality >= 2 ? { severity: 'critical', critical: 'silent' } : { severity: 'high' };
}

/** A join without regard to time may do little harm where a person decides. */
export const gravityOfLooseJoin = (context: Context, training: Component<'training'>): Pick<FindingDetails, 'severity' | 'critical'> =>
  value(context.architecture.system, 'decisions') === 'automated' ? gravityOfLeak(context, training) : { severity: 'high' };
