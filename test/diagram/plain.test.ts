import { describe, expect, it } from 'vitest';
import { laidOutInTime, TooSlow } from '../../src/diagram/layout/in-time.ts';
import { plainScene } from '../../src/diagram/layout/plain.ts';
import { overlap } from '../../src/diagram/layout/box-grid.ts';
import type { Box, Scene } from '../../src/diagram/scene.ts';
import { Layouts } from '../../src/server/layouts.ts';
import { exampleDiagrams, hostileDiagram } from './support.ts';

const inside = (inner: Box, outer: Box): boolean => inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

/** Everything that has to hold of a picture in plain rows, by name of what does not. */
function faultsOf({ diagram, nodes, edges, lanes, groups, width, height }: Scene): string[] {
  const whole = { x: 0, y: 0, width, height };
  const nodeOf = new Map(nodes.map((node) => [node.node.id, node]));
  return [
    ...nodes.flatMap((node, index) => nodes.slice(index + 1).filter((other) => overlap(node, other)).map((other) => `${node.node.id} over ${other.node.id}`)),
    ...nodes.filter((node) => !inside(node, groups.find(({ group }) => group.id === node.node.group) ?? lanes.find(({ lane }) => lane.layer === node.node.layer) ?? whole)).map(({ node }) => `${node.id} outside of its box`),
    ...groups.filter(({ group, ...box }) => !inside(box, groups.find((other) => other.group.id === group.parent) ?? whole)).map(({ group }) => `${group.id} outside of its parent`),
    ...edges.flatMap(({ edge, points }) => {
      const [from, to, first, last] = [nodeOf.get(edge.from)!, nodeOf.get(edge.to)!, points[0]!, points.at(-1)!];
      const on = (point: { x: number; y: number }, box: Box): boolean => point.x > box.x && point.x < box.x + box.width && (point.y === box.y || point.y === box.y + box.height);
      return on(first, from) && on(last, to) ? [] : [`${edge.id} ends elsewhere`];
    }),
    ...(nodes.length === diagram.nodes.length && edges.length === diagram.edges.length ? [] : ['something is missing']),
  ];
}

describe('a picture in plain rows', () => {
  it.each(exampleDiagrams())('of %s has everything in its lane or box, and nothing over another', (_, diagram) => {
    expect(faultsOf(plainScene(diagram))).toEqual([]);
  });

  it.each(['lanes', 'groups', 'both'] as const)('holds whatever a file may say, in %s', (boxes) => {
    expect(faultsOf(plainScene(hostileDiagram(boxes)))).toEqual([]);
  });

  it('is no wider than a page is, for a large system', () => {
    const [, diagram] = exampleDiagrams()[0]!;
    const node = diagram.nodes[0]!;
    const many = { ...diagram, edges: [], nodes: Array.from({ length: 1000 }, (_, index) => ({ ...node, id: `N${index}` })) };
    const { width, height } = plainScene(many);
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(3);
  });

  it('stands in where a layout takes too long, and for no other fault', async () => {
    const [, diagram] = exampleDiagrams()[0]!;
    let stopped = 0;
    const never = new Layouts(() => ({ run: () => new Promise(() => undefined), stop: () => void stopped++ }), 1);
    expect(await laidOutInTime(diagram, never.of('a'))).toMatchObject({ plain: true });
    expect(stopped).toBe(1);
    await expect(laidOutInTime(diagram, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(never.of('a')({ id: 'root' })).rejects.toBeInstanceOf(TooSlow);
  });
});
