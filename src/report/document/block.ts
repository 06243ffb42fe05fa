import type { Severity } from '../../analysis/finding.ts';

/**
 * A document as data. Every text in it is raw: each writer escapes for its own format, so what a file says never becomes
 * markup. A writer shows all of it and adds nothing but contents, page numbers and the heading of the document.
 */
export interface Document {
  readonly title: string;
  readonly subtitle?: string;
  /** As in 2026-11-21. It is the only date that a writer knows: the same document gives the same bytes on any day. */
  readonly date: string;
  readonly language: 'en';
  readonly author?: string;
  /** One line for the properties of a file. */
  readonly subject?: string;
  readonly sections: readonly Section[];
  readonly footer?: string;
  /**
   * On paper it is one page, in smaller type without contents, set smaller still until it fits; the least is 6 points. Whoever
   * makes it bounds its texts: what does not fit then goes on to a second page, since nothing is left out.
   */
  readonly onePage?: boolean;
}

export interface Section {
  /** What links point to (`#id`): stable, unique in the document; made by `anchorOf` where it comes from names. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sections?: readonly Section[];
  /** On paper it starts a page. */
  readonly startsPage?: boolean;
  /** On paper it is set in smaller type and closer together, for what should be seen at a glance. */
  readonly tight?: boolean;
}

/** A piece of a line. A line break in it is a space. */
export type Inline = string | StyledText;

export interface StyledText {
  readonly text: string;
  readonly strong?: boolean;
  readonly emphasis?: boolean;
  /** A name or a value of the file, shown as it is written there. */
  readonly code?: boolean;
  /** `https:…`, or `#` and the id of a section or a picture. Anything else is not linked. */
  readonly href?: string;
  /** Marked as a severity; the text says which, so that it can be read without colour. */
  readonly severity?: Severity;
}

export type Block = Paragraph | List | Table | Figure | Code | Note | Facts | Bars;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: readonly Inline[];
}

export interface List {
  readonly kind: 'list';
  readonly ordered?: boolean;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly text: readonly Inline[];
  readonly nested?: List;
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  /** Cells in the order of the columns. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
  readonly caption?: string;
  /** The first cell of a row names it. */
  readonly namedRows?: boolean;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Its part of the width in proportion to the others that have a number; `fit` (also where left out) takes what its content needs. */
  readonly width?: number | 'fit';
}

export interface Figure {
  readonly kind: 'figure';
  readonly picture: Picture;
}

/** A picture as our own writers of SVG make it, in a theme for white paper. */
export interface Picture {
  /** Unique in the document, as the id of a section. */
  readonly id: string;
  /** The caption. */
  readonly title: string;
  /** What a reader who does not see it should know. */
  readonly description: string;
  readonly svg: string;
  /** The same for Markdown, which draws it itself. */
  readonly mermaid?: string;
  /** On paper it takes a page of its own across. */
  readonly wide?: boolean;
}

/** Lines of text that keep their spaces and breaks. */
export interface Code {
  readonly kind: 'code';
  readonly text: string;
  /** What a highlighter may call it, as `mlarch` or `json`. */
  readonly language?: string;
}

export interface Note {
  readonly kind: 'note';
  readonly tone: 'info' | 'warning';
  readonly text: readonly Inline[];
}

/** Terms and what holds of them, one below the other. */
export interface Facts {
  readonly kind: 'facts';
  readonly facts: readonly { readonly term: string; readonly definition: readonly Inline[] }[];
}

/** A scorecard: for each label what is sure (`low`) and what is possible (`high`) of the most there is (`of`). */
export interface Bars {
  readonly kind: 'bars';
  readonly caption?: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}
