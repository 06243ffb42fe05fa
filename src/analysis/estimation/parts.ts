import type { Architecture, Component } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';

/**
 * The parts of an architecture that know nothing of each other: no flow runs between them, and no component of one names one
 * of another. Each is an architecture of its own with the order of the whole, so that an estimate of a part gives the figures that
 * one of the whole gives for it. Everything is one part where figures of the system stand in for what is not declared.
 */
export function partsOf(architecture: Architecture): readonly Architecture[] {
  const { components, flows, system } = architecture;
  if (value(system, 'volume') !== undefined) return [architecture];
  const heads = new Map<string, string>();
  const headOf = (name: string): string => {
    let head = name;
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next;
    // The next search is shorter.
    if (head !== name) heads.set(name, head);
    return head;
  };
  const join = (a: string, b: string): void => {
    if (!components.has(a) || !components.has(b)) return;
    const [one, other] = [headOf(a), headOf(b)];
    if (one !== other) heads.set(other, one);
  };
  for (const { from, to, properties } of flows) {
    join(from, to);
    for (const word of wordsIn(properties)) join(from, word);
  }
  for (const { name, subject, properties } of components.values()) {
    if (subject !== undefined) join(name, subject);
    for (const word of wordsIn(properties)) join(name, word);
  }
  const members = new Map<string, Map<string, Component>>();
  for (const [name, component] of components) {
    const head = headOf(name);
    const own = members.get(head);
    if (own) own.set(name, component);
    else members.set(head, new Map([[name, component]]));
  }
  if (members.size <= 1) return [architecture];
  return [...members.values()].map((own) => ({ ...architecture, components: own, flows: flows.filter(({ from, to }) => own.has(from) || own.has(to)) }));
}

/** Every text in the values of properties: what names a component is among them, whatever the property is. */
function* wordsIn(held: unknown): Iterable<string> {
  if (typeof held === 'string') yield held;
  else if (Array.isArray(held)) for (const item of held) yield* wordsIn(item);
  else if (typeof held === 'object' && held !== null) for (const [key, item] of Object.entries(held)) if (key !== 'span') yield* wordsIn(item);
}
