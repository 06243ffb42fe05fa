import type { Diagram, DiagramEdge, DiagramGroup, DiagramNode, Lane } from './diagram.ts';
import type { Box, Point, Scene } from './scene.ts';

/** A picture for programs: `diagram --format json`, with `--no-layout` without places. The shape changes only together with `schemaVersion`; `mlarch schema diagram` describes it. */
export interface DiagramJson extends Pick<Diagram, 'system' | 'version' | 'view' | 'state' | 'title' | 'subtitle'> {
  readonly schemaVersion: 1;
  /** Pixels; left out, as all places are, where nothing was laid out. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly lanes: readonly (Pick<Lane, 'layer' | 'title'> & { readonly box?: Box })[];
  readonly groups: readonly (Pick<DiagramGroup, 'id' | 'title' | 'sort' | 'parent'> & { readonly box?: Box })[];
  readonly nodes: readonly NodeJson[];
  readonly edges: readonly EdgeJson[];
}

export type NodeJson = Omit<DiagramNode, 'span' | 'badges'> & {
  /** Numbers of findings. */
  readonly findings: DiagramNode['badges'];
  readonly box?: Box;
};

export type EdgeJson = Omit<DiagramEdge, 'span'> & {
  readonly points?: readonly Point[];
  /** Where the label stands, cut to its room; left out where another edge from the same place has the same. */
  readonly labelBox?: Box & { readonly text: string };
};

/** What a diagram shows, without places: no layout is run for it. */
export const modelJson = (diagram: Diagram): DiagramJson => documentOf(diagram);

/** A laid-out diagram, with places in pixels from the upper left corner, to a tenth. */
export const sceneJson = (scene: Scene): DiagramJson => documentOf(scene.diagram, scene);

// Fields are written one by one: their order is that of the document, and neither files nor lines get into it.
function documentOf({ system, version, view, state, title, subtitle, lanes, groups, nodes, edges }: Diagram, scene?: Scene): DiagramJson {
  const boxes = {
    lanes: new Map(scene?.lanes.map((box) => [box.lane.layer, boxOf(box)])),
    groups: new Map(scene?.groups.map((box) => [box.group.id, boxOf(box)])),
    nodes: new Map(scene?.nodes.map((box) => [box.node.id, boxOf(box)])),
  };
  const routes = new Map(scene?.edges.map((edge) => [edge.edge.id, edge]));
  return {
    schemaVersion: 1,
    system,
    ...(version !== undefined && { version }),
    view,
    state,
    title,
    subtitle,
    ...(scene && { size: { width: tenth(scene.width), height: tenth(scene.height) } }),
    lanes: lanes.map(({ layer, title: name }) => ({ layer, title: name, ...placed(boxes.lanes.get(layer)) })),
    groups: groups.map(({ id, title: name, sort, parent }) => ({ id, title: name, sort, ...(parent !== undefined && { parent }), ...placed(boxes.groups.get(id)) })),
    nodes: nodes.map((node) => ({ ...nodeJson(node), ...placed(boxes.nodes.get(node.id)) })),
    edges: edges.map((edge) => {
      const route = routes.get(edge.id);
      return { ...edgeJson(edge), ...(route && { points: route.points.map(pointOf) }), ...(route?.label && { labelBox: { text: route.label.text, ...boxOf(route.label) } }) };
    }),
  };
}

const nodeJson = ({ id, name, kind, layer, detail, figures, badges, group, mark, changes, external, stands, opened, owner, dataClasses }: DiagramNode): NodeJson => ({
  id, name, kind, layer, detail, figures,
  findings: badges.map(({ severity, count }) => ({ severity, count })),
  ...(group !== undefined && { group }),
  ...(mark !== undefined && { mark }),
  ...(changes !== undefined && { changes }),
  ...(external !== undefined && { external }),
  ...(stands !== undefined && { stands }),
  ...(opened !== undefined && { opened }),
  ...(owner !== undefined && { owner }),
  ...(dataClasses !== undefined && { dataClasses }),
});

const edgeJson = ({ id, from, to, payload, mode, label, mark, fallback, shadow }: DiagramEdge): EdgeJson => ({
  id, from, to, payload, mode, label,
  ...(mark !== undefined && { mark }),
  ...(fallback !== undefined && { fallback }),
  ...(shadow !== undefined && { shadow }),
});

const placed = (box: Box | undefined): { readonly box?: Box } => (box ? { box } : {});
const boxOf = ({ x, y, width, height }: Box): Box => ({ x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) });
const pointOf = ({ x, y }: Point): Point => ({ x: tenth(x), y: tenth(y) });
// Adding zero makes of a minus zero, which JSON has too, the usual one.
const tenth = (figure: number): number => Math.round(figure * 10) / 10 + 0;
