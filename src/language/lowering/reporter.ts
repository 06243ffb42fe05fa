import type { AstNode, CstNode } from 'langium';
import type { Evidence } from '../../model/architecture.ts';
import type { PropertyEntry } from '../../model/vocabulary-table.ts';
import type { ValueType } from '../../model/value-type.ts';
import type { Declaration } from '../generated/ast.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { spanOf } from '../source-file.ts';

/** What the lowering of a file needs to know and where it says what is wrong. */
export interface Lowering {
  readonly file: string;
  readonly problems: Problem[];
  /** What a name means at this place. */
  readonly resolve: (name: string) => Declaration | undefined;
  readonly visibleNames: () => Iterable<string>;
  /** Whether the catalogue has an entry, bundled or of the author. */
  readonly inCatalogue: (section: string, name: string) => boolean;
  readonly catalogueNames: (section: string) => Iterable<string>;
  readonly evidence: (target: string) => Omit<Evidence, 'target'>;
  /** Hears what each word is taken for; an editor colours, explains and renames by it. */
  readonly note?: (node: AstNode, role: Role) => void;
}

/** What a word or value of a declaration was taken for. */
export type Role =
  | { readonly role: 'key'; readonly property: string; readonly entry: PropertyEntry }
  /** The key of a property, named as a value; `of` is the kind or form that has it, where that is not what it stands in. */
  | { readonly role: 'property'; readonly property: string; readonly of?: string }
  /** In a rule: a kind, a variant, and the words that conditions are made with. */
  | { readonly role: 'kind'; readonly kind: string }
  | { readonly role: 'variant'; readonly word: string; readonly kind: string }
  | { readonly role: 'condition'; readonly word: string }
  /** A word of the vocabulary; `property` where it stands for its property too. */
  | { readonly role: 'member'; readonly word: string; readonly property?: string; readonly entry?: PropertyEntry }
  | { readonly role: 'field'; readonly name: string; readonly value: ValueType }
  | { readonly role: 'reference'; readonly name: string; readonly declaration: Declaration }
  | { readonly role: 'catalogue'; readonly section: string; readonly name: string }
  | { readonly role: 'literal'; readonly word: string }
  | { readonly role: 'quantity'; readonly dimension: string }
  | { readonly role: 'evidence'; readonly target: string }
  | { readonly role: 'flag' | 'text' | 'date' };

export function report(lowering: Lowering, code: ProblemCode, node: AstNode | CstNode | undefined, message: string, { severity = 'error', instead, removable }: Partial<Pick<Problem, 'severity' | 'instead' | 'removable'>> = {}): void {
  lowering.problems.push({ severity, code, message, span: spanOf(lowering.file, node), ...(instead === undefined ? {} : { instead }), ...(removable === undefined ? {} : { removable }) });
}
