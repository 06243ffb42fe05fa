import type { Architecture } from '../../model/architecture.ts';
import { feedsTraining } from '../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { worstLag, type LagTerm } from '../../model/graph/lag.ts';
import type { Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { FeatureGroup } from './feature-use.ts';

/** How old values of a feature group can be when they are used, in seconds, and what that is made of. */
export interface ValueAge {
  readonly total: { readonly low: number; readonly high: number };
  /** On the way into the group. */
  readonly terms: readonly LagTerm[];
  /** Interval and run time of the job that renews its values. */
  readonly own: readonly Quantity[];
  /** The same as one number. */
  readonly materialised: number;
  readonly path: readonly Edge[];
  /** Something on the way takes in more than one thing; what lies behind it does not count. */
  readonly mixedIn?: string;
  readonly joined: boolean;
}

/** How old values can be for certain: of all paths, without the one on which historical values come back. */
export function valueAge(architecture: Architecture, group: FeatureGroup): ValueAge | undefined {
  const offline = value(group, 'offline');
  const inputs = (edgesOf(architecture).in.get(group.name) ?? []).filter(feedsTraining);
  const other = inputs.some((edge) => edge.from !== offline);
  const follow = (edge: Edge): boolean => feedsTraining(edge) && !(edge.to === group.name && edge.from === offline && (other || edge.via?.property === 'offline'));
  // What takes in much on the way need not pass all of it on to this group, so that nothing behind it counts.
  const mixing = (name: string): boolean => (edgesOf(architecture).in.get(name) ?? []).filter(follow).length > 1;
  let mixedIn: string | undefined;
  const lag = worstLag(architecture, group.name, (edge) => {
    if (!follow(edge)) return false;
    if (edge.to === group.name || !mixing(edge.to)) return true;
    mixedIn = edge.to;
    return false;
  });
  const materialised = value(group, 'materialised');
  const own = [materialised?.every, materialised?.in].filter((term) => term !== undefined);
  if (lag.terms.length === 0 && own.length === 0) return undefined;
  const add = (end: 'low' | 'high'): number => lag.total[end] + own.reduce((sum, term) => sum + term[end], 0);
  return { terms: lag.terms, own, total: { low: add('low'), high: add('high') }, materialised: own.reduce((sum, term) => sum + term.low, 0), path: lag.path, ...(mixedIn !== undefined && { mixedIn }), joined: mixing(group.name) };
}
