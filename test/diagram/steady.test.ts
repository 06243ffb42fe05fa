import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { describe, expect, it } from 'vitest';
import { elkLayouter } from '../../src/diagram/layout/elk.ts';
import { insertBetween } from '../../src/diagram/layout/insertion.ts';
import { layOut } from '../../src/diagram/layout/layout.ts';
import { portsInOrder } from '../../src/diagram/layout/port-order.ts';
import { movementBetween, qualityOf } from '../../src/diagram/layout/quality.ts';
import { readsAsWell } from '../../src/diagram/layout/steady.ts';
import type { Item } from '../../src/diagram/layout/tracks.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import { EDITS } from './edits.ts';
import { randomSystem } from './hostile.ts';
import { diagramOfText, exampleDiagrams } from './pictures.ts';

const run = elkLayouter();
const systems = [...exampleDiagrams()].filter(([, { view, state }]) => view === 'system' && state === 'current');

describe('a picture after an edit', () => {
  it.each(systems)('%s: nothing moves where nothing changes', async (_, diagram) => {
    const before = await layOut(diagram, run);
    expect(movementBetween(before, await layOut(diagram, run, before))).toEqual({ median: 0, far: 0 });
  });

  it('moves hardly anything, over all examples and edits, and no edit is worth a picture that reads worse', async () => {
    const far: number[] = [];
    for (const [, diagram] of systems) {
      const before = await layOut(diagram, run);
      for (const edit of Object.values(EDITS)) {
        const [fresh, steady] = [await layOut(edit(diagram), run), await layOut(edit(diagram), run, before)];
        expect(readsAsWell(steady, fresh)).toBe(true);
        far.push(movementBetween(before, steady).far);
      }
    }
    expect(far.reduce((sum, share) => sum + share, 0) / far.length).toBeLessThan(0.13);
  });

  it('has nothing that covers anything, after edit upon edit', async () => {
    const texts = [randomSystem(1, 20), randomSystem(2, 30), randomSystem(4, 50), generateArchitecture(60, true)];
    for (const text of texts) {
      let [diagram, scene]: [ReturnType<typeof diagramOfText>, Scene | undefined] = [diagramOfText(text, { collapse: 'never' }), undefined];
      for (const edit of [undefined, ...Object.values(EDITS)]) {
        diagram = edit?.(diagram) ?? diagram;
        scene = await layOut(diagram, run, scene);
        expect(scene.nodes.map(({ node }) => node.id)).toEqual(diagram.nodes.map(({ id }) => id));
        const { labelsOnEdges: _, ...overlaps } = qualityOf(scene).overlaps;
        expect(overlaps).toEqual({ nodes: [], labelsOnNodes: [], labelsOnLabels: [], edgesThroughNodes: [], edgesOnEdges: [], oblique: [] });
      }
    }
  });

  it('a large one keeps every place for a new component', async () => {
    const diagram = diagramOfText(generateArchitecture(100, true), { collapse: 'never' });
    const before = await layOut(diagram, run);
    const edited = EDITS['a component in the middle']!(diagram);
    expect(movementBetween(before, await layOut(edited, run)).far).toBeGreaterThan(0.5);
    expect(movementBetween(before, await layOut(edited, run, before)).far).toBeLessThan(0.05);
  });
});

it('the layouter leaves what it is given as it was, here as in a thread', async () => {
  const graph: ElkNode = { id: 'root', layoutOptions: { 'elk.algorithm': 'layered' }, children: [{ id: 'a', width: 10, height: 10 }, { id: 'b', width: 10, height: 10 }], edges: [{ id: 'e', sources: ['a'], targets: ['b'] }] };
  const given = JSON.stringify(graph);
  expect((await run(graph)).children?.[1]?.x).toBeGreaterThan(10);
  expect(JSON.stringify(graph)).toBe(given);
});

describe('a steady picture is not taken at any price', () => {
  const scene = (size: number, bends: number): Scene => ({ width: size, height: 100, nodes: [], edges: [{ edge: { id: 'e' }, points: Array.from({ length: bends + 2 }, (_, index) => ({ x: index, y: 0 })) }] }) as unknown as Scene;
  it('of bends and of area', () => {
    expect(readsAsWell(scene(100, 16), scene(100, 10))).toBe(true);
    expect(readsAsWell(scene(100, 18), scene(100, 10))).toBe(false);
    expect(readsAsWell(scene(141, 10), scene(100, 10))).toBe(false);
  });
});

describe('what is new stands where it crosses least', () => {
  it('in a row', () => {
    const item = (x: number, isNode = true): Item => ({ x, width: 10, isNode, links: [] });
    const join = (a: Item, b: Item): void => {
      a.links.push({ to: b, offset: 5, toOffset: 5, weight: 1 });
      b.links.push({ to: a, offset: 5, toOffset: 5, weight: 1 });
    };
    const [a, b, c, left, right, added] = [item(0), item(100), item(200), item(0), item(100), item(0)];
    // What the new one is joined with is at the right end, and what stood there hangs together straight.
    join(a, left);
    join(b, right);
    join(c, added);
    const lefts = new Map([a, b, c, left, right, added].map((own) => [own, own.x]));
    insertBetween([[a, b, c], [left, added, right]], lefts, (own) => own === added);
    expect(lefts.get(added)).toBeGreaterThan(100);
  });

  it('at a side of a node', () => {
    const ports = [{ id: 'a', at: 10, next: [0] }, { id: 'b', at: 20, next: [100] }, { id: 'new', at: undefined, next: [50] }];
    expect(portsInOrder(ports)).toEqual(['a', 'new', 'b']);
    expect(portsInOrder([{ id: 'a', at: 10, next: [80] }, { id: 'b', at: 20, next: [30] }])).toEqual(['b', 'a']);
  });
});
