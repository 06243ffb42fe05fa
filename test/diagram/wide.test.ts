import { describe, expect, it } from 'vitest';
import { leastMoved, type Pull } from '../../src/diagram/layout/least-moved.ts';
import { rowsOf, type Link } from '../../src/diagram/layout/rows.ts';
import type { Diagram } from '../../src/diagram/diagram.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import { upwardEdges } from '../../src/diagram/layout/orientation.ts';
import { qualityOf } from '../../src/diagram/layout/quality.ts';
import { placed } from './figures.ts';
import { randomSystem } from './hostile.ts';
import { diagramOfText } from './pictures.ts';

const numbered = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => `  ${line(index)}\n`).join('');
const HUBS: Readonly<Record<string, (count: number) => string>> = {
  'stores that feed it and that it fills': (count) => `system Hub {\n  service Hub : realtime { }\n${numbered(count, (index) => `store S${index} : online { }`)}${numbered(count, (index) => (index % 2 === 0 ? `S${index} -> Hub` : `Hub -> S${index}`))}}`,
  'monitors that it feeds': (count) => `system Hub {\n  service Hub : realtime { }\n${numbered(count, (index) => `monitor S${index} : latency { }`)}${numbered(count, (index) => `Hub -> S${index}`)}}`,
  'services of its own layer': (count) => `system Hub {\n  service Hub : realtime { }\n${numbered(count, (index) => `service S${index} : realtime { }`)}${numbered(count, (index) => `Hub -> S${index}`)}}`,
  'nothing but each other': (count) => `system Hub {\n${numbered(count, (index) => `service S${index} : realtime { }`)}}`,
};

const aspectOf = ({ width, height }: Scene): number => width / height;
const linksOf = (diagram: Diagram): Link[] => {
  const upward = upwardEdges(diagram);
  return diagram.edges.filter(({ from, to }) => from !== to).map(({ id, from, to }) => (upward.has(id) ? { from: to, to: from, trunk: id } : { from, to, trunk: id }));
};
const sizesOf = (diagram: Diagram, width: number): ReadonlyMap<string, { width: number; height: number }> => new Map(diagram.nodes.map(({ id }) => [id, { width, height: 60 }]));

describe('pictures have the shape of a page', () => {
  it.each(Object.entries(HUBS))('forty neighbours, and a hundred: %s', async (_, text) => {
    for (const count of [40, 100]) expect(aspectOf(await placed(diagramOfText(text(count), { collapse: 'never' })))).toBeLessThan(3);
  });

  // The second figure: crossings with rows as long as they come, in pictures of 10,996 and of 50,473 pixels.
  it.each([[200, 287], [1000, 8860]])('%i components, with hardly more than the %i crossings of long rows', async (components, crossings) => {
    const scene = await placed(diagramOfText(generateArchitecture(components, true), { collapse: 'never' }));
    expect(aspectOf(scene)).toBeLessThan(3);
    expect(qualityOf(scene).crossings).toBeLessThan(crossings * 1.05);
  });
});

describe('rows', () => {
  it('lead down along every link, and the lanes follow each other', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const diagram = diagramOfText(randomSystem(seed, 10 + seed * 3));
      const links = linksOf(diagram);
      for (const width of [100, 800]) {
        const rows = rowsOf(diagram, links, sizesOf(diagram, width));
        expect([...rows.keys()].sort()).toEqual(diagram.nodes.map(({ id }) => id).sort());
        expect(links.filter(({ from, to }) => rows.get(from)! >= rows.get(to)!)).toEqual([]);
        const spans = diagram.lanes.map(({ layer }) => diagram.nodes.filter((node) => node.layer === layer).map(({ id }) => rows.get(id)!));
        for (const [index, span] of spans.entries()) if (index > 0) expect(Math.min(...span)).toBeGreaterThan(Math.max(...spans[index - 1]!));
      }
    }
  });

  it('keep links short, also where several nodes must move for it', () => {
    // The log is written from below and read by the labels: both go down to where they are used.
    const diagram = diagramOfText('system S {\n  source A : database { }\n  store B : lakehouse { }\n  store C : online { }\n  store Log : log { }\n  store Truth : log { }\n  service Api : realtime { }\n  service Use : realtime { }\n  A -> B\n  B -> C\n  C -> Api\n  Log -> Truth\n  Log -> Api\n  Truth -> Api\n  Log -> Use\n}');
    const rows = rowsOf(diagram, linksOf(diagram), sizesOf(diagram, 100));
    expect(['A', 'B', 'C', 'Log', 'Truth'].map((id) => rows.get(id))).toEqual([0, 1, 2, 1, 2]);
  });
});

describe('places in a row', () => {
  const costOf = (pulls: readonly (readonly Pull[])[], places: readonly number[]): number => pulls.flatMap((own, index) => own.map(({ to, weight }) => weight * Math.abs(to - places[index]!))).reduce((sum, cost) => sum + cost, 0);

  /** The least cost of all ways that never fall, over the places that anything is pulled to. */
  function leastCost(pulls: readonly (readonly Pull[])[]): number {
    const stops = [...new Set(pulls.flat().map(({ to }) => to))].sort((a, b) => a - b);
    let best = stops.map(() => 0);
    for (const own of pulls) {
      let least = Infinity;
      best = best.map((before, index) => (least = Math.min(least, before)) + costOf([own], [stops[index]!]));
    }
    return Math.min(...best);
  }

  it('never fall, and nothing else would be nearer to what pulls', () => {
    let state = 7;
    const below = (most: number): number => (state = (state * 48271) % 2147483647) % most;
    for (let turn = 0; turn < 300; turn++) {
      const pulls = Array.from({ length: 1 + below(8) }, () => Array.from({ length: 1 + below(3) }, () => ({ to: below(40), weight: 1 + below(8) })));
      const places = leastMoved(pulls);
      expect(places.every((place, index) => index === 0 || place >= places[index - 1]!)).toBe(true);
      expect(costOf(pulls, places)).toBeCloseTo(leastCost(pulls), 9);
    }
  });
});
