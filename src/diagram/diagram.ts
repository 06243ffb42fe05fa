import type { Kind, Span } from '../model/architecture.ts';
import type { Mode, Payload } from '../model/graph/payloads.ts';
import type { Layer } from '../model/vocabulary/kind.ts';
import type { Severity } from '../analysis/finding.ts';

/** What a picture shows, before anything has a place. All of it is derived from the model. */
export interface Diagram {
  readonly system: string;
  /** What its author calls the version of the system. */
  readonly version?: string;
  readonly view: ViewName;
  readonly state: DiagramState;
  /** Heading of the picture, e.g. `CardFraud: serving path`. */
  readonly title: string;
  /** What stands under the heading, e.g. the day of the review. */
  readonly subtitle: string;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** Layers as columns, from left to right; empty where the view has none. */
  readonly lanes: readonly Lane[];
  /** Boxes around nodes, parents before children; empty where the view has none. */
  readonly groups: readonly DiagramGroup[];
}

export const VIEWS = ['system', 'training', 'serving', 'feedback', 'deployment', 'focus'] as const;
export type ViewName = (typeof VIEWS)[number];

export const STATES = ['current', 'target', 'diff'] as const;
export type DiagramState = (typeof STATES)[number];

/** Whether a large picture shows components that are alike as one: where it has too many of them, or never. */
export const COLLAPSES = ['automatic', 'never'] as const;
export type Collapse = (typeof COLLAPSES)[number];

/** What the target state does to a node or an edge. */
export type Mark = 'added' | 'changed' | 'removed';

export interface DiagramNode {
  /** The name of the component, or `collapsed:` and what it stands for. */
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /** Under the name: kind, variant and technology. */
  readonly detail: string;
  /** Key figures, one line each. */
  readonly figures: readonly string[];
  readonly badges: readonly Badge[];
  readonly layer: Layer;
  readonly group?: string;
  readonly mark?: Mark;
  /** What changes, one line each; where the state is a difference. */
  readonly changes?: readonly string[];
  /** Run by another company. */
  readonly external?: boolean;
  /** Components that it stands for, where a group is collapsed. */
  readonly stands?: readonly string[];
  /** The first of the components that it would be drawn as one with, where somebody opened their group. */
  readonly opened?: string;
  /** Names for overlays: who owns it, and which classes of data it holds. */
  readonly owner?: string;
  readonly dataClasses?: readonly string[];
  readonly span?: Span;
}

/** Findings of one severity at a component. */
export interface Badge {
  readonly severity: Severity;
  readonly count: number;
}

export interface DiagramEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly payload: Payload;
  readonly mode: Mode;
  /** Figures of the flow; empty where there are none. */
  readonly label: string;
  readonly mark?: Mark;
  /** Used only when another way fails. */
  readonly fallback?: boolean;
  readonly shadow?: boolean;
  readonly span?: Span;
}

export interface Lane {
  readonly layer: Layer;
  readonly title: string;
  /** One word, where the title finds no room. */
  readonly short: string;
}

export interface DiagramGroup {
  readonly id: string;
  readonly title: string;
  readonly sort: 'vendor' | 'region' | 'environment' | 'exposure' | 'lane';
  readonly parent?: string;
}
