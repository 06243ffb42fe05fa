import type { AstNode, CstNode } from 'langium';

/** The text of the comment of the form `/** … *​/` that stands directly before a declaration. */
export function documentationOf(node: AstNode): string | undefined {
  const comment = commentBefore(node.$cstNode);
  if (!comment?.startsWith('/**')) return undefined;
  const lines = comment.slice(3, -2).split(/\r?\n/).map((line) => line.replace(/^\s*\*\s?/, '').trimEnd());
  const text = lines.join('\n').trim();
  return text === '' ? undefined : text;
}

/** Hidden nodes of the syntax tree stand before the node that they describe, within the same container. */
function commentBefore(node: CstNode | undefined): string | undefined {
  for (let current = node; current?.container; current = current.container) {
    const siblings = current.container.content;
    const index = siblings.indexOf(current);
    const previous = siblings[index - 1];
    if (previous) return previous.hidden ? previous.text : undefined;
  }
  return undefined;
}
