import type { Architecture, Component, Element, Flow, Stated, SystemElement } from './architecture.ts';
import { vocabulary } from './vocabulary.generated.ts';
import type { FlowProperties, Kind, PropertiesOf, SystemProperties } from './vocabulary/vocabulary.ts';

/** The value that the author stated, or undefined where there is none (undeclared, none, unknown, n/a, planned). */
export function value<K extends Kind, P extends keyof PropertiesOf<K>>(component: Component<K>, property: P): PropertiesOf<K>[P] | undefined;
export function value<P extends keyof SystemProperties>(system: SystemElement, property: P): SystemProperties[P] | undefined;
export function value<P extends keyof FlowProperties>(flow: Flow, property: P): FlowProperties[P] | undefined;
export function value(element: { readonly properties: object }, property: PropertyKey): unknown {
  const stated = statementOf(element, property);
  return stated?.state === 'present' ? stated.value : undefined;
}

/** What the author said of a property in full, or undefined where it is undeclared. */
export function statementOf(element: { readonly properties: object }, property: PropertyKey): Stated | undefined {
  return (element.properties as Readonly<Record<PropertyKey, Stated | undefined>>)[property];
}

/**
 * `absent` is a confirmed absence: `none`, a flag set to `no`, or something left out of a part that the author
 * declared complete. `undeclared` means that nobody said anything.
 */
export type Presence = 'present' | 'absent' | 'unknown' | 'undeclared' | 'not-applicable' | 'planned';

export function presenceOf(element: Element, property: string): Presence {
  const stated = statementOf(element, property);
  if (!stated) return isComplete(element) ? 'absent' : 'undeclared';
  if (stated.state === 'none' || (stated.state === 'present' && stated.value === false)) return 'absent';
  return stated.state;
}

/** Whether the author says that the declaration of this component leaves nothing out. */
export function isComplete(element: Element): boolean {
  return element.kind !== 'system' && element.kind !== 'flow' && value(element as Component<'service'>, 'complete') === true;
}

/** Whether the author says that no component of a layer was left out. It says nothing of the properties of those declared. */
export function isLayerComplete(architecture: Architecture, layer: string): boolean {
  return (value(architecture.system, 'complete') as readonly string[] | undefined)?.includes(layer) ?? false;
}

export function layerOf(kind: Kind): string {
  return vocabulary.kinds[kind]?.layer ?? '';
}

const byKind = new WeakMap<Architecture, ReadonlyMap<string, Component[]>>();

/** Components of the kinds, in the order of the kinds and then of declaration. */
export function componentsOf<K extends Kind>(architecture: Architecture, ...kinds: readonly K[]): Component<K>[] {
  const groups = byKind.get(architecture) ?? groupByKind(architecture);
  return kinds.flatMap((kind) => (groups.get(kind) ?? []) as unknown as Component<K>[]);
}

function groupByKind(architecture: Architecture): ReadonlyMap<string, Component[]> {
  const groups = new Map<string, Component[]>();
  for (const component of architecture.components.values()) {
    const group = groups.get(component.kind);
    if (group) group.push(component);
    else groups.set(component.kind, [component]);
  }
  byKind.set(architecture, groups);
  return groups;
}

/** Whether the author says that there is no component of a kind: in so many words, or by a layer that is complete. */
export function isKindAbsent(architecture: Architecture, kind: Kind): boolean {
  return architecture.absences.get(kind)?.state === 'none' || isLayerComplete(architecture, layerOf(kind));
}
