import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { carrying, reachable } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { checksOf } from './gates.ts';

export type Artefact = Component<'artefact'>;

export const fromData = carrying('data', 'features', 'labels', 'predictions', 'feedback');

/** Whether a job makes it from data, as opposed to a person who writes it. */
export const isGenerated = (architecture: Architecture, artefact: Artefact): boolean =>
  value(artefact, 'every') !== undefined || (edgesOf(architecture).in.get(artefact.name) ?? []).some((edge) => fromData(edge) || architecture.components.get(edge.from)?.kind === 'training');

const READERS: ReadonlySet<string> = new Set(['service', 'gateway', 'agent']);

/** What reads it at run time, each with the edge that says so. */
export function readersOfArtefact(architecture: Architecture, artefact: Component): [Component, Edge][] {
  return (edgesOf(architecture).out.get(artefact.name) ?? []).flatMap((edge): [Component, Edge][] => {
    const reader = architecture.components.get(edge.to);
    return reader && READERS.has(reader.kind) ? [[reader, edge]] : [];
  });
}

/** What is checked of it when it is made: by itself, or by a gate at the exit. Checks of the data that goes in do not count. */
export function checkedBeforePublish(architecture: Architecture, artefact: Artefact): ReadonlySet<string> {
  const graph = edgesOf(architecture);
  const near = reachable(graph, [artefact.name], { direction: 'upstream', follow: fromData });
  const gates = componentsOf(architecture, 'validation').filter((gate) => near.has(gate.name) || (graph.in.get(artefact.name) ?? []).some((edge) => edge.from === gate.name));
  const atExit = gates.filter((gate) => value(gate, 'position') === 'before_publish' || (graph.out.get(gate.name) ?? []).some((edge) => edge.to === artefact.name));
  return new Set([...(value(artefact, 'validated') ?? []), ...atExit.flatMap((gate) => [...checksOf(gate)])]);
}
