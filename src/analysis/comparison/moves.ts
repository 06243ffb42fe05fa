import type { SystemComparison } from './compare.ts';
import { componentOf } from './elements.ts';
import { propertyDifferences, type ElementDifference } from './structure.ts';

/**
 * A component that went from one system and came to another under its name and kind has moved. It is told on both sides; what
 * changed on the way, where it came to. Several of one name stay what they are: nobody knows which went where.
 */
export function withMoves(systems: readonly SystemComparison[]): SystemComparison[] {
  const ends = new Map<string, { readonly gone: SystemComparison[]; readonly come: SystemComparison[] }>();
  for (const system of systems) {
    for (const element of system.structure.elements) {
      if (element.sort !== 'component' || element.change === 'changed') continue;
      const key = keyOf(element);
      const known = ends.get(key) ?? { gone: [], come: [] };
      ends.set(key, known);
      (element.change === 'added' ? known.come : known.gone).push(system);
    }
  }
  return systems.map((system) => ({ ...system, structure: { ...system.structure, elements: system.structure.elements.map((element) => movedOf(element, system, ends.get(keyOf(element)))) } }));
}

const keyOf = ({ sort, kind, name }: ElementDifference): string => `${sort} ${kind ?? ''} ${name}`;

function movedOf(element: ElementDifference, system: SystemComparison, ends: { readonly gone: readonly SystemComparison[]; readonly come: readonly SystemComparison[] } | undefined): ElementDifference {
  const [gone, come] = [ends?.gone[0], ends?.come[0]];
  if (!gone || !come || gone === come || ends?.gone.length !== 1 || ends.come.length !== 1) return element;
  if (element.change === 'removed' && system === gone) return { ...element, change: 'moved', to: come.system, properties: [] };
  const [was, is] = [gone.before?.architecture.components.get(element.name), come.after?.architecture.components.get(element.name)];
  return { ...element, change: 'moved', from: gone.before?.architecture.system.name ?? gone.system, properties: was && is ? propertyDifferences(componentOf(was), componentOf(is)) : element.properties };
}
