import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { drawioOf } from '../../src/diagram/drawio.ts';
import type { Box, Scene } from '../../src/diagram/scene.ts';
import { exampleDiagrams, hostileDiagram, sceneOf } from './support.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

interface Sax {
  parser(strict: boolean): { onopentag: (tag: { name: string; attributes: Record<string, string> }) => void; onclosetag: () => void; ontext: (text: string) => void; onerror: (error: Error) => void; write(text: string): { close(): void } };
}

/** Reads strictly, by a parser that knows nothing of the writer; fails at text between elements. */
function parsed(text: string): Element {
  const parser = (createRequire(import.meta.url)('sax') as Sax).parser(true);
  const stack: Element[] = [{ name: '', attributes: {}, children: [] }];
  parser.onopentag = ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, children: [] };
    stack.at(-1)!.children.push(element);
    stack.push(element);
  };
  parser.onclosetag = () => void stack.pop();
  parser.ontext = (between) => expect(between.trim()).toBe('');
  parser.onerror = (error) => { throw error; };
  parser.write(text).close();
  expect(stack).toHaveLength(1);
  expect(stack[0]!.children).toHaveLength(1);
  return stack[0]!.children[0]!;
}

interface Cell {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly label: string;
  readonly style: string;
  readonly geometry?: Element;
  /** What stands beside the label. */
  readonly data: Readonly<Record<string, string>>;
}

function cellsOf(text: string): Cell[] {
  const path = ['mxfile', 'diagram', 'mxGraphModel', 'root'];
  let element = parsed(text);
  for (const [index, name] of path.entries()) {
    expect(element.name).toBe(name);
    if (index < path.length - 1) {
      expect(element.children).toHaveLength(1);
      element = element.children[0]!;
    }
  }
  return element.children.map((child) => {
    const cell = child.name === 'UserObject' ? child.children[0]! : child;
    expect(cell.name).toBe('mxCell');
    return { id: child.attributes['id']!, attributes: cell.attributes, label: child.attributes['label'] ?? child.attributes['value'] ?? '', style: cell.attributes['style'] ?? '', geometry: cell.children[0], data: child.attributes };
  });
}

const boxOf = ({ geometry }: Cell): Box => {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(geometry!.attributes[name]));
  return { x: x!, y: y!, width: width!, height: height! };
};

/** What an attribute gives back of a text: one line of what XML can hold. */
const held = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd').replaceAll(/[\t\n\r]+/g, ' ');

const close = (a: number, b: number, by = 0.02): boolean => Math.abs(a - b) <= by;

function expectFaithful(scene: Scene): void {
  const cells = cellsOf(drawioOf(scene));
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  expect(byId.size).toBe(cells.length);
  expect(cells[0]).toMatchObject({ id: '0', attributes: { id: '0' } });
  expect(cells.filter(({ attributes }) => attributes['parent'] === '0').map(({ label }) => label)).toEqual(['Lanes and boxes', 'Nodes and flows', 'Findings']);
  for (const { id, attributes, style, geometry } of cells.slice(1)) {
    expect(byId.has(attributes['parent']!), `parent of ${id}`).toBe(true);
    if (attributes['parent'] === '0') continue;
    expect(style).toMatch(/^([a-zA-Z]+(=[^;="'<>]*)?;)+$/);
    expect(style).toContain('html=0;');
    expect(geometry?.attributes['as']).toBe('geometry');
    expect(Number(attributes['vertex'] === '1') + Number(attributes['edge'] === '1')).toBe(1);
    if (attributes['edge'] === '1') for (const end of ['source', 'target']) expect(byId.get(attributes[end]!)?.data['component'], `${end} of ${id}`).toBeDefined();
  }
  expect(byId.get('heading')?.label.split('\n')).toEqual([scene.diagram.title, scene.diagram.subtitle].map(held));
  expect(boxOf(byId.get('heading')!).y + boxOf(byId.get('heading')!).height).toBeLessThan(0);
  const absolute = (cell: Cell): Box => {
    const own = boxOf(cell);
    const parent = byId.get(cell.attributes['parent']!)!;
    if (!parent.geometry) return own;
    const outer = absolute(parent);
    expect(own.x > -0.02 && own.y > -0.02 && own.x + own.width < outer.width + 0.02 && own.y + own.height < outer.height + 0.02, `${cell.id} within ${parent.id}`).toBe(true);
    return { ...own, x: own.x + outer.x, y: own.y + outer.y };
  };
  const same = (cell: Cell, box: Box): void => {
    const found = absolute(cell);
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(close(found[side], box[side], 0.05), `${side} of ${cell.id}: ${found[side]}, ${box[side]}`).toBe(true);
  };
  const nodes = cells.filter(({ data }) => data['kind'] !== undefined);
  expect(nodes).toHaveLength(scene.nodes.length);
  scene.nodes.forEach((placed, index) => {
    const { node, card } = placed;
    same(nodes[index]!, placed);
    expect(nodes[index]!.data).toMatchObject({ component: held(node.id), kind: node.kind, layer: node.layer });
    const lines = nodes[index]!.label.split('\n');
    expect(lines.slice(node.mark ? 1 : 0)).toEqual([...card.name, ...card.detail, ...card.figures].map(held));
    expect(nodes[index]!.data['tooltip']!.split('\n')).toEqual(expect.arrayContaining([node.name, ...(node.changes ?? [])].filter((line) => line !== '').map(held)));
    const parent = byId.get(nodes[index]!.attributes['parent']!)!;
    const [group, lane] = [scene.groups.find(({ group: { id } }) => id === node.group)?.group, scene.lanes.find(({ lane: { layer } }) => layer === node.layer)?.lane];
    const titles = group ? [group.title] : lane ? [lane.title, lane.short] : ['Nodes and flows'];
    expect(titles.map(held)).toContain(parent.label.replaceAll('\n', ' '));
  });
  const containers = cells.filter(({ style }) => style.startsWith('shape=swimlane;'));
  expect(containers).toHaveLength(scene.lanes.length + scene.groups.length);
  [...scene.lanes, ...scene.groups].forEach((box, index) => same(containers[index]!, box));
  expectEdges(scene, cells);
  const badges = cells.filter(({ data }) => data['severity'] !== undefined);
  expect(badges.map(({ data, label, attributes }) => [attributes['parent'], data['component'], data['severity'], Number(label)])).toEqual(scene.nodes.flatMap(({ node }) => node.badges.map(({ severity, count }) => ['findings', held(node.id), severity, count])));
}

function expectEdges(scene: Scene, cells: readonly Cell[]): void {
  const edges = cells.filter(({ attributes }) => attributes['edge'] === '1');
  const component = new Map(cells.map(({ id, data }) => [id, data['component']]));
  expect(edges.map(({ attributes }) => [component.get(attributes['source']!), component.get(attributes['target']!)])).toEqual(scene.edges.map(({ edge }) => [held(edge.from), held(edge.to)]));
  const byNode = new Map(scene.nodes.map((node) => [node.node.id, node]));
  scene.edges.forEach(({ edge, points, label }, index) => {
    const { style, geometry, label: words, data } = edges[index]!;
    const styles = new Map(style.split(';').map((part) => part.split('=') as [string, string]));
    const end = (name: string, node: Box): Box => ({ ...node, x: node.x + Number(styles.get(`${name}X`)) * node.width, y: node.y + Number(styles.get(`${name}Y`)) * node.height });
    const bends = (geometry!.children.find(({ name }) => name === 'Array')?.children ?? []).map(({ attributes }) => ({ x: Number(attributes['x']), y: Number(attributes['y']) }));
    const way = [end('exit', byNode.get(edge.from)!), ...bends, end('entry', byNode.get(edge.to)!)];
    expect(way).toHaveLength(points.length);
    points.forEach(({ x, y }, place) => expect(close(way[place]!.x, x, 0.1) && close(way[place]!.y, y, 0.1), `point ${place} of ${edge.id}: ${way[place]!.x},${way[place]!.y} for ${x},${y}`).toBe(true));
    expect(words).toBe(held(label?.text ?? ''));
    expect(data).toMatchObject({ payload: edge.payload, mode: edge.mode });
    expect(data['tooltip']).toContain(held(edge.label));
  });
}

describe('a file for diagrams.net', () => {
  it.each(exampleDiagrams())('of %s keeps everything in its place', async (_, diagram) => {
    const scene = await sceneOf(diagram);
    expectFaithful(scene);
    expect(drawioOf(scene)).toBe(drawioOf(scene));
  });

  it.each(['lanes', 'groups'] as const)('shows hostile texts as themselves, in %s', async (boxes) => {
    expectFaithful(await sceneOf(hostileDiagram(boxes)));
  });

  it('of an empty diagram has its layers', async () => {
    const scene = await sceneOf({ ...exampleDiagrams()[0]![1], nodes: [], edges: [], lanes: [] });
    expect(cellsOf(drawioOf(scene)).map(({ label }) => label)).toEqual(['', 'Lanes and boxes', [scene.diagram.title, scene.diagram.subtitle].join('\n'), 'Nodes and flows', 'Findings']);
  });
});
