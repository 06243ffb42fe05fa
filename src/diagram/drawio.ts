import type { Layer } from '../model/vocabulary/kind.ts';
import type { Badge, Lane } from './diagram.ts';
import { CARD, LABEL } from './layout/card.ts';
import type { Box, PlacedEdge, PlacedNode, Point, Scene } from './scene.ts';
import { escapeLine } from './xml.ts';
import { DASHES, STROKES, themes } from './svg/theme.ts';
import { wrapped } from './text/measure.ts';

const theme = themes.light;
/** Layers of the page, from back to front; each can be hidden and locked by itself. */
// Programs that write such files call the first layer 1, and those that read them may expect it.
const BOXES = '1';
const FLOWS = 'flows';
const FINDINGS = 'findings';
const HEAD = 30;
/** Height of title and subtitle, over the picture. */
const TITLE = 44;

/**
 * A scene as a file of diagrams.net: everything stays where it is and can be moved. Lanes and boxes are containers that
 * take along what stands in them, so their nodes are on their layer; nodes of no container are on that of the flows.
 */
export function drawioOf(scene: Scene): string {
  const { diagram } = scene;
  const laneIds = new Map<Layer, string>(scene.lanes.map(({ lane }, index) => [lane.layer, `lane${index + 1}`]));
  const groupIds = new Map(scene.groups.map(({ group }, index) => [group.id, `group${index + 1}`]));
  const nodeIds = new Map(scene.nodes.map(({ node }, index) => [node.id, `node${index + 1}`]));
  const boxes = new Map<string, Box>([...scene.lanes.map((box, index) => [`lane${index + 1}`, box] as const), ...scene.groups.map((box, index) => [`group${index + 1}`, box] as const)]);
  const containerOf = ({ node }: PlacedNode): string => groupIds.get(node.group ?? '') ?? laneIds.get(node.layer) ?? FLOWS;
  const originOf = (parent: string): Point => boxes.get(parent) ?? { x: 0, y: 0 };
  const placed = new Map(scene.nodes.map((node) => [node.node.id, node]));
  return [
    `<mxfile host="mlarch" type="device">`,
    `  <diagram id="${diagram.view}" name="${textOf(diagram.title)}">`,
    `    <mxGraphModel grid="1" gridSize="10" guides="1" tooltips="1" connect="1" arrows="1" fold="0" page="0" pageScale="1" pageWidth="${Math.ceil(scene.width)}" pageHeight="${Math.ceil(scene.height)}" math="0" shadow="0">`,
    '      <root>',
    ...[
      '<mxCell id="0"/>',
      `<mxCell id="${BOXES}" value="Lanes and boxes" parent="0"/>`,
      vertex('heading', BOXES, [diagram.title, diagram.subtitle], HEADING_STYLE, { x: 0, y: -TITLE - 12, width: Math.max(scene.width, 240), height: TITLE }),
      ...scene.lanes.map(({ lane, ...box }, index) => vertex(`lane${index + 1}`, BOXES, laneTitle(lane, box.height), laneStyle(theme.layers[lane.layer], theme.lanes[index % 2] as string), box)),
      ...scene.groups.map(({ group, ...box }, index) => {
        const parent = groupIds.get(group.parent ?? '') ?? BOXES;
        return vertex(`group${index + 1}`, parent, [group.title], GROUP_STYLE, relative(box, originOf(parent)));
      }),
      `<mxCell id="${FLOWS}" value="Nodes and flows" parent="0"/>`,
      ...scene.nodes.map((node) => nodeCell(node, nodeIds.get(node.node.id) as string, containerOf(node), originOf(containerOf(node)))),
      ...scene.edges.flatMap((edge, index) => {
        const [from, to] = [placed.get(edge.edge.from), placed.get(edge.edge.to)];
        return from && to ? [edgeCell(edge, `edge${index + 1}`, { from, to, source: nodeIds.get(edge.edge.from) as string, target: nodeIds.get(edge.edge.to) as string })] : [];
      }),
      `<mxCell id="${FINDINGS}" value="Findings" parent="0"/>`,
      ...scene.nodes.flatMap((node) => badgeCells(node, nodeIds.get(node.node.id) as string)),
    ].map((line) => `        ${line}`),
    '      </root>',
    '    </mxGraphModel>',
    '  </diagram>',
    '</mxfile>',
    '',
  ].join('\n');
}

const relative = ({ x, y, width, height }: Box, origin: Point): Box => ({ x: x - origin.x, y: y - origin.y, width, height });

/** Lines of a text in an attribute; escaping by itself would make one line of them. */
const textOf = (...lines: readonly string[]): string => lines.map(escapeLine).join('&#10;');

const figure = (number: number): string => String(Math.round(number * 100) / 100);
const geometry = ({ x, y, width, height }: Box): string => `<mxGeometry x="${figure(x)}" y="${figure(y)}" width="${figure(width)}" height="${figure(height)}" as="geometry"/>`;
const vertex = (id: string, parent: string, title: readonly string[], style: string, box: Box): string => `<mxCell id="${id}" value="${textOf(...title)}" style="${style}" vertex="1" parent="${parent}">${geometry(box)}</mxCell>`;

/** As in the picture: on two lines beside the lane, else in short. */
function laneTitle({ title, short }: Lane, height: number): readonly string[] {
  const lines = wrapped(title, Math.max(40, height - 12), 11, 'bold');
  return lines.length <= 2 && lines.join(' ') === title ? lines : [short];
}

// `html=0` everywhere: a text is a text, whatever stands in it.
const laneStyle = (colour: string, fill: string): string => `shape=swimlane;horizontal=0;startSize=${HEAD};html=0;collapsible=0;rounded=0;fontSize=11;fontStyle=1;fontColor=${colour};fillColor=${fill};swimlaneFillColor=${fill};strokeColor=${colour};strokeWidth=1;`;
const GROUP_STYLE = `shape=swimlane;swimlaneLine=0;startSize=${HEAD};html=0;collapsible=0;rounded=1;absoluteArcSize=1;arcSize=20;dashed=1;fixDash=1;dashPattern=6 4;align=left;spacingLeft=10;fontSize=11;fontStyle=1;fontColor=${theme.quiet};fillColor=${theme.group};swimlaneFillColor=${theme.group};strokeColor=${theme.border};`;

const HEADING_STYLE = `text;html=0;whiteSpace=wrap;align=left;verticalAlign=bottom;spacing=0;strokeColor=none;fillColor=none;fontSize=14;fontColor=${theme.text};`;

function nodeCell(placed: PlacedNode, id: string, parent: string, origin: Point): string {
  const { node, card } = placed;
  const colour = node.mark ? theme.marks[node.mark] : node.external ? theme.border : theme.layers[node.layer];
  const style = `rounded=1;absoluteArcSize=1;arcSize=${node.external ? 4 : 14};html=0;whiteSpace=wrap;align=left;verticalAlign=middle;spacingLeft=${CARD.padding};fontSize=${CARD.detail};fontColor=${theme.text};fillColor=${theme.card};strokeColor=${colour};strokeWidth=${node.mark ? 2.4 : 1.2};${node.mark === 'removed' ? 'dashed=1;fixDash=1;dashPattern=3 4;' : node.external ? 'dashed=1;fixDash=1;dashPattern=5 3;' : ''}`;
  const label = [...(node.mark ? [MARK_WORDS[node.mark]] : []), ...card.name, ...card.detail, ...card.figures];
  const tooltip = [node.name, node.detail, ...node.figures, ...(node.owner === undefined ? [] : [`owner: ${node.owner}`]), ...(node.dataClasses ? [`holds: ${node.dataClasses.join(', ')}`] : []), ...node.badges.map(({ severity, count }) => `${count} ${severity}`), ...(node.mark ? [node.mark] : []), ...(node.changes ?? [])];
  return `<UserObject id="${id}" label="${textOf(...label)}" tooltip="${textOf(...tooltip.filter((line) => line !== ''))}" component="${textOf(node.id)}" kind="${node.kind}" layer="${node.layer}"><mxCell style="${style}" vertex="1" parent="${parent}">${geometry(relative(placed, origin))}</mxCell></UserObject>`;
}

const MARK_WORDS = { added: '+ new', changed: '~ changed', removed: '× removed' } as const;

interface Ends {
  readonly from: PlacedNode;
  readonly to: PlacedNode;
  readonly source: string;
  readonly target: string;
}

function edgeCell({ edge, points, label }: PlacedEdge, id: string, { from, to, source, target }: Ends): string {
  const [first, last] = [points[0], points.at(-1)];
  const colour = edge.mark ? theme.marks[edge.mark] : theme.payloads[edge.payload];
  const dash = edge.mark === 'removed' ? '3 4' : edge.fallback || edge.shadow ? '2 4' : DASHES[edge.payload];
  const open = edge.mode === 'async' || edge.mode === 'batch';
  const style = [
    'edgeStyle=orthogonalEdgeStyle;rounded=1;html=0',
    ...(first && last ? [attached('exit', first, from), attached('entry', last, to)] : []),
    `endArrow=${open ? 'open' : 'block'};endFill=${open ? 0 : 1};endSize=6`,
    `strokeColor=${colour};strokeWidth=${STROKES[edge.mode] + (edge.mark && edge.mark !== 'removed' ? 0.8 : 0)}`,
    ...(dash === '' ? [] : [`dashed=1;fixDash=1;dashPattern=${dash}`]),
    `align=left;verticalAlign=top;spacing=0;fontSize=${LABEL.size};fontColor=${theme.text};labelBackgroundColor=none`,
  ].join(';');
  const tooltip = [`${edge.from} → ${edge.to}: ${edge.payload}, ${edge.mode}`, edge.label, edge.mark ?? ''].filter((line) => line !== '');
  const bends = points.slice(1, -1).map(({ x, y }) => `<mxPoint x="${figure(x)}" y="${figure(y)}"/>`).join('');
  // The label stands beside the first piece, as far from the start as in the scene.
  const offset = label && first ? `<mxPoint x="${figure(label.x - first.x)}" y="${figure(label.y - first.y)}" as="offset"/>` : '';
  return `<UserObject id="${id}" label="${textOf(label?.text ?? '')}" tooltip="${textOf(...tooltip)}" payload="${edge.payload}" mode="${edge.mode}"><mxCell style="${style};" edge="1" parent="${FLOWS}" source="${source}" target="${target}"><mxGeometry${label ? ' x="-1"' : ''} relative="1" as="geometry">${bends === '' ? '' : `<Array as="points">${bends}</Array>`}${offset}</mxGeometry></mxCell></UserObject>`;
}

/** Where an edge is fixed to a node: shares of its width and height. */
function attached(end: 'exit' | 'entry', { x, y }: Point, node: PlacedNode): string {
  const share = (distance: number, whole: number): string => String(Math.min(1, Math.max(0, Math.round((distance / whole) * 10_000) / 10_000)));
  return `${end}X=${share(x - node.x, node.width)};${end}Y=${share(y - node.y, node.height)};${end}Dx=0;${end}Dy=0;${end}Perimeter=0`;
}

const BADGE_SHAPES = { critical: 'shape=rhombus;perimeter=rhombusPerimeter', high: 'shape=ellipse;perimeter=ellipsePerimeter', medium: 'rounded=1;arcSize=20', low: 'shape=ellipse;perimeter=ellipsePerimeter;dashed=1;fixDash=1;dashPattern=2 1.6' } as const;

/** Numbers of findings in the upper right corner; on a layer of their own, they do not move with the node. */
const badgeCells = ({ node, card, x, y, width, height }: PlacedNode, id: string): string[] =>
  card.badges.map(({ severity, count }: Badge, index) => {
    const { fill, text } = theme.severities[severity];
    const box = { x: x + width - 6 - (card.badges.length - index) * (CARD.badge + CARD.badgeGap) + CARD.badgeGap, y: y + (height - card.height) / 2 + 7, width: CARD.badge, height: CARD.badge };
    return `<UserObject id="${id}-${severity}" label="${Math.min(count, 99)}" tooltip="${textOf(`${count} ${severity}: ${node.name}`)}" component="${textOf(node.id)}" severity="${severity}"><mxCell style="${BADGE_SHAPES[severity]};html=0;fontSize=9;fontStyle=1;fontColor=${text};fillColor=${fill};strokeColor=${text};connectable=0;" vertex="1" parent="${FINDINGS}">${geometry(box)}</mxCell></UserObject>`;
  });
