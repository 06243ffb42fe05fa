import type { Architecture, Component } from '../../model/architecture.ts';
import { servingGraph } from '../../model/graph/cones.ts';
import { compareText } from '../report-input.ts';
import { some, type BomDependency } from './cyclonedx.ts';
import { isListed, listOf, refOf, technologiesOf, technologyRef } from './parts.ts';

/** References that are no edges of the graph and still name what a part cannot do without. */
const NEEDED = ['base', 'requires', 'query_embedding'];

/** Processes that make one thing out of another; what releases or watches something is no part of it. */
const MAKERS: ReadonlySet<string> = new Set(['training', 'validation']);

/** What comes to these is kept in them; they are not made of it. */
const KEEPERS: ReadonlySet<string> = new Set(['registry', 'tracker']);

/**
 * What each part of a bill of materials needs: what it calls, and what its data, features, artefacts and configuration come from. Ways lead through
 * trainings and gates, which are not listed, so that a model needs the data and the libraries of its training. The system needs its models and services, and
 * whatever nothing else needs.
 */
export function dependenciesOf(architecture: Architecture, root: string): BomDependency[] {
  const needs = needsOf(architecture);
  const listed = [...architecture.components.values()].filter(isListed);
  const dependencies = listed.map((component) => ({ ref: refOf(component), dependsOn: reached(architecture, component, needs) }));
  const technologies = [...new Set([...architecture.components.values()].flatMap(technologiesOf))].map(technologyRef);
  const needed = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn));
  const top = [...listed.filter((component) => component.kind === 'model' || component.kind === 'service' || !needed.has(refOf(component))).map(refOf), ...technologies.filter((ref) => !needed.has(ref))];
  return [{ ref: root, dependsOn: top }, ...dependencies, ...technologies.map((ref) => ({ ref, dependsOn: [] }))].map(({ ref, dependsOn }) => ({ ref, dependsOn: some([...dependsOn].sort(compareText)) }));
}

type Needs = ReadonlyMap<string, ReadonlySet<string>>;

function needsOf(architecture: Architecture): Needs {
  const needs = new Map<string, Set<string>>();
  const add = (name: string, other: string): void => {
    const found = needs.get(name);
    if (found) found.add(other);
    else needs.set(name, new Set([other]));
  };
  for (const { from, to, payload } of servingGraph(architecture).edges) {
    if (payload === 'request') add(from, to);
    else if (payload !== 'events' && !KEEPERS.has(architecture.components.get(to)?.kind ?? '')) add(to, from);
  }
  for (const component of architecture.components.values()) for (const property of NEEDED) for (const other of namesIn(component, property)) add(component.name, other);
  return needs;
}

const namesIn = (component: Component, property: string): readonly string[] => {
  const stated = (component.properties as Readonly<Record<string, { readonly state: string; readonly value?: unknown } | undefined>>)[property];
  return typeof stated?.value === 'string' ? [stated.value] : listOf(component, property);
};

/** Refs of the nearest listed parts that a component needs, and of the technologies on the way. */
function reached(architecture: Architecture, start: Component, needs: Needs): string[] {
  const refs = new Set<string>();
  const seen = new Set([start.name]);
  const open = [start];
  for (let component = open.pop(); component; component = open.pop()) {
    for (const technology of technologiesOf(component)) refs.add(technologyRef(technology));
    for (const name of needs.get(component.name) ?? []) {
      const other = architecture.components.get(name);
      if (!other || seen.has(name)) continue;
      seen.add(name);
      if (isListed(other)) refs.add(refOf(other));
      else if (MAKERS.has(other.kind)) open.push(other);
    }
  }
  return [...refs];
}
