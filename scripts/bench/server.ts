/** Times the bundled server through the protocol: start, keystroke to diagnostics, hover and completion while it works, memory. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { LspClient } from '../../test/support/lsp-client.ts';
import { generateArchitecture } from './generate.ts';

export interface ServerFigures {
  readonly components: number;
  /** Milliseconds. */
  readonly initialise: number;
  readonly firstDiagnostics: number;
  readonly keystroke: number;
  readonly hover95: number;
  readonly completion: number;
  /** Megabytes, the highest seen. */
  readonly memory: number;
}

const EDITS = 20;
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? 0;

export async function measureServer(components: number, command?: readonly string[]): Promise<ServerFigures> {
  const uri = 'file:///bench/bench.mlarch';
  const text = generateArchitecture(components);
  const lines = text.split('\n');
  const begin = performance.now();
  const { client } = await LspClient.start({ command });
  const initialise = performance.now() - begin;
  const opened = performance.now();
  await client.open(uri, text);
  await client.published(uri, 1);
  const firstDiagnostics = performance.now() - opened;

  // A digit typed into a number, in places spread over the file, as somebody types.
  const numbered = lines.flatMap((line, index) => (/retention \d+ days/.test(line) ? [index] : []));
  const keystrokes: number[] = [];
  const hovers: number[] = [];
  const completions: number[] = [];
  for (let edit = 0; edit < EDITS; edit += 1) {
    const line = numbered[Math.floor(((edit + 0.5) * numbered.length) / EDITS)] ?? 1;
    const character = (lines[line]?.search(/retention \d/) ?? 0) + 'retention '.length;
    const at = { line, character };
    const start = performance.now();
    const version = await client.change(uri, { range: { start: at, end: at }, newText: '1' });
    const hover = async (): Promise<void> => {
      const from = performance.now();
      await client.request('textDocument/hover', { textDocument: { uri }, position: { line, character: character - 4 } });
      hovers.push(performance.now() - from);
    };
    const hovering = edit % 2 === 0 ? Promise.resolve() : hover().then(hover).then(hover);
    await client.published(uri, version);
    if (edit % 2 === 0) keystrokes.push(performance.now() - start);
    await hovering;
    const from = performance.now();
    await client.request('textDocument/completion', { textDocument: { uri }, position: { line: line + 1, character: 2 } });
    completions.push(performance.now() - from);
  }
  const memory = Math.max(...[client.process.pid].map((pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8'))?.[1] ?? 0) / 1024));
  await client.stop();
  return { components, initialise, firstDiagnostics, keystroke: median(keystrokes), hover95: sorted(hovers)[Math.floor(hovers.length * 0.95)] ?? 0, completion: median(completions), memory };
}

if (import.meta.filename === process.argv[1]) {
  const [components = '500', ...command] = process.argv.slice(2);
  console.log(JSON.stringify(await measureServer(Number(components), command.length > 0 ? command : undefined)));
}
