import type { Architecture, Component, Kind } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import type { Payload } from '../../model/graph/payloads.ts';
import type { Layer } from '../../model/vocabulary/kind.ts';
import type { Diagram, DiagramNode, Lane } from '../diagram.ts';
import { badgesOf, edgeOf, nodeOf, type Knowledge } from './elements.ts';

/** What a view is made of: the parts of a diagram that differ between views. */
export type ViewContent = Pick<Diagram, 'nodes' | 'edges' | 'lanes' | 'groups'> & {
  /** What the view says as a whole, for the line under the title. */
  readonly says?: string;
};

/** Which part of the graph a view shows. */
export interface Part {
  readonly components: readonly Component[];
  readonly edges: readonly Edge[];
}

/** Layers from top to bottom: requests enter before what answers them, so that most flows run forward. */
export const LANES: readonly Lane[] = [
  { layer: 'data', title: 'Data foundation', short: 'Data' },
  { layer: 'model', title: 'Model and intelligence', short: 'Model' },
  { layer: 'infrastructure', title: 'Infrastructure and orchestration', short: 'Platform' },
  { layer: 'demand', title: 'Demand', short: 'Demand' },
  { layer: 'serving', title: 'Deployment and serving', short: 'Serving' },
  { layer: 'observability', title: 'Observability and operations', short: 'Operations' },
  { layer: 'governance', title: 'Governance', short: 'Governance' },
];

export const lanesOf = (nodes: readonly { readonly layer: Layer }[]): readonly Lane[] => LANES.filter(({ layer }) => nodes.some((node) => node.layer === layer));

/** The components of these names and the edges between them. */
export function partOf(architecture: Architecture, names: ReadonlySet<string>, edges: readonly Edge[] = edgesOf(architecture).edges): Part {
  return { components: [...architecture.components.values()].filter(({ name }) => names.has(name)), edges: edges.filter(({ from, to }) => names.has(from) && names.has(to)) };
}

/** Names that are next to some of `names`, of these kinds. */
export function neighbours(architecture: Architecture, names: ReadonlySet<string>, kinds: ReadonlySet<Kind>): string[] {
  const { edges } = edgesOf(architecture);
  const isOf = (name: string): boolean => kinds.has(architecture.components.get(name)?.kind as Kind);
  return edges.flatMap(({ from, to }) => [...(names.has(from) && isOf(to) ? [to] : []), ...(names.has(to) && isOf(from) ? [from] : [])]);
}

/** Nodes and edges of a part; edges have ids that stay the same while others come and go. */
export function elementsOf(knowledge: Knowledge, { components, edges }: Part, figuresFor?: (name: string) => readonly string[]): Pick<Diagram, 'nodes' | 'edges'> {
  const badges = knowledge.review ? badgesOf(knowledge.review) : new Map<string, never>();
  const seen = new Map<string, number>();
  return {
    nodes: components.map((component): DiagramNode => {
      const node = nodeOf(knowledge, component, badges.get(component.name) ?? []);
      return figuresFor ? { ...node, figures: [...node.figures, ...figuresFor(component.name)] } : node;
    }),
    edges: edges.map((edge) => {
      const key = `${edge.from}->${edge.to}:${edge.payload}`;
      const repeat = seen.get(key) ?? 0;
      seen.set(key, repeat + 1);
      return edgeOf(edge, repeat === 0 ? key : `${key}:${repeat}`);
    }),
  };
}

export const carries = (...payloads: readonly Payload[]): ((edge: Edge) => boolean) => {
  const set = new Set(payloads);
  return ({ payload }) => set.has(payload);
};
