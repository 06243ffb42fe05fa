import { describe, expect, it } from 'vitest';
import type { Box, Point, Scene } from '../../src/diagram/scene.ts';
import { svgOf } from '../../src/diagram/svg/svg.ts';
import { exampleDiagrams } from './pictures.ts';
import { sceneOf } from './support.ts';

/**
 * The system view of every example as it was laid out, and of small ones as it is drawn. A change of the layout shows as
 * which nodes and flows moved where; after one that is meant: npx vitest run test/diagram/snapshots.test.ts --update
 */
const systems = [...exampleDiagrams()].filter(([name]) => name.endsWith(' system')).map(([name, diagram]) => [name.replace(' system', ''), diagram] as const);

const at = ({ x, y }: Point): string => `${Math.round(x)},${Math.round(y)}`;
const box = (place: Box): string => `${at(place)} ${Math.round(place.width)}x${Math.round(place.height)}`;

/** A line for each lane, node and flow, in pixels. */
function textOf({ diagram, width, height, lanes, nodes, edges }: Scene): string {
  return [
    `${diagram.title} · ${diagram.subtitle}`,
    `picture ${Math.round(width)}x${Math.round(height)}`,
    ...lanes.map(({ lane, ...place }) => `lane ${lane.layer} ${box(place)}`),
    ...nodes.map(({ node, ...place }) => [`node ${node.name} ${box(place)}: ${node.detail}`, ...node.figures, ...node.badges.map(({ severity, count }) => `${count} ${severity}`)].join('; ')),
    ...edges.map(({ edge, points, label }) => `flow ${edge.from} -> ${edge.to} ${edge.payload} ${edge.mode}${label ? ` "${label.text}"` : ''}: ${points.map(at).join(' ')}`),
    '',
  ].join('\n');
}

describe('the system view', () => {
  it.each(systems)('of %s is laid out as it was', async (name, diagram) => {
    await expect(textOf(await sceneOf(diagram))).toMatchFileSnapshot(`snapshots/${name}.txt`);
  });

  const small = [...systems].sort(([, a], [, b]) => a.nodes.length - b.nodes.length).slice(0, 3);
  it.each(small)('of %s is drawn as it was', async (name, diagram) => {
    await expect(svgOf(await sceneOf(diagram))).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });
});
