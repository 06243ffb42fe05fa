import { SEVERITIES } from '../../analysis/finding.ts';
import type { Badge, DiagramEdge, DiagramNode } from '../diagram.ts';

/** Above so many components a picture of a whole system shows those of a kind that stand for the same as one. */
export const COLLAPSE_ABOVE = 150;
/** Fewer are shown one by one. */
const LEAST = 3;

interface Elements {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/**
 * Draws nodes of one kind and lane with the same neighbours as one, e.g. `12 monitors`, where there are more than `above`
 * nodes; Infinity turns it off. Nothing of the structure is lost: each of them would be drawn with the same edges.
 *
 * @param opened Components whose group is drawn one by one all the same.
 */
export function collapsed(elements: Elements, opened: readonly string[] = [], above = COLLAPSE_ABOVE): Elements {
  if (elements.nodes.length <= above) return elements;
  const groups = alike(elements).filter((group) => group.length >= LEAST);
  if (groups.length === 0) return elements;
  const wanted = new Set(opened);
  const isOpen = (group: readonly DiagramNode[]): boolean => group.some(({ id }) => wanted.has(id));
  const firsts = new Map(groups.filter(isOpen).flatMap((group) => group.map(({ id }) => [id, (group[0] as DiagramNode).id] as const)));
  const closed = groups.filter((group) => !isOpen(group));
  const standIns = new Map(closed.flatMap((group) => {
    const one = standInOf(group);
    return group.map(({ id }) => [id, one] as const);
  }));
  const first = new Set(closed.map(([node]) => node?.id));
  const drawn = (node: DiagramNode): DiagramNode | readonly [] => {
    const group = firsts.get(node.id);
    if (group !== undefined) return { ...node, opened: group };
    return standIns.has(node.id) ? (first.has(node.id) ? (standIns.get(node.id) as DiagramNode) : []) : node;
  };
  return {
    nodes: elements.nodes.flatMap(drawn),
    edges: mergedEdges(elements.edges, (id) => standIns.get(id)?.id ?? id),
  };
}

/** Nodes by what makes them alike: kind, lane, box and what becomes of them, and every edge but its label. */
function alike({ nodes, edges }: Elements): DiagramNode[][] {
  const around = new Map<string, string[]>();
  const add = (id: string, what: readonly unknown[]): void => {
    const own = around.get(id);
    if (own) own.push(JSON.stringify(what));
    else around.set(id, [JSON.stringify(what)]);
  };
  for (const edge of edges) {
    add(edge.from, ['to', edge.to, lookOf(edge)]);
    add(edge.to, ['from', edge.from, lookOf(edge)]);
  }
  const groups = new Map<string, DiagramNode[]>();
  for (const node of nodes) {
    const key = JSON.stringify([node.kind, node.layer, node.group, node.mark, node.changes, node.external, (around.get(node.id) ?? []).sort()]);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return [...groups.values()];
}

const lookOf = ({ payload, mode, mark, fallback, shadow }: DiagramEdge): string => JSON.stringify([payload, mode, mark, fallback, shadow]);

function standInOf(group: readonly DiagramNode[]): DiagramNode {
  const [first, second] = group as [DiagramNode, DiagramNode];
  const { kind, layer, group: box, mark, changes, external, span } = first;
  const owners = new Set(group.map(({ owner }) => owner));
  const classes = [...new Set(group.flatMap(({ dataClasses }) => dataClasses ?? []))];
  return {
    id: `collapsed:${first.id}`,
    name: `${group.length} ${pluralOf(kind)}`,
    kind,
    detail: `${first.name}, ${second.name} and ${group.length - 2} more`,
    figures: [],
    badges: badgesOf(group),
    layer,
    ...(box !== undefined && { group: box }),
    ...(mark && { mark }),
    ...(changes && { changes }),
    ...(external && { external }),
    ...(owners.size === 1 && first.owner !== undefined && { owner: first.owner }),
    ...(classes.length > 0 && { dataClasses: classes }),
    stands: group.map(({ id }) => id),
    ...(span && { span }),
  };
}

/** `registries`, `caches`, `stores`; what is a plural or cannot be counted stays as it is. */
function pluralOf(kind: DiagramNode['kind']): string {
  if (['features', 'labels', 'incidents', 'training', 'knowledge', 'compute', 'access', 'compliance'].includes(kind)) return `× ${kind}`;
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

function badgesOf(group: readonly DiagramNode[]): Badge[] {
  return SEVERITIES.flatMap((severity) => {
    const count = group.reduce((sum, { badges }) => sum + (badges.find((badge) => badge.severity === severity)?.count ?? 0), 0);
    return count > 0 ? [{ severity, count }] : [];
  });
}

/** One edge for those that look the same between the same nodes; it says what all of them say, or nothing. */
function mergedEdges(edges: readonly DiagramEdge[], nameOf: (id: string) => string): DiagramEdge[] {
  const merged = new Map<string, DiagramEdge>();
  for (const edge of edges) {
    const [from, to] = [nameOf(edge.from), nameOf(edge.to)];
    if (from === edge.from && to === edge.to) {
      merged.set(edge.id, edge);
      continue;
    }
    const id = `${from}->${to}:${lookOf(edge)}`;
    const other = merged.get(id);
    merged.set(id, other ? { ...other, label: other.label === edge.label ? edge.label : '' } : { ...edge, id, from, to });
  }
  return [...merged.values()];
}
