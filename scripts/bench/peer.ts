import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

type Measure = (command: readonly string[], runs?: number) => { ms: number; mb: number };
type Line = (name: string, ...cells: string[]) => void;

/** Times `likec4 validate` without layout on as many elements and relations, if it is on the path. */
export function measurePeer(folder: string, measure: Measure, line: Line): void {
  if (spawnSync('likec4', ['--version']).status !== 0) {
    console.log('\nLikeC4 is not installed: npm install --global likec4@1.59.4');
    return;
  }
  console.log('\nLikeC4 validate, no layout');
  for (const elements of [100, 500, 2000]) {
    const project = path.join(folder, `likec4-${elements}`);
    mkdirSync(project, { recursive: true });
    writeFileSync(path.join(project, 'model.c4'), model(elements));
    const { ms } = measure(['likec4', 'validate', '--no-layout', project], 3);
    line(String(elements), `${ms.toFixed(0)} ms`);
  }
}

function model(elements: number): string {
  const names = Array.from({ length: elements }, (_, index) => `c${index}`);
  const relations = names.flatMap((name, index) => [1, 7, 20].map((step) => `  ${name} -> c${(index + step) % elements} 'uses'`));
  return `specification {\n  element component\n}\nmodel {\n${names.map((name) => `  ${name} = component '${name}' {\n    description 'Part ${name}'\n    technology 'x'\n  }`).join('\n')}\n${relations.join('\n')}\n}\nviews {\n  view index {\n    include *\n  }\n}\n`;
}
