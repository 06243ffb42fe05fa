import type { AstNode, CompositeCstNode, CstNode } from 'langium';

/** Comments of a long block by the node that follows them, so that each is not looked for from the start again. */
const LONG = 32;
const comments = new WeakMap<CompositeCstNode, ReadonlyMap<CstNode, string>>();

/** The text of the comment of the form `/** … *​/` that stands directly before a declaration. */
export function documentationOf(node: AstNode): string | undefined {
  const comment = commentBefore(node.$cstNode);
  if (!comment?.startsWith('/**')) return undefined;
  const lines = comment.slice(3, -2).split(/\r?\n/).map((line) => line.replace(/^\s*\*\s?/, '').trimEnd());
  const text = lines.join('\n').trim();
  return text === '' ? undefined : text;
}

/** Hidden nodes stand before the node that they describe, in its container or, for a first child, in one further out. */
function commentBefore(node: CstNode | undefined): string | undefined {
  for (let current = node; current?.container; current = current.container) {
    const { content } = current.container;
    const found = content.length > LONG ? commentsIn(current.container).get(current) : previousComment(content, current);
    if (found !== undefined) return found;
    if (content[0] !== current) return undefined;
  }
  return undefined;
}

function previousComment(content: readonly CstNode[], node: CstNode): string | undefined {
  const previous = content[content.indexOf(node) - 1];
  return previous?.hidden ? previous.text : undefined;
}

function commentsIn(container: CompositeCstNode): ReadonlyMap<CstNode, string> {
  let found = comments.get(container);
  if (!found) {
    const map = new Map<CstNode, string>();
    let pending: string | undefined;
    for (const child of container.content) {
      if (child.hidden) pending = child.text;
      else {
        if (pending !== undefined) map.set(child, pending);
        pending = undefined;
      }
    }
    comments.set(container, (found = map));
  }
  return found;
}
