import { componentOf, flowOf, type Declared } from '../../analysis/comparison/elements.ts';
import { propertyDifferences } from '../../analysis/comparison/structure.ts';
import type { Architecture, Component, Flow } from '../../model/architecture.ts';
import type { DiagramEdge, DiagramNode } from '../diagram.ts';
import type { ViewContent } from './part.ts';

/** Most changes of one component that its node lists. */
const MOST_CHANGES = 4;

/** Both states in one picture: what comes, what changes and what goes. */
export function differenceOf(current: ViewContent, target: ViewContent, before: Architecture, after: Architecture): ViewContent {
  const old = new Map(current.nodes.map((node) => [node.id, node]));
  const nodes = [
    ...target.nodes.map((node): DiagramNode => {
      const was = old.get(node.id);
      const changes = changesOf(before.components.get(node.id), after.components.get(node.id));
      if (!was && !before.components.has(node.id)) return { ...node, mark: 'added' };
      if (changes.length === 0) return node;
      return { ...node, mark: 'changed', changes, figures: [...changes.slice(0, MOST_CHANGES), ...(changes.length > MOST_CHANGES ? [`and ${changes.length - MOST_CHANGES} more`] : [])] };
    }),
    ...current.nodes.filter(({ id }) => !after.components.has(id)).map((node): DiagramNode => ({ ...node, mark: 'removed' })),
  ];
  const shown = new Set(nodes.map(({ id }) => id));
  const [had, has] = [new Map(current.edges.map((edge) => [edge.id, edge])), new Set(target.edges.map(({ id }) => id))];
  const flows = (architecture: Architecture): Map<string, Flow> => new Map(architecture.flows.map((flow) => [`${flow.from}->${flow.to}`, flow]));
  const [flowsBefore, flowsAfter] = [flows(before), flows(after)];
  const edges = [
    ...target.edges.map((edge): DiagramEdge => {
      if (!had.has(edge.id)) return { ...edge, mark: 'added' };
      const key = `${edge.from}->${edge.to}`;
      return changesOf(flowsBefore.get(key), flowsAfter.get(key)).length > 0 ? { ...edge, mark: 'changed' } : edge;
    }),
    ...current.edges.filter((edge) => !has.has(edge.id) && shown.has(edge.from) && shown.has(edge.to)).map((edge): DiagramEdge => ({ ...edge, mark: 'removed' })),
  ];
  const groups = [...new Map([...target.groups, ...current.groups].map((group) => [group.id, group])).values()];
  const lanes = target.lanes.length >= current.lanes.length ? target.lanes : current.lanes;
  return { nodes, edges, lanes, groups };
}

/** `+ autoscale`, `~ replicas`, `− public`: which statements differ, whatever file they stand in. */
function changesOf(before: Component | Flow | undefined, after: Component | Flow | undefined): string[] {
  if (!before || !after) return [];
  const differences = propertyDifferences(declared(before), declared(after));
  // A variant stands for the kind where there is none: `batch becomes service`.
  const [head, rest] = [differences.find(({ property }) => property === 'variant') ?? differences.find(({ property }) => property === 'kind'), differences.filter(({ property }) => property !== 'variant' && property !== 'kind')];
  return [
    ...(head ? [`~ ${head.before ?? before.kind} becomes ${head.after ?? after.kind}`] : []),
    ...rest.map(({ property, before: was, after: is }) => `${was === undefined ? '+' : is === undefined ? '−' : '~'} ${property.replaceAll('_', ' ')}`),
  ];
}

const declared = (element: Component | Flow): Declared => (element.kind === 'flow' ? flowOf(element) : componentOf(element));
