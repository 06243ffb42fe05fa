import type { Badge, Diagram, DiagramEdge, DiagramGroup, DiagramNode, Lane } from './diagram.ts';

/** A diagram with a place for everything, in pixels from the upper left corner. */
export interface Scene {
  readonly diagram: Diagram;
  readonly width: number;
  readonly height: number;
  /** In plain rows, since a layout would have taken too long. */
  readonly plain?: true;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly lanes: readonly (Box & { readonly lane: Lane })[];
  readonly groups: readonly (Box & { readonly group: DiagramGroup })[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Box {
  readonly node: DiagramNode;
  readonly card: Card;
}

export interface PlacedEdge {
  readonly edge: DiagramEdge;
  /** From the border of the one node to the border of the other, with right angles between. */
  readonly points: readonly Point[];
  readonly label?: Box & { readonly text: string };
}

/** What is written on a node, in lines. */
export interface Card {
  readonly width: number;
  readonly height: number;
  readonly name: readonly string[];
  readonly detail: readonly string[];
  readonly figures: readonly string[];
  readonly badges: readonly Badge[];
}
