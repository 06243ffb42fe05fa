import type { AstNode, CstNode } from 'langium';
import type { Evidence } from '../../model/architecture.ts';
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
}

export function report(lowering: Lowering, code: ProblemCode, node: AstNode | CstNode | undefined, message: string, severity: Problem['severity'] = 'error'): void {
  lowering.problems.push({ severity, code, message, span: spanOf(lowering.file, node) });
}
