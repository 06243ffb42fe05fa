import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { isMonitoringClosed } from '../monitoring/absence.ts';
import { watchedBy } from '../monitoring/observed.ts';
import { sees } from '../monitoring/signals.ts';
import type { Context, FindingDetails } from '../rule.ts';
import { standingOf } from '../severity.ts';
import type { FeatureGroup, ModelFeatures } from './feature-use.ts';

const cache = new WeakMap<Architecture, readonly { readonly monitor: Component<'monitor'>; readonly watched: readonly string[] }[]>();

/** The monitors that compare training with serving, each with what it watches. */
function skewMonitors(architecture: Architecture) {
  let found = cache.get(architecture);
  if (!found) {
    found = componentsOf(architecture, 'monitor').filter((monitor) => sees(monitor, 'skew')).map((monitor) => ({ monitor, watched: watchedBy(architecture, monitor) }));
    cache.set(architecture, found);
  }
  return found;
}

/** The monitor that compares training with serving for a model; one that names nothing may watch any. */
export function skewMonitorOf(architecture: Architecture, use: ModelFeatures): Component<'monitor'> | undefined {
  const names = new Set([use.subject.name, ...use.services.map((service) => service.name), ...use.learned, ...use.served]);
  return skewMonitors(architecture).find(({ watched }) => watched.length === 0 || watched.some((name) => names.has(name)))?.monitor;
}

/** How grave a difference between training and serving is: whether anything would show it, and what hangs on it. */
export function gravityOfSkew(context: Context, group: FeatureGroup | undefined, uses: readonly ModelFeatures[]): Pick<FindingDetails, 'severity' | 'critical' | 'mitigated'> {
  const { architecture } = context;
  if ((group && value(group, 'parity_test') === true) || (uses.length > 0 && uses.every((use) => skewMonitorOf(architecture, use)))) return { mitigated: true };
  const { stage, criticality } = standingOf(architecture);
  // Critical only where the file says that nothing watches: an undeclared monitor may exist.
  const unseen = uses.some((use) => use.online) && stage === 'production' && criticality >= 2 && isMonitoringClosed(context) && uses.every((use) => !skewMonitorOf(architecture, use));
  return unseen ? { severity: 'critical', critical: 'silent' } : {};
}
