import type { CustomRule } from './custom-rule.ts';
import type { Quantity } from './quantity.ts';
import type { Span } from './span.ts';
import type {
  AcceptanceProperties,
  CatalogueKind,
  CataloguePropertiesOf,
  DecisionProperties,
  FlowProperties,
  Kind,
  PropertiesOf,
  SystemProperties,
} from './vocabulary/vocabulary.ts';

/**
 * The architecture of one system as the author declared it. Immutable; it knows neither syntax nor files beyond the
 * spans that say where each thing was written.
 */
export interface Architecture {
  readonly system: SystemElement;
  /** By name; a name is unique within the system, imported components included. */
  readonly components: ReadonlyMap<string, Component>;
  readonly flows: readonly Flow[];
  /** Kinds that the author says do not exist (`registry none`), or of which it is not known (`registry unknown`). */
  readonly absences: ReadonlyMap<Kind, Absence>;
  readonly decisions: readonly Decision[];
  readonly acceptances: readonly Acceptance[];
  readonly targets: readonly Target[];
  readonly catalogue: Catalogue;
  /** Rules of the team's own that apply to the system, in the order of their ids. */
  readonly rules: readonly CustomRule[];
}

export interface Absence {
  readonly state: 'none' | 'unknown';
  readonly span: Span;
}

/** What the author said of a property. A property that is not in the record is undeclared: nobody said anything. */
export type Stated<V = unknown> =
  | { readonly state: 'present'; readonly value: V; readonly evidence?: readonly Evidence[]; readonly span: Span }
  | { readonly state: 'none'; readonly evidence?: readonly Evidence[]; readonly span: Span }
  | { readonly state: 'unknown'; readonly span: Span }
  | { readonly state: 'not-applicable'; readonly because: string; readonly span: Span }
  | { readonly state: 'planned'; readonly by: string; readonly span: Span };

export interface Evidence {
  /** A path relative to the file, or a URL. */
  readonly target: string;
  /** `found`: the path exists. `missing`: it does not. `unchecked`: a URL, or no file system was given. */
  readonly status: 'found' | 'missing' | 'unchecked';
  /** Headings of the file, lower case, where it is a text document that was found. */
  readonly headings?: readonly string[];
}

export type Statements<P> = { readonly [K in keyof P]?: Stated<P[K]> };

interface ElementBase {
  readonly name: string;
  readonly doc?: string;
  /** The whole declaration. */
  readonly span: Span;
  /** The name within it: where findings are shown. */
  readonly nameSpan: Span;
}

export interface SystemElement extends ElementBase {
  readonly kind: 'system';
  readonly properties: Statements<SystemProperties>;
}

export interface Component<K extends Kind = Kind> extends ElementBase {
  readonly kind: K;
  readonly variant?: string;
  /** The name after `for`. */
  readonly subject?: string;
  readonly properties: Statements<PropertiesOf<K>>;
}

export interface Flow extends ElementBase {
  readonly kind: 'flow';
  readonly from: string;
  readonly to: string;
  readonly properties: Statements<FlowProperties>;
}

export type Element = SystemElement | Component | Flow;

export interface Decision {
  readonly title: string;
  readonly doc?: string;
  readonly span: Span;
  readonly properties: Statements<DecisionProperties>;
}

export interface Acceptance {
  /** `ML18` or `ML18.3`. */
  readonly rule: string;
  /** Name of a component, of a flow (`A->B`) or of the system; undefined means the whole system. */
  readonly subject?: string;
  readonly span: Span;
  readonly properties: Statements<AcceptanceProperties>;
}

export interface Target {
  readonly name: string;
  readonly doc?: string;
  readonly span: Span;
  readonly because?: string;
  readonly by?: string;
  readonly changes: readonly Change[];
}

/** Typed changes of a model: what a target state declares, and what the remedy of a finding is. */
export type Change =
  | { readonly op: 'add-component'; readonly component: ComponentDraft }
  | { readonly op: 'remove-component'; readonly name: string }
  /** `subject` is the name of a component or of the system. */
  | { readonly op: 'set'; readonly subject: string; readonly property: string; readonly value: DraftValue }
  | { readonly op: 'unset'; readonly subject: string; readonly property: string }
  | { readonly op: 'set-variant'; readonly subject: string; readonly variant: string }
  | { readonly op: 'add-flow'; readonly flow: FlowDraft }
  | { readonly op: 'remove-flow'; readonly from: string; readonly to: string }
  | { readonly op: 'set-flow'; readonly from: string; readonly to: string; readonly property: string; readonly value: DraftValue };

export interface ComponentDraft {
  readonly kind: Kind;
  readonly name: string;
  readonly variant?: string;
  readonly subject?: string;
  readonly properties: Readonly<Record<string, DraftValue>>;
}

export interface FlowDraft {
  readonly from: string;
  readonly to: string;
  readonly properties?: Readonly<Record<string, DraftValue>>;
}

/** A value as the vocabulary types it (quantities in canonical units, references as names), a `Literal`, or a value that is `Backed`. */
export type DraftValue = unknown;

export interface Backed {
  readonly state: 'present';
  readonly value: unknown;
  readonly evidence: readonly Evidence[];
}

export type Literal =
  | { readonly state: 'none' | 'unknown' }
  | { readonly state: 'not-applicable'; readonly because: string }
  | { readonly state: 'planned'; readonly by: string };

export interface Catalogue {
  readonly technology: ReadonlyMap<string, CatalogueEntry<'technology'>>;
  readonly accelerator: ReadonlyMap<string, CatalogueEntry<'accelerator'>>;
  readonly instance: ReadonlyMap<string, CatalogueEntry<'instance'>>;
  readonly llm: ReadonlyMap<string, CatalogueEntry<'llm'>>;
}

export interface CatalogueEntry<K extends CatalogueKind = CatalogueKind> {
  readonly kind: K;
  readonly name: string;
  readonly doc?: string;
  readonly span: Span;
  readonly properties: Partial<CataloguePropertiesOf<K>>;
}

export type { Kind, Quantity };
export type { Position, Range, Span } from './span.ts';
