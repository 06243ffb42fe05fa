import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from '../../src/cli/load.ts';
import { systemView } from '../../src/diagram/views/system.ts';
import { generateArchitecture } from './generate.ts';

type Measure = (command: readonly string[], runs?: number) => { ms: number; mb: number };
type Line = (name: string, ...cells: string[]) => void;

/** The version that is compared, and the Node that it supports. */
const PEER = 'likec4@1.59.4';
const NODE = 'node@22';
/** Nobody waits longer for a picture. */
const MOST_SECONDS = 240;

/**
 * Times LikeC4 on the graph of a generated architecture: as many elements and relations, with the same names. It is installed
 * into `LIKEC4_FOLDER`, else into the folder of the measurement. Its model is exported with every place laid out, by Graphviz as
 * WebAssembly, which is the one command that lays a view out without a browser; it draws nothing. Ours lays out and draws.
 */
export function measurePeer(folder: string, cli: string, measure: Measure, line: Line): void {
  const home = process.env['LIKEC4_FOLDER'] ?? path.join(folder, 'peer');
  const command = installed(home);
  if (!command) {
    console.log(`\n${PEER} with ${NODE} cannot be installed into ${home}.`);
    return;
  }
  console.log(`\n${PEER} on ${NODE}: validate --no-layout`);
  for (const elements of [100, 500, 2000]) {
    const { project } = projectOf(folder, elements);
    line(String(elements), `${measure([...command, 'validate', '--no-layout', project], 3).ms.toFixed(0)} ms`);
  }
  console.log(`\nOne view of every element, as a process: ${PEER} export json --no-use-dot (lays out, draws nothing), and mlarch diagram --expand (lays out and draws SVG)`);
  line('elements', 'relations', 'LikeC4', 'mlarch');
  for (const elements of [100, 500]) {
    const { project, text, nodes, flows } = projectOf(folder, elements);
    const output = path.join(folder, `likec4-${elements}.json`);
    const theirs = timed([...command, 'export', 'json', '--no-use-dot', '--outfile', output, project]);
    const ours = timed(['node', cli, 'diagram', text, '--expand', '--output', path.join(folder, `peer-${elements}.svg`)]);
    line(String(nodes), String(flows), theirs, ours);
  }
}

/** How LikeC4 is started, after it has been installed where it is not yet. */
function installed(home: string): readonly string[] | undefined {
  const command = [path.join(home, 'node_modules/.bin/node'), path.join(home, 'node_modules/likec4/bin/likec4.mjs')];
  if (!command.every((file) => existsSync(file))) {
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
    if (spawnSync('npm', ['install', '--no-audit', '--no-fund', NODE, PEER], { cwd: home, stdio: 'ignore' }).status !== 0) return undefined;
  }
  return spawnSync(command[0] ?? '', [...command.slice(1), '--version'], { encoding: 'utf8' }).stdout.trim() === PEER.slice(PEER.indexOf('@') + 1) ? command : undefined;
}

/** Wall time of the best of three runs, or that the first was not finished in time. */
function timed(command: readonly string[]): string {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now();
    const { status, error, stderr } = spawnSync(command[0] ?? '', command.slice(1), { encoding: 'utf8', timeout: MOST_SECONDS * 1000, killSignal: 'SIGKILL', maxBuffer: 2 ** 30 });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') return `not finished in ${MOST_SECONDS} s`;
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
    times.push(performance.now() - start);
  }
  return `${Math.min(...times).toFixed(0)} ms`;
}

/** The folder of a LikeC4 project and the file of ours, of the same graph: what the system view shows of a generated architecture. */
function projectOf(folder: string, elements: number): { readonly project: string; readonly text: string; readonly nodes: number; readonly flows: number } {
  const source = generateArchitecture(elements, true);
  const [architecture] = load([{ file: 'bench.mlarch', text: source }]).architectures;
  if (!architecture) throw new Error('The generated architecture cannot be read.');
  const { nodes, edges } = systemView({ architecture });
  const project = path.join(folder, `likec4-${elements}`);
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  const components = nodes.map(({ id, detail }) => `  ${id} = component '${id}' {\n    technology '${detail}'\n  }`);
  const relations = edges.map(({ from, to, label, payload }) => `  ${from} -> ${to} '${label === '' ? payload : label}'`);
  writeFileSync(path.join(project, 'model.c4'), `specification {\n  element component\n}\nmodel {\n${[...components, ...relations].join('\n')}\n}\nviews {\n  view index {\n    include *\n  }\n}\n`);
  const text = path.join(folder, `peer-${elements}.mlarch`);
  writeFileSync(text, source);
  return { project, text, nodes: nodes.length, flows: edges.length };
}
