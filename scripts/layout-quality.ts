/**
 * Prints how well the layout of every example reads: `node scripts/layout-quality.ts`. With `--record` the figures become
 * those that test/diagram/quality.test.ts compares with.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { figuresOf, type Figures } from '../test/diagram/figures.ts';
import { exampleDiagrams } from '../test/diagram/pictures.ts';

const COLUMNS: readonly (keyof Figures)[] = ['crossings', 'bendsPerEdge', 'stretch', 'areaPerNode', 'oddness', 'labelsOnEdges', 'moved'];
const line = (name: string, cells: readonly (string | number)[]): void => console.log(`${name.padEnd(36)}${cells.map((cell) => String(cell).padStart(14)).join('')}`);

const all: Record<string, Figures> = {};
line('', ['nodes', 'flows', ...COLUMNS]);
for (const [name, diagram] of exampleDiagrams()) {
  const { figures, overlaps } = await figuresOf(diagram);
  all[name] = figures;
  line(name, [diagram.nodes.length, diagram.edges.length, ...COLUMNS.map((column) => figures[column] ?? '')]);
  for (const [what, where] of Object.entries(overlaps) as [string, readonly string[]][]) if (where.length > 0) console.log(`  ${what}: ${where.join('; ')}`);
}
const every = Object.values(all);
const meanOf = (column: keyof Figures): string => {
  const known = every.flatMap((figures) => figures[column] ?? []);
  return (known.reduce((sum, figure) => sum + figure, 0) / known.length).toFixed(3);
};
line('mean', ['', '', ...COLUMNS.map(meanOf)]);
if (process.argv.includes('--record')) writeFileSync(path.join(import.meta.dirname, '../test/diagram/quality-baseline.json'), `${JSON.stringify(all, null, 2)}\n`);
