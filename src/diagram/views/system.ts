import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import type { Layer } from '../../model/vocabulary/kind.ts';
import type { Diagram, Lane } from '../diagram.ts';
import { badgesOf, edgeOf, nodeOf, type Knowledge } from './elements.ts';

/** Layers from left to right: requests enter before what answers them, so that most flows run forward. */
export const LANES: readonly Lane[] = [
  { layer: 'data', title: 'Data' },
  { layer: 'model', title: 'Model' },
  { layer: 'infrastructure', title: 'Infrastructure' },
  { layer: 'demand', title: 'Demand' },
  { layer: 'serving', title: 'Serving' },
  { layer: 'observability', title: 'Observability' },
  { layer: 'governance', title: 'Governance' },
];

/** Which part of the graph a view shows. */
export interface Part {
  readonly components: readonly Component[];
  readonly edges: readonly Edge[];
}

export const wholeOf = (architecture: Architecture): Part => ({ components: [...architecture.components.values()], edges: edgesOf(architecture).edges });

/** Nodes and edges of a part; edges have ids that stay the same while others come and go. */
export function elementsOf(knowledge: Knowledge, { components, edges }: Part): Pick<Diagram, 'nodes' | 'edges'> {
  const badges = knowledge.review ? badgesOf(knowledge.review) : new Map<string, never>();
  const seen = new Map<string, number>();
  return {
    nodes: components.map((component) => nodeOf(knowledge, component, badges.get(component.name) ?? [])),
    edges: edges.map((edge) => {
      const key = `${edge.from}->${edge.to}:${edge.payload}`;
      const repeat = seen.get(key) ?? 0;
      seen.set(key, repeat + 1);
      return edgeOf(edge, repeat === 0 ? key : `${key}:${repeat}`);
    }),
  };
}

export const lanesOf = (components: readonly { readonly layer: Layer }[]): readonly Lane[] => LANES.filter(({ layer }) => components.some((component) => component.layer === layer));

/** The whole system: the five layers as columns, with every component and every flow. */
export function systemView(knowledge: Knowledge): Pick<Diagram, 'nodes' | 'edges' | 'lanes' | 'groups'> {
  const elements = elementsOf(knowledge, wholeOf(knowledge.architecture));
  return { ...elements, lanes: lanesOf(elements.nodes), groups: [] };
}
