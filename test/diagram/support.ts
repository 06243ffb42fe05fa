import { SEVERITIES } from '../../src/analysis/finding.ts';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { STATES, VIEWS, type Diagram, type DiagramEdge, type DiagramNode } from '../../src/diagram/diagram.ts';
import { elkLayouter } from '../../src/diagram/layout/elk.ts';
import { layOut } from '../../src/diagram/layout/layout.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { pictureOf } from '../../src/diagram/picture.ts';
import { LANES } from '../../src/diagram/views/part.ts';
import type { Architecture, Kind } from '../../src/model/architecture.ts';
import { kinds, type FlowProperties } from '../../src/model/vocabulary/vocabulary.ts';
import { loadExample, SYSTEMS } from '../support/examples.ts';

export const TODAY = '2026-11-21';

function diagramsOf(architecture: Architecture): Diagram[] {
  const context = { architecture, settings: DEFAULT_SETTINGS, today: TODAY };
  const reviewed = review(architecture, { today: TODAY });
  const [focus] = [...architecture.components.keys()].slice(-1);
  return VIEWS.flatMap((view) => STATES.flatMap((state) => {
    const diagram = pictureOf(context, reviewed, { view, state, date: TODAY, ...(focus !== undefined && { focus }) });
    return 'because' in diagram || diagram.nodes.length === 0 ? [] : [diagram];
  }));
}

/** Every view of every system in examples/, by file and view. */
export const exampleDiagrams = (): (readonly [name: string, diagram: Diagram])[] =>
  SYSTEMS.flatMap((file) => loadExample(file).architectures.flatMap(diagramsOf).map((diagram) => [`${file} ${diagram.view} ${diagram.state}`, diagram] as const));

/** What a file may hold in a name or a text, and what a format may take for its own. */
export const HOSTILE: readonly string[] = [
  'end', 'graph', 'subgraph x', 'flowchart TB', 'style n1 fill:#f00;', 'classDef a fill:#f00;', 'style: #35; #quot; #;', 'click n1 "javascript:alert(1)"', 'linkStyle default stroke:red',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<br/>', ']]>', '<![CDATA[x]]>', '&amp;lt;', '&#60;b&#62;', '<!-- x -->', '--> x', '-- x -->', '==>|y|',
  '"quoted"', "it's", '`code`', '```\n# heading\n```', '%%', '%%{init: {"theme": "dark"}}%%', '%name%', 'a;b', 'a\\nb', 'a\\', '\\"', '$$x^2$$', '$x$', '{{x}}', '[[x]]', '](x)', '[link](https://example.com)', 'https://example.com', 'www.example.com', 'me@example.com',
  '*bold*', '**bold**', '_it_', '__init__', '~~x~~', '1. one', '2) two', '- item', '+ item', '# heading', '> quote', '---', '===', '| a | b |', 'fa:fa-car', ':::data', '@{ shape: rect }', 'n1', 'n2["x"]', '0', '1', '__proto__', 'constructor', 'toString',
  'ﬂ°°60¶ß', 'ﬂ°lt¶ß', '#br#', '20 °C', 'Maß', 'two\nlines', 'tab\there', 'carriage\r\nreturn', 'nul\u0000l', 'bell\u0007', 'lone \ud83d surrogate', 'separator\u2028x', '\ufeffmark',
  '👩‍🚀🚀', '数据管道', '데이터', 'שלום עולם', 'مرحبا', '\u202egnp.exe', 'é', 'e\u0301', 'x'.repeat(200), 'word '.repeat(40).trim(), '名'.repeat(100), 'a=b', 'rounded=1;html=1', 'shape=image;image=data:,x', '${x}', '{"a": 1}', "' onload='x", ' ',
];

const KINDS = Object.keys(kinds) as Kind[];
const PAYLOADS: readonly FlowProperties['payload'][] = ['data', 'features', 'labels', 'predictions', 'artifact', 'config', 'events', 'request', 'feedback'];
const MODES = ['sync', 'async', 'batch', 'stream'] as const;
const MARKS = [undefined, 'added', 'changed', 'removed'] as const;
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** A diagram with such a text in every place that takes one; with lanes, or with boxes in boxes. */
export function hostileDiagram(boxes: 'lanes' | 'groups' | 'both'): Diagram {
  const groups: Diagram['groups'] = boxes === 'lanes' ? [] : HOSTILE.slice(0, 12).map((text, index) => ({ id: text, title: at(HOSTILE, index + 20), sort: 'region', ...(index > 5 && { parent: at(HOSTILE, index % 6) }) }));
  const lanes = boxes === 'groups' ? [] : LANES.map((lane, index) => ({ ...lane, title: at(HOSTILE, index * 5 + 9) }));
  const nodes = HOSTILE.map((text, index): DiagramNode => ({
    id: text,
    name: text,
    kind: at(KINDS, index),
    detail: at(HOSTILE, index + 1),
    figures: index % 3 === 0 ? [at(HOSTILE, index + 2), at(HOSTILE, index + 3)] : [],
    badges: index % 4 === 0 ? SEVERITIES.map((severity, count) => ({ severity, count: count + 1 })) : [],
    layer: at(LANES, index).layer,
    owner: at(HOSTILE, index + 4),
    dataClasses: [at(HOSTILE, index + 5)],
    ...(groups.length > 0 && index % 5 > 0 && { group: at(groups, index).id }),
    ...(at(MARKS, index) && { mark: at(MARKS, index), changes: [at(HOSTILE, index + 6)] }),
    ...(index % 6 === 0 && { external: true }),
  }));
  const edges = HOSTILE.map((text, index): DiagramEdge => ({ id: `edge ${text}`, from: text, to: at(HOSTILE, index * 7 + 3), payload: at(PAYLOADS, index), mode: at(MODES, index), label: index % 2 === 0 ? at(HOSTILE, index + 8) : '', ...(at(MARKS, index + 1) && { mark: at(MARKS, index + 1) }), ...(index % 9 === 0 && { fallback: true }), ...(index % 10 === 0 && { shadow: true }) }));
  return { system: '<S>', version: '"2" <b>', view: 'system', state: 'diff', title: HOSTILE.slice(0, 60).join(' '), subtitle: HOSTILE.join(' '), nodes, edges, lanes, groups };
}

const run = elkLayouter();

/** The diagram with places, by the layout that the product uses. */
export const sceneOf = async (diagram: Diagram): Promise<Scene> => layOut(diagram, run);
