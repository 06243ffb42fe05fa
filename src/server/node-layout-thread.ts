import { existsSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { layoutThread, type LayoutAnswer } from './layout-thread.ts';
import type { LayoutThread } from './layouts.ts';

/** Of a bundle, which is what runs. */
declare const __dirname: string;

/**
 * Megabytes for what is new, from the start. The server keeps its own heap from growing, and threads take after it; a layout throws away so
 * much that it would then be collected all the time, and take twice as long. The heap of the server has its size by now.
 */
const NEW_SPACE = 16;

/** The bundle of the thread stands beside that of the server. */
export function nodeLayoutThread(): LayoutThread {
  const [bundle = ''] = ['layout-worker.cjs', 'layout-worker.js'].map((name) => path.join(__dirname, name)).filter((file) => existsSync(file));
  setFlagsFromString(`--min-semi-space-size=${NEW_SPACE}`);
  const worker = new Worker(bundle);
  // A picture under way does not keep the server from ending.
  worker.unref();
  return layoutThread({
    post: (graph) => worker.postMessage(graph),
    listen: (answered, failed) => {
      worker.on('message', (answer: LayoutAnswer) => answered(answer));
      worker.on('error', failed);
    },
    stop: () => void worker.terminate(),
  });
}
