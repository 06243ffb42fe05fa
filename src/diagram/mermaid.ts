import type { Kind } from '../model/architecture.ts';
import type { Payload } from '../model/graph/payloads.ts';
import type { Layer } from '../model/vocabulary/kind.ts';
import type { Diagram, DiagramEdge, DiagramNode, Mark } from './diagram.ts';
import { mermaidText, mermaidTitle } from './mermaid-text.ts';
import { DASHES, STROKES, themes } from './svg/theme.ts';
import { wrapped } from './text/measure.ts';

/** Beyond either, Mermaid draws nothing as GitHub and editors set it up; a document cannot raise them. */
export const MERMAID_LIMITS = { characters: 50_000, edges: 500 } as const;

/** A little less than the 200 pixels of a label; the fonts of Mermaid are wider than ours. */
const WORD_WIDTH = 175;
const FONT_SIZE = 16;
const { light } = themes;
/** Grey that can be read on white and on black: a document does not know the theme of its page. */
const GREY = '#6e7781';

/** Brackets of the shapes that every version of Mermaid draws. */
const SHAPES = {
  box: ['[', ']'],
  round: ['(', ')'],
  stadium: ['([', '])'],
  cylinder: ['[(', ')]'],
  subroutine: ['[[', ']]'],
  hexagon: ['{{', '}}'],
  slanted: ['[/', '/]'],
  flag: ['>', ']'],
} as const;

const SHAPE_OF: Readonly<Record<Kind, keyof typeof SHAPES>> = {
  consumer: 'stadium', team: 'stadium', source: 'stadium',
  store: 'cylinder', features: 'cylinder', knowledge: 'cylinder', cache: 'cylinder', registry: 'cylinder', tracker: 'cylinder',
  dataset: 'slanted', labels: 'slanted', artefact: 'slanted', prompt: 'slanted', runbook: 'slanted',
  ingestion: 'subroutine', training: 'subroutine', pipeline: 'subroutine', orchestrator: 'subroutine',
  model: 'hexagon', gateway: 'hexagon', guardrail: 'hexagon', validation: 'hexagon', evaluation: 'hexagon', access: 'hexagon', compliance: 'hexagon',
  service: 'round', agent: 'round', tool: 'round', experiment: 'round', rollout: 'round',
  alert: 'flag', incidents: 'flag', monitor: 'flag',
  compute: 'box', environment: 'box',
};

/** The diagram as a Mermaid flowchart, which draws itself in Markdown. Names are labels only: the ids are our own. */
export function mermaidOf(diagram: Diagram): string {
  const ids = new Map(diagram.nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  const idOf = (name: string): string => ids.get(name) as string;
  const edges = diagram.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return [
    '---',
    `title: ${mermaidTitle(diagram.title)}`,
    '---',
    'flowchart TB',
    ...boxes(diagram, (node) => `${idOf(node.id)}${nodeText(node)}:::layer_${node.layer}`),
    ...edges.map((edge) => `  ${idOf(edge.from)} ${edge.mark === 'removed' ? '--x' : edge.mode === 'batch' ? '==>' : '-->'}|"${edgeText(edge)}"| ${idOf(edge.to)}`),
    ...classes(diagram, idOf),
    ...linkStyles(edges),
    '',
  ].join('\n');
}

/** Nodes in their groups, or in the lane of their layer; nodes of neither stand by themselves. */
function boxes({ nodes, lanes, groups }: Diagram, line: (node: DiagramNode) => string): string[] {
  const known = new Set(groups.map(({ id }) => id));
  const inGroup = (node: DiagramNode): boolean => node.group !== undefined && known.has(node.group);
  const box = (id: string, title: string, body: readonly string[]): string[] => [`subgraph ${id}["${label([title])}"]`, ...body.map((text) => `  ${text}`), 'end', `class ${id} box`];
  const groupText = (id: string): string[] => {
    const index = groups.findIndex((group) => group.id === id);
    const children = groups.filter(({ parent }) => parent === id).flatMap((group) => groupText(group.id));
    return box(`g${index + 1}`, groups[index]?.title ?? '', [...nodes.filter(({ group }) => group === id).map(line), ...children]);
  };
  const laned = new Set<Layer>(lanes.map(({ layer }) => layer));
  return [
    ...lanes.flatMap(({ layer, title }, index) => box(`l${index + 1}`, title, nodes.filter((node) => node.layer === layer && !inGroup(node)).map(line))),
    ...groups.filter(({ parent }) => parent === undefined || !known.has(parent)).flatMap(({ id }) => groupText(id)),
    ...nodes.filter((node) => !inGroup(node) && !laned.has(node.layer)).map(line),
  ].map((text) => `  ${text}`);
}

/** Mermaid breaks lines between words; words that it would let stick out are broken here. A label may not be empty. */
const label = (texts: readonly string[]): string => texts.map((text) => brokenText(text)).filter((line) => line !== '').join('<br/>') || '#160;';

const brokenText = (text: string): string => text.split(/\s+/).filter((word) => word !== '').map((word) => wrapped(word, WORD_WIDTH, FONT_SIZE).map(mermaidText).join('<br/>')).join(' ');

function nodeText(node: DiagramNode): string {
  const [open, close] = SHAPES[SHAPE_OF[node.kind]];
  const findings = node.badges.map(({ severity, count }) => `${count} ${severity}`).join(', ');
  return `${open}"${label([node.name, node.detail, ...node.figures, findings === '' ? '' : `findings: ${findings}`, node.mark ?? ''])}"${close}`;
}

/** What flows, then how where nobody waits for it, then its figures. */
const edgeText = ({ payload, mode, label: figures, mark }: DiagramEdge): string => label([[payload, mode === 'sync' ? '' : mode, figures, mark ?? ''].filter((part) => part !== '').join(', ')]);

function classes({ nodes, lanes, groups }: Diagram, idOf: (name: string) => string): string[] {
  const layers = (Object.keys(light.layers) as Layer[]).filter((layer) => nodes.some((node) => node.layer === layer));
  const marks = (Object.keys(light.marks) as Mark[]).filter((mark) => nodes.some((node) => node.mark === mark));
  const external = nodes.filter((node) => node.external === true && node.mark === undefined);
  const list = (members: readonly DiagramNode[]): string => members.map(({ id }) => idOf(id)).join(',');
  return [
    ...(lanes.length + groups.length > 0 ? [`classDef box fill:none,stroke:${GREY},color:${GREY}`] : []),
    ...layers.map((layer) => `classDef layer_${layer} fill:${light.card},stroke:${light.layers[layer]},color:${light.text}`),
    ...(external.length > 0 ? ['classDef external stroke-dasharray:5 3', `class ${list(external)} external`] : []),
    ...marks.flatMap((mark) => [
      `classDef mark_${mark} stroke:${light.marks[mark]},stroke-width:3px${mark === 'removed' ? ',stroke-dasharray:3 4' : ''}`,
      `class ${list(nodes.filter((node) => node.mark === mark))} mark_${mark}`,
    ]),
  ].map((text) => `  ${text}`);
}

/** One line for all flows that look alike; flows are numbered in the order of the text. */
function linkStyles(edges: readonly DiagramEdge[]): string[] {
  const alike = new Map<string, number[]>();
  edges.forEach((edge, index) => {
    const style = linkStyle(edge);
    alike.set(style, [...(alike.get(style) ?? []), index]);
  });
  return [...alike].map(([style, indexes]) => `  linkStyle ${indexes.join(',')} ${style}`);
}

function linkStyle({ payload, mode, mark, fallback, shadow }: DiagramEdge): string {
  const colour = mark ? light.marks[mark] : strokeOf(payload);
  const dash = mark === 'removed' ? '3 4' : fallback || shadow ? '2 4' : DASHES[payload];
  return [`stroke:${colour}`, `stroke-width:${STROKES[mode] + (mark ? 0.8 : 0)}px`, dash === '' ? '' : `stroke-dasharray:${dash}`].filter((part) => part !== '').join(',');
}

const strokeOf = (payload: Payload): string => (light.payloads[payload] === light.text ? GREY : light.payloads[payload]);
