/** Times the pictures of the bundled server through the protocol: hovers meanwhile, how soon a layout stops that nobody waits for, and edits until the picture shows them. */
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { PICTURE, type PictureResult } from '../../src/protocol/diagram.ts';
import { REVIEWED } from '../../src/protocol/messages.ts';
import { LspClient } from '../../test/support/lsp-client.ts';
import { generateArchitecture } from './generate.ts';

const URI = 'file:///bench/bench.mlarch';
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
export const quantile = (values: readonly number[], share: number): number => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Open {
  readonly client: LspClient;
  readonly text: string;
  /** The picture of a panel. The deployment view shows every component; the system view shows alike ones as one. */
  picture(panel: string, view: 'system' | 'deployment' | 'focus', shown?: string): Promise<PictureResult>;
  /** Resolves when the next review is done. */
  reviewed(): Promise<void>;
}

async function opened(components: number): Promise<Open> {
  const { client } = await LspClient.start();
  let waiting: (() => void)[] = [];
  client.connection.onNotification(REVIEWED, () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  const text = generateArchitecture(components, true);
  await client.open(URI, text);
  await client.published(URI, 1);
  return {
    client,
    text,
    picture: (panel, view, shown) => client.request(PICTURE, { uri: URI, view, state: 'current', panel, ...(view === 'focus' && { focus: 'Api0' }), ...(shown !== undefined && { shown }) }),
    reviewed: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

export interface HoverFigures {
  /** What the picture shows. */
  readonly nodes: number;
  readonly hovers: number;
  /** Milliseconds: the picture as a whole, and hovers that were asked for while it was made. */
  readonly picture: number;
  readonly p95: number;
  readonly longest: number;
}

/** Hovers one after the other, as a hand on a mouse sends them, from the request for a picture to its answer. */
export async function hoverDuringLayout(components: number): Promise<HoverFigures> {
  const { client, text, picture } = await opened(components);
  const services = text.split('\n').flatMap((line, index) => (line.startsWith('  service ') ? [index] : []));
  const hover = (turn: number): Promise<unknown> => client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: services[turn % services.length] ?? 0, character: 12 } });
  for (let turn = 0; turn < 20; turn += 1) await hover(turn);
  const start = performance.now();
  let finished: number | undefined;
  const drawn = picture('hover', 'deployment').then((result) => {
    finished = performance.now();
    return result;
  });
  const times: number[] = [];
  for (let turn = 0; finished === undefined; turn += 1) {
    const from = performance.now();
    await hover(turn);
    times.push(performance.now() - from);
    await pause(5);
  }
  const result = await drawn;
  await client.stop();
  if (result.kind !== 'scene') throw new Error(`No picture: ${JSON.stringify(result).slice(0, 200)}`);
  return { nodes: result.scene.nodes.length, hovers: times.length, picture: finished - start, p95: quantile(times, 0.95), longest: Math.max(...times) };
}

/** Threads of a process in which workers run. */
const workersOf = (pid: number): string[] => readdirSync(`/proc/${pid}/task`).filter((task) => {
  try {
    return readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8').startsWith('WorkerThread');
  } catch {
    return false;
  }
});

export interface StopFigures {
  /** Milliseconds from the newer request until the older one was answered as cancelled, and until the thread that laid it out was gone; medians. */
  readonly answered: number;
  readonly gone: number;
}

/** A picture is asked for, and while its layout runs another one for the same panel. */
export async function timeToStop(components: number, runs = 5): Promise<StopFigures> {
  const { client, picture } = await opened(components);
  const { pid = 0 } = client.process;
  const [answers, ends]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    const before = new Set(workersOf(pid));
    let kind: string | undefined;
    let answered = 0;
    const first = picture('stop', 'deployment').then(
      (result) => {
        kind = result.kind;
      },
      () => {
        [kind, answered] = ['cancelled', performance.now()];
      },
    );
    // The thread is that of the layout before this one, if that is done with it, else a new one.
    await pause(600);
    const [thread] = workersOf(pid).filter((task) => before.size === 0 || run > 0 || !before.has(task));
    if (kind !== undefined || thread === undefined) throw new Error(`The layout of ${components} components is not under way: ${kind ?? 'no thread'}.`);
    const start = performance.now();
    const second = picture('stop', 'focus');
    while (workersOf(pid).includes(thread)) await pause(1);
    ends.push(performance.now() - start);
    await first;
    if (kind !== 'cancelled') throw new Error(`The older request was answered with ${String(kind)}.`);
    answers.push(answered - start);
    await second;
  }
  await client.stop();
  return { answered: quantile(answers, 0.5), gone: quantile(ends, 0.5) };
}

/**
 * Milliseconds from an edit to the answer that shows it, median: the page asks for its picture when the server says that a
 * review is done, as the extension does. A number that is shown makes a patch, a component more a layout.
 */
export async function editToPicture(components: number, edit: 'number' | 'structure', runs = 15): Promise<{ readonly ms: number; readonly p95: number }> {
  const { client, text, picture, reviewed } = await opened(components);
  const lines = text.split('\n');
  const consumers = lines.flatMap((line, index) => (/ peak \d+ req/.test(line) ? [index] : []));
  const stores = lines.flatMap((line, index) => (/^ {2}store Log\d+ /.test(line) ? [index] : []));
  let shown = idOf(await picture('edit', 'system'));
  const times: number[] = [];
  for (let turn = 0; turn < runs + 3; turn += 1) {
    // Places spread over the file, as somebody edits.
    const list = edit === 'number' ? consumers : stores;
    const line = list[(turn * 7) % list.length] ?? 0;
    const content = lines[line] ?? '';
    const changed = edit === 'number' ? content.replace(/peak \d+/, `peak ${100 + turn}`) : content;
    const added = edit === 'number' ? '' : `\n  store Extra${turn} : log { technology s3 layer logs retention 90 days }\n  Extra${turn} -> ${/store (Log\d+)/.exec(content)?.[1] ?? ''}`;
    lines[line] = changed + added;
    const start = performance.now();
    const done = reviewed();
    await client.change(URI, { range: { start: { line: lineIn(lines, line), character: 0 }, end: { line: lineIn(lines, line), character: content.split('\n')[0]?.length ?? 0 } }, newText: `${changed.split('\n')[0] ?? ''}${added}` });
    await done;
    const result = await picture('edit', 'system', shown);
    const taken = performance.now() - start;
    const carries = edit === 'number' ? result.kind === 'patch' && JSON.stringify(result.nodes).includes(`${100 + turn} req/s`) : result.kind === 'scene' && result.scene.nodes.some(({ node }) => node.id === `Extra${turn}` || node.stands?.includes(`Extra${turn}`) === true);
    if (!carries) throw new Error(`The picture does not show the edit: ${JSON.stringify(result).slice(0, 300)}`);
    shown = idOf(result);
    if (turn >= 3) times.push(taken);
  }
  await client.stop();
  return { ms: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Where an entry of the list of lines begins, now that entries may hold several. */
const lineIn = (lines: readonly string[], index: number): number => lines.slice(0, index).reduce((sum, line) => sum + line.split('\n').length, 0);

function idOf(result: PictureResult): string {
  if (result.kind === 'none') throw new Error(result.because);
  return result.id;
}
