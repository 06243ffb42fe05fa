import type { Architecture, Change, Component } from '../../model/architecture.ts';
import { exactly } from '../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../model/statements.ts';
import { formatNumber } from '../format.ts';
import { technologyOf } from '../technology.ts';

/** Whether a part has a second: `zone` where all of its copies are in one availability zone. */
export interface Redundancy {
  readonly state: 'several' | 'single' | 'zone' | 'unknown';
  /** The property that says so. */
  readonly property?: 'replicas' | 'zones' | 'autoscale' | 'runs_on' | 'technology';
  /** For a sentence: `one replica`, `3 replicas`. */
  readonly says?: string;
}

/** Copies that can answer, by replicas, zones, machines, or a technology that somebody else runs in several zones. */
export function redundancyOf(architecture: Architecture, component: Component): Redundancy {
  const service = component as Component<'service'>;
  const [replicas, zones, autoscale, machines] = [value(service, 'replicas'), value(component, 'zones'), component.kind === 'service' ? value(service, 'autoscale') : undefined, component.kind === 'service' ? value(service, 'runs_on')?.x : undefined];
  const most = Math.max(replicas?.high ?? 0, autoscale?.max?.high ?? (autoscale && !replicas ? Number.POSITIVE_INFINITY : 0), machines?.high ?? 0);
  if ((zones?.high ?? 0) > 1) return { state: 'several', property: 'zones', says: `${formatNumber(zones?.high ?? 0)} zones` };
  if (most > 1) {
    const property = (replicas?.high ?? 0) > 1 ? 'replicas' : autoscale ? 'autoscale' : 'runs_on';
    const says = Number.isFinite(most) ? `${formatNumber(most)} ${property === 'runs_on' ? 'machines' : 'replicas'}` : 'replicas are added by themselves';
    return zones ? { state: 'zone', property: 'zones', says } : { state: 'several', property, says };
  }
  if (replicas || presenceOf(component, 'replicas') === 'absent') return { state: 'single', property: statementOf(component, 'replicas') ? 'replicas' : undefined, says: 'one replica' };
  if (zones) return { state: 'single', property: 'zones', says: 'one zone' };
  const technology = technologyOf(architecture, component);
  if (technology?.managed === true || technology?.can?.includes('multi_zone')) return { state: 'several', property: 'technology', says: `${technology.title ?? 'its technology'} is run by somebody else` };
  return { state: 'unknown' };
}

/** A second of each, in a second zone where zones are told. */
export function doubled(component: Component): Change[] {
  const set = (property: string): Change => ({ op: 'set', subject: component.name, property, value: exactly(2, '1') });
  const [replicas, zones] = [value(component as Component<'service'>, 'replicas'), value(component, 'zones')];
  return [...((replicas?.high ?? 0) > 1 ? [] : [set('replicas')]), ...(zones && zones.high < 2 ? [set('zones')] : [])];
}
