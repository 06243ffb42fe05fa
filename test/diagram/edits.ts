import type { Diagram, DiagramEdge, DiagramNode } from '../../src/diagram/diagram.ts';

/** What people do to a text, done to its picture. */
export const EDITS: Readonly<Record<string, (diagram: Diagram) => Diagram>> = {
  'a component in the middle': (diagram) => {
    const at = diagram.nodes.length >> 1;
    const model = diagram.nodes[at] as DiagramNode;
    const added: DiagramNode = { ...model, id: 'AddedInTheMiddle', name: 'AddedInTheMiddle', badges: [], figures: [] };
    const fed = diagram.edges.find(({ to }) => to === model.id);
    const edge: DiagramEdge[] = fed ? [{ ...fed, id: `${fed.from}->${added.id}:${fed.payload}`, to: added.id, label: '' }] : [];
    return { ...diagram, nodes: [...diagram.nodes.slice(0, at + 1), added, ...diagram.nodes.slice(at + 1)], edges: [...diagram.edges, ...edge] };
  },
  'another name': (diagram) => {
    const old = diagram.nodes[diagram.nodes.length >> 1]?.id ?? '';
    const renamed = (name: string): string => (name === old ? `${old}Renamed` : name);
    return {
      ...diagram,
      nodes: diagram.nodes.map((node) => (node.id === old ? { ...node, id: renamed(old), name: renamed(old) } : node)),
      edges: diagram.edges.map((edge) => ({ ...edge, id: `${renamed(edge.from)}->${renamed(edge.to)}:${edge.payload}`, from: renamed(edge.from), to: renamed(edge.to) })),
    };
  },
  'one component less': (diagram) => {
    const gone = diagram.nodes[diagram.nodes.length >> 1]?.id;
    return { ...diagram, nodes: diagram.nodes.filter(({ id }) => id !== gone), edges: diagram.edges.filter(({ from, to }) => from !== gone && to !== gone) };
  },
  'another flow': (diagram) => {
    const [from, to] = [diagram.nodes[diagram.nodes.length >> 2]?.id ?? '', diagram.nodes[Math.floor(diagram.nodes.length * 0.75)]?.id ?? ''];
    return { ...diagram, edges: [...diagram.edges, { id: `${from}->${to}:added`, from, to, payload: 'events', mode: 'async', label: '' }] };
  },
};
