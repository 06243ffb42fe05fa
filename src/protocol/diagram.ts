import type { Collapse, DiagramState, ViewName } from '../diagram/diagram.ts';
import type { Scene } from '../diagram/scene.ts';
import type { Range } from './messages.ts';

/**
 * Messages about pictures: from the page over the extension to the server, and back. The page draws a scene with the same
 * code as the command line; the server derives and lays it out.
 */

/** Which picture of which system. */
export interface PictureOf {
  /** A file of the system. */
  readonly uri: string;
  /** Where a file has several systems; the first, if left out. */
  readonly system?: string;
  readonly view: ViewName;
  readonly state: DiagramState;
  /** The component in the middle of a focus view. */
  readonly focus?: string;
  /** Whether a large picture shows components that are alike as one; `automatic`, if left out. */
  readonly collapse?: Collapse;
  /** Components whose group is shown one by one all the same. */
  readonly opened?: readonly string[];
}

/** Client to server: a picture. A later request for the same `panel` stops the layout of an earlier one, which then fails as cancelled. */
export const PICTURE = 'mlarch/picture';
export interface PictureParams extends PictureOf {
  /** Tells the panels of one client apart. */
  readonly panel: string;
  /** What the page shows now: the answer is a patch of it, if it can be one. */
  readonly shown?: string;
}

export type PictureResult =
  /** `stale`: why the picture is older than the text; `notice`: what else is to be said of it. */
  | { readonly kind: 'scene'; readonly id: string; readonly scene: Scene; readonly systems: readonly string[]; readonly focusable: readonly string[]; readonly stale?: string; readonly notice?: string }
  /** Places are as they were: only these nodes and edges, and the heading, say something else now. */
  | { readonly kind: 'patch'; readonly id: string; readonly title?: string; readonly subtitle?: string; readonly nodes: Scene['nodes']; readonly edges: Scene['edges']; readonly stale?: string }
  | { readonly kind: 'same'; readonly id: string; readonly stale?: string }
  /** Nothing to draw, and why: no system in the file, a name that is none. */
  | { readonly kind: 'none'; readonly because: string };

/** Client to server: what each station does at a multiple of today’s peak. */
export const TRAFFIC = 'mlarch/traffic';
export interface TrafficParams {
  readonly uri: string;
  readonly system?: string;
  readonly multiple: number;
}
export interface TrafficResult {
  readonly multiple: number;
  /** Busy share by component; above one it is overloaded. */
  readonly utilisation: Readonly<Record<string, number>>;
  /** p99 in seconds by component, and what it costs a month at today’s traffic, as text. */
  readonly latency: Readonly<Record<string, string>>;
  readonly cost: Readonly<Record<string, string>>;
  /** The same two as shares of the largest of all, 0 to 1, which colours go by; without them every figure looks alike. */
  readonly latencyShare?: Readonly<Record<string, number>>;
  readonly costShare?: Readonly<Record<string, number>>;
  /** What is full first, and at which multiple, in words. */
  readonly first?: string;
}

/** Client to server: the figures and findings of a component, as the hover of the editor shows them: plain lines. */
export const DETAILS = 'mlarch/details';
export interface DetailsParams {
  readonly uri: string;
  readonly system?: string;
  readonly component: string;
}
export interface DetailsResult {
  readonly lines: readonly { readonly kind: 'heading' | 'text' | 'finding'; readonly text: string; readonly severity?: string }[];
}

/** Client to server: where a node or an edge is written; and, the other way, which node the cursor is in. */
export const NODE_SOURCE = 'mlarch/nodeSource';
export interface NodeSourceParams {
  readonly uri: string;
  readonly system?: string;
  readonly id: string;
}
export interface NodeSourceResult {
  readonly uri: string;
  readonly range: Range;
}
export const NODE_AT = 'mlarch/nodeAt';
export interface NodeAtParams {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}
export interface NodeAtResult {
  readonly id?: string;
  /** The systems that the component is part of: a file may hold several, and several may import it. */
  readonly systems?: readonly string[];
}

/** Client to server: a picture as a document. PNG is base64. */
export const EXPORT = 'mlarch/export';
export interface ExportParams extends PictureOf {
  readonly format: 'svg' | 'png' | 'mermaid' | 'drawio' | 'json';
  readonly theme?: 'light' | 'dark' | 'high-contrast' | 'print';
}
export interface ExportResult {
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
}

/** Client to server: a picture of a text that is no file: a fence of a Markdown document. */
export const FENCE = 'mlarch/fence';
export interface FenceParams {
  readonly text: string;
  /** The document that it stands in: what the text imports is looked for from there. */
  readonly uri?: string;
  readonly view: ViewName;
  readonly state: DiagramState;
  readonly theme: 'light' | 'dark' | 'high-contrast' | 'print';
}
export type FenceResult =
  | { readonly kind: 'svg'; readonly svg: string }
  /** Why there is none, in a sentence. */
  | { readonly kind: 'none'; readonly because: string };
