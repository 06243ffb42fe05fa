import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlap } from '../../src/diagram/layout/box-grid.ts';
import { isAttached, movementBetween, qualityOf } from '../../src/diagram/layout/quality.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { figuresOf, placed, type Figures } from './figures.ts';
import { FOREIGN, HOSTILE, randomSystem } from './hostile.ts';
import { diagramOfText, exampleDiagrams } from './pictures.ts';

const baseline = JSON.parse(readFileSync(path.join(import.meta.dirname, 'quality-baseline.json'), 'utf8')) as Record<string, Figures>;
const RECORD = 'If it is meant, record anew: node scripts/layout-quality.ts --record';
const TOLERANCE = 0.05;

/** What must hold of every picture: everything is drawn once, attached, upright, and nothing covers anything else. */
function expectWhole(scene: Scene): void {
  expect(scene.nodes.map(({ node }) => node.id)).toEqual(scene.diagram.nodes.map(({ id }) => id));
  expect(scene.edges.map(({ edge }) => edge.id)).toEqual(scene.diagram.edges.map(({ id }) => id));
  const byId = new Map(scene.nodes.map((node) => [node.node.id, node]));
  expect(scene.edges.filter((edge) => !isAttached(edge, byId)).map(({ edge }) => edge.id), 'ends that are not on the borders of their nodes').toEqual([]);
  const { labelsOnEdges: _, ...overlaps } = qualityOf(scene).overlaps;
  expect(overlaps).toEqual({ nodes: [], labelsOnNodes: [], labelsOnLabels: [], edgesThroughNodes: [], edgesOnEdges: [], oblique: [] });
  const outside = [...scene.nodes, ...scene.edges.flatMap(({ label }) => label ?? []), ...scene.edges.flatMap(({ points }) => points.map((point) => ({ ...point, width: 0, height: 0 })))].filter(({ x, y, width, height }) => x < 0 || y < 0 || x + width > scene.width || y + height > scene.height);
  expect(outside, 'outside the picture').toEqual([]);
  const boxes = new Map(scene.groups.map((box) => [box.group.id, box]));
  for (const node of scene.nodes) {
    for (const { group, ...box } of scene.groups) expect(overlap(node, box), `${node.node.id} in ${group.title}`).toBe(isWithin(group.id, node.node.group, boxes));
  }
  // A node stands in the lane of its layer, and in no other.
  for (const { lane, y, height } of scene.lanes) {
    for (const node of scene.nodes.filter((own) => own.node.layer === lane.layer)) expect(node.y >= y && node.y + node.height <= y + height, `${node.node.id} in ${lane.title}`).toBe(true);
  }
}

/** Whether a box is `own`, or around it. */
const isWithin = (id: string, own: string | undefined, boxes: ReadonlyMap<string, Scene['groups'][number]>): boolean => own !== undefined && (own === id || isWithin(id, boxes.get(own)?.group.parent, boxes));

const examples = exampleDiagrams();

describe('the layout of the examples', () => {
  it('is recorded for all of them, and for nothing else', () => {
    expect(Object.keys(baseline).sort()).toEqual([...examples.keys()].sort());
  });

  it.each([...examples])('%s: nothing covers anything, and it reads no worse than it did', async (name, diagram) => {
    const { figures, overlaps, scene } = await figuresOf(diagram);
    expectWhole(scene);
    expect(overlaps.labelsOnEdges).toEqual([]);
    const before = baseline[name] ?? figures;
    for (const [figure, now] of Object.entries(figures) as [keyof Figures, number][]) {
      const was = before[figure] ?? now;
      expect(now, `${figure} was ${was} and is worse. ${RECORD}`).toBeLessThanOrEqual(was * (1 + TOLERANCE) + 1e-9);
      expect(now, `${figure} was ${was} and is better. Keep it: node scripts/layout-quality.ts --record`).toBeGreaterThanOrEqual(was * (1 - TOLERANCE) - 1e-9);
    }
  });

  it('is the same every time', async () => {
    const [diagram] = [...examples.values()];
    expect(JSON.stringify(await placed(diagram!))).toBe(JSON.stringify(await placed(diagram!)));
  });
});

describe('pictures of hostile systems are whole', () => {
  it.each(Object.entries(HOSTILE))('%s', async (_, text) => {
    expectWhole(await placed(diagramOfText(text())));
  });

  it('flows at random, with cycles in and across lanes', async () => {
    for (let seed = 1; seed <= 20; seed++) expectWhole(await placed(diagramOfText(randomSystem(seed, 15 + seed))));
    expectWhole(await placed(diagramOfText(randomSystem(1, 160))));
  });

  it.each(Object.entries(FOREIGN))('%s as ids, names, details and labels', async (_, word) => {
    const diagram = examples.get('CardFraud system')!;
    const said = (id: string): string => `${word} ${id} ${word}`;
    const nodes = diagram.nodes.map((node) => ({ ...node, id: said(node.id), name: said(node.id), detail: said(node.detail), figures: [word] }));
    expectWhole(await placed({ ...diagram, nodes, edges: diagram.edges.map((edge) => ({ ...edge, id: said(edge.id), from: said(edge.from), to: said(edge.to), label: said(edge.label) })) }));
  });
});

describe('the measure', () => {
  const scene = (nodes: readonly [string, number, number][], edges: readonly [string, string, ...[number, number][]][], label?: { text: string; x: number; y: number; width: number; height: number }): Scene =>
    ({
      width: 400, height: 400, lanes: [], groups: [],
      nodes: nodes.map(([id, x, y]) => ({ node: { id }, x, y, width: 100, height: 40 })),
      edges: edges.map(([from, to, ...points], index) => ({ edge: { id: `${from}->${to}`, from, to }, points: points.map(([x, y]) => ({ x, y })), ...(label && index === 0 && { label }) })),
    }) as unknown as Scene;
  const nodes: [string, number, number][] = [['A', 0, 0], ['B', 200, 0], ['C', 0, 200], ['D', 200, 200]];

  it('counts a crossing once, and none where edges share a port', () => {
    const crossing = scene(nodes, [['A', 'D', [50, 40], [50, 100], [250, 100], [250, 200]], ['B', 'C', [220, 40], [220, 150], [40, 150], [40, 200]]]);
    expect(qualityOf(crossing).crossings).toBe(1);
    const joined = scene(nodes, [['A', 'D', [50, 40], [50, 100], [250, 100], [250, 200]], ['B', 'D', [220, 40], [220, 120], [250, 120], [250, 200]]]);
    expect(qualityOf(joined).crossings).toBe(0);
  });

  it('finds what covers what', () => {
    const { overlaps } = qualityOf(scene([...nodes, ['E', 60, 20]], [['A', 'C', [50, 40], [50, 200]], ['B', 'C', [220, 40], [220, 150], [50, 150], [50, 60], [20, 60], [20, 200]], ['A', 'B', [90, 40], [150, 210]]], { text: '5 %', x: 45, y: 145, width: 30, height: 12 }));
    expect(overlaps.nodes).toEqual(['A and E']);
    expect(overlaps.labelsOnEdges).toEqual(['“5 %” of A->C on B->C']);
    expect(overlaps.edgesOnEdges).toEqual(['A->C and B->C']);
    expect(overlaps.oblique).toEqual(['A->B']);
    expect(qualityOf(scene(nodes, [['A', 'D', [50, 40], [50, 220], [200, 220]]])).overlaps.edgesThroughNodes).toEqual(['A->D through C']);
    expect(qualityOf(scene(nodes, [['A', 'C', [50, 40], [50, 200]]], { text: 'x', x: 55, y: 190, width: 20, height: 12 })).overlaps.labelsOnNodes).toEqual(['“x” of A->C on C']);
  });

  it('takes a shift of everything for no movement', () => {
    const moved = nodes.map(([id, x, y]): [string, number, number] => [id, x + 70, y + 300]);
    expect(movementBetween(scene(nodes, []), scene(moved, []))).toEqual({ median: 0, far: 0 });
    expect(movementBetween(scene(nodes, []), scene([...moved.slice(0, 3), ['D', 0, 0]], [])).far).toBe(0.25);
  });

  it('knows which edges hang loose', () => {
    const loose = scene(nodes, [['A', 'C', [50, 40], [50, 200]], ['A', 'C', [50, 45], [50, 200]], ['A', 'C', [50, 40], [130, 200]]]);
    const byId = new Map(loose.nodes.map((node) => [node.node.id, node]));
    expect(loose.edges.map((edge) => isAttached(edge, byId))).toEqual([true, false, false]);
  });
});
