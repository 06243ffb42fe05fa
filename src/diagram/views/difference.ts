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

type Declared = Component | Flow | undefined;

/** `+ autoscale`, `~ replicas`, `− public`: which statements differ, whatever file they stand in. */
function changesOf(before: Declared, after: Declared): string[] {
  if (!before || !after) return [];
  const [old, now] = [before.properties as Readonly<Record<string, unknown>>, after.properties as Readonly<Record<string, unknown>>];
  const variant = (element: Component | Flow): string | undefined => (element.kind === 'flow' ? undefined : element.variant);
  return [
    ...(variant(before) === variant(after) ? [] : [`~ ${variant(before) ?? before.kind} becomes ${variant(after) ?? after.kind}`]),
    ...Object.keys(now).filter((name) => !(name in old)).map((name) => `+ ${words(name)}`),
    ...Object.keys(now).filter((name) => name in old && contentOf(old[name]) !== contentOf(now[name])).map((name) => `~ ${words(name)}`),
    ...Object.keys(old).filter((name) => !(name in now)).map((name) => `− ${words(name)}`),
  ];
}

const words = (property: string): string => property.replaceAll('_', ' ');

const contentOf = (stated: unknown): string => JSON.stringify(stated, (key, held: unknown) => (key === 'span' ? undefined : held));
