import type { AstNode } from 'langium';
import { isCatalogueEntry, isComponent, isSystem } from '../generated/ast.ts';
import type { Project } from '../project.ts';
import { firstLeaf, spanOf } from '../source-file.ts';

/**
 * What declarations were lowered to the last time, for those that have not changed since: their syntax tree is the
 * same object, on the same line, and every name means what it meant. What was reported, or depends on evidence, is not
 * kept.
 */
export class Memo {
  #lowered = new WeakMap<AstNode, { readonly line: number; readonly value: unknown }>();
  #names = '';

  /** To be called before each lowering: forgets everything where a declaration came, went or changed its kind. */
  begin(project: Project): void {
    const names = namesOf(project);
    if (names === this.#names) return;
    this.#names = names;
    this.#lowered = new WeakMap();
  }

  get(node: AstNode): unknown {
    const known = this.#lowered.get(node);
    return known?.line === lineOf(node) ? known.value : undefined;
  }

  set(node: AstNode, value: unknown): void {
    this.#lowered.set(node, { line: lineOf(node), value });
  }
}

/** By the first token, whose place is at hand; that of the node would be put together of all of its tokens. */
const lineOf = (node: AstNode): number => spanOf('', firstLeaf(node.$cstNode)).range.start.line;

/** Everything that decides what a name means: the imports and declarations of all files. */
function namesOf({ files }: Project): string {
  const lines: string[] = [];
  for (const { file, root } of files.values()) {
    lines.push(`file ${file}`);
    for (const { all, names, path } of root.imports) lines.push(`import ${all ? '*' : names.map(({ ref }) => ref?.$refText).join()} ${path}`);
    for (const member of root.members) {
      if (isComponent(member) || isCatalogueEntry(member)) lines.push(`${member.kind} ${member.name}`);
      if (!isSystem(member)) continue;
      lines.push(`system ${member.name}`);
      for (const inner of member.members) if (inner.$type === 'Component') lines.push(`${inner.kind} ${inner.name}`);
    }
  }
  return lines.join('\n');
}
