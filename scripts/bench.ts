/**
 * Measures what users wait for: a command as a process, the stages of a review, pictures, the language server, memory. Prints medians with the
 * machine. `--peer` also times LikeC4 on the same graph; it is installed into a folder of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { measureDiagram } from './bench/diagram.ts';
import { measureEstimate } from './bench/estimate.ts';
import { generateArchitecture } from './bench/generate.ts';
import { measurePeer } from './bench/peer.ts';
import { editToPicture, hoverDuringLayout, timeToStop } from './bench/pictures.ts';
import { measureServer } from './bench/server.ts';

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'dist/cli/mlarch.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mlarch-bench-'));

/** Median wall time in ms and peak resident memory in MB of a command run as a process. */
export function measure(command: readonly string[], runs = 7): { ms: number; mb: number } {
  const times: number[] = [];
  let mb = 0;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const { stderr, error } = spawnSync('/usr/bin/env', [...command], { encoding: 'utf8', maxBuffer: 2 ** 30 });
    times.push(performance.now() - start);
    if (error) throw error;
    mb = Math.max(mb, Number(/^MLARCH_RSS (\d+)$/m.exec(stderr)?.[1] ?? 0) / 1024);
  }
  return { ms: [...times].sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0, mb };
}

const line = (name: string, ...cells: string[]): void => console.log(`${name.padEnd(44)} ${cells.map((cell) => cell.padStart(12)).join(' ')}`);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const check = (file: string): string[] => ['node', '--import', `data:text/javascript,process.on('exit',()=>process.stderr.write('\\nMLARCH_RSS '+process.resourceUsage().maxRSS+'\\n'))`, cli, 'check', file, '--fail-on', 'never'];

console.log(`${os.cpus().length} cores, ${os.cpus()[0]?.model ?? ''}, Node ${process.version}, medians\n`);

const bare = measure(['node', '-e', '0']);
const small = measure(['node', cli, 'check', path.join(root, 'examples/card-fraud/main.mlarch'), '--fail-on', 'never']);
line('node -e 0', ms(bare.ms));
line('mlarch check card-fraud (process)', ms(small.ms), `${(small.ms / bare.ms).toFixed(1)} times`);
const drawn = measure(['node', cli, 'diagram', path.join(root, 'examples/card-fraud'), '--output', path.join(folder, 'card-fraud.svg')]);
line('mlarch diagram card-fraud (process, SVG)', ms(drawn.ms), 'at most', ms(2000));
const reported = measure(['node', cli, 'report', path.join(root, 'examples/card-fraud'), '--output', path.join(folder, 'report')], 3);
line('mlarch report card-fraud (all formats)', ms(reported.ms), 'at most', ms(5000));

console.log();
line('components', 'process', 'peak memory', 'parse', 'lower', 'review', 'warm total', 'per comp.');
const perComponent = new Map<number, number>();
for (const components of [100, 500, 2000, 10_000]) {
  const file = path.join(folder, `${components}.mlarch`);
  writeFileSync(file, generateArchitecture(components));
  const process_ = measure(check(file), components > 2000 ? 3 : 5);
  const { median } = stages(components);
  perComponent.set(components, median.total / components);
  line(String(components), ms(process_.ms), `${process_.mb.toFixed(0)} MB`, ms(median.parse), ms(median.lower), ms(median.review), ms(median.total), `${((1000 * median.total) / components).toFixed(0)} µs`);
}
console.log(`\nTime per component at 10,000 over that at 500: ${((perComponent.get(10_000) ?? 0) / (perComponent.get(500) ?? 1)).toFixed(2)}`);

const [olderFile, newerFile] = ['older', 'newer'].map((name) => path.join(folder, `${name}.mlarch`)) as [string, string];
writeFileSync(olderFile, generateArchitecture(500));
writeFileSync(newerFile, generateArchitecture(500).replaceAll('replicas 3', 'replicas 4').replaceAll(/peak 2\d req/g, 'peak 90 req'));
console.log('\nTwo versions of 500 components compared (process, at most 2,000 ms)');
for (const format of ['pretty', 'json', 'markdown']) line(`mlarch diff --format ${format}`, ms(measure(['node', cli, 'diff', olderFile, newerFile, '--format', format]).ms));

console.log('\nShare of each check at 2,000 components');
const { median } = stages(2000);
for (const [name, time] of Object.entries(median.checks).sort((a, b) => b[1] - a[1])) line(`  ${name}`, ms(time), `${((100 * time) / median.total).toFixed(1)} %`);

console.log('\nAn estimate at today’s peak, and at 1, 5 and 10 times it');
line('stations', '1×', '1×, 5×, 10×');
for (const stations of [50, 1000]) line(String(stations), ms(measureEstimate(stations, [1])), ms(measureEstimate(stations, [1, 5, 10])));

console.log('\nThe system view laid out and drawn, with labels');
line('components', 'flows', 'warm', 'at most');
for (const [components, limit] of [[50, 400], [200, 1500], [500, 5000], [1000, 12_000]] as const) {
  const { nodes, flows, ms: warm } = await measureDiagram(components);
  line(String(nodes), String(flows), ms(warm), ms(limit));
}

console.log('\nThe language server through the protocol: start, keystroke to published diagnostics, hover while it works (95th percentile)');
line('components', 'initialise', 'first', 'keystroke', 'hover p95', 'completion', 'peak memory');
for (const components of [100, 500, 2000]) {
  const { initialise, firstDiagnostics, keystroke, hover95, completion, memory } = await measureServer(components);
  line(String(components), ...[initialise, firstDiagnostics, keystroke, hover95, completion].map(ms), `${memory.toFixed(0)} MB`);
}

console.log('\nHover while a picture of every component is laid out, through the protocol');
line('components', 'nodes', 'hovers', 'picture', 'hover p95', 'at most', 'longest');
for (const components of [500, 1000]) {
  const { nodes, hovers, picture, p95, longest } = await hoverDuringLayout(components);
  line(String(components), String(nodes), String(hovers), ms(picture), ms(p95), ms(50), ms(longest));
}

console.log('\nA layout of 1,000 components that a newer request makes vain: until its request is answered, and until its thread is gone');
const stopped = await timeToStop(1000);
line('', 'answered', 'gone', 'at most');
line('1000', ms(stopped.answered), ms(stopped.gone), ms(200));

console.log('\nKeystroke to updated picture, through the protocol');
line('components', 'edit', 'median', 'p95', 'at most');
for (const [components, edit, limit] of [[200, 'number', 150], [50, 'structure', 600]] as const) {
  const { ms: median_, p95 } = await editToPicture(components, edit);
  line(String(components), edit, ms(median_), ms(p95), ms(limit));
}

if (process.argv.includes('--peer')) measurePeer(folder, cli, measure, line);

interface Stages {
  readonly median: { readonly parse: number; readonly lower: number; readonly review: number; readonly total: number; readonly checks: Readonly<Record<string, number>> };
}

function stages(components: number): Stages {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(root, 'scripts/bench/stages.ts'), String(components), components > 2000 ? '4' : '8'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Stages;
}
