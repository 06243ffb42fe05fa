import { systemView } from '../../src/diagram/views/system.ts';
import { elkLayouter } from '../../src/diagram/layout/elk.ts';
import { layOut } from '../../src/diagram/layout/layout.ts';
import { svgOf } from '../../src/diagram/svg/svg.ts';
import { load } from '../../src/cli/load.ts';
import type { Diagram } from '../../src/diagram/diagram.ts';
import { generateArchitecture } from './generate.ts';

export interface DiagramFigures {
  readonly nodes: number;
  readonly flows: number;
  /** Milliseconds: median of layout and drawing, after a first run that is not counted. */
  readonly ms: number;
}

/** Lays out and draws the system view of a generated architecture with its labels; with as many flows as the examples have. */
export async function measureDiagram(components: number, runs = 3): Promise<DiagramFigures> {
  const [architecture] = load([{ file: 'bench.mlarch', text: generateArchitecture(components, true) }]).architectures;
  if (!architecture) throw new Error('The generated architecture cannot be read.');
  const diagram: Diagram = { system: architecture.system.name, view: 'system', state: 'current', title: 'Bench', subtitle: '', ...systemView({ architecture }) };
  const run = elkLayouter();
  const times: number[] = [];
  for (let turn = 0; turn <= runs; turn += 1) {
    const start = performance.now();
    svgOf(await layOut(diagram, run));
    if (turn > 0) times.push(performance.now() - start);
  }
  return { nodes: diagram.nodes.length, flows: diagram.edges.length, ms: times.sort((a, b) => a - b)[times.length >> 1] ?? 0 };
}
