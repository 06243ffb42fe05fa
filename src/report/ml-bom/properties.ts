import type { Architecture, Component, Stated, SystemElement } from '../../model/architecture.ts';
import { taintOf } from '../../model/graph/taint.ts';
import { printStated } from '../../model/print-value.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { Property } from './cyclonedx.ts';

/**
 * What a file states of an element and CycloneDX has no field for, as `mlarch:NAME` with the value as it is written: also that there is none, that nobody
 * knows, that it is planned. What is undeclared is left out.
 *
 * @param fields Properties that stand in a field of their own where they have a value.
 */
export function propertiesOf(element: Component | SystemElement, fields: ReadonlySet<string>, prefix = 'mlarch'): Property[] {
  const table = element.kind === 'system' ? vocabulary.forms.system : (vocabulary.kinds[element.kind]?.properties ?? {});
  return Object.entries(element.properties as Readonly<Record<string, Stated | undefined>>).flatMap(([name, stated]) => {
    const entry = table[name];
    if (!stated || (stated.state === 'present' && (fields.has(name) || entry?.linked === true))) return [];
    // Evidence stands among the external references.
    const bare: Stated = 'evidence' in stated ? { ...stated, evidence: [] } : stated;
    const text = stated.state === 'present' && entry?.value.type === 'text' ? String(stated.value) : printStated(entry?.value, bare);
    return [{ name: `${prefix}:${name}`, value: text }];
  });
}

/** What an element is in the language: `service : realtime`. */
export const kindProperty = ({ kind, variant }: Component): Property => ({ name: 'mlarch:declared_as', value: variant === undefined ? kind : `${kind} : ${variant}` });

/** Classes of data that reach a component along the declared flows and that it does not declare itself: derived, and so no field of the component. */
export function reachedProperty(architecture: Architecture, component: Component): Property[] {
  const classes = [...taintOf(architecture, component.name)].filter(([, path]) => path.length > 0).map(([name]) => name);
  return classes.length > 0 ? [{ name: 'mlarch:reached_by', value: classes.join(', ') }] : [];
}
