import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { elkLayouter } from '../diagram/layout/elk.ts';
import type { LayoutAnswer } from './layout-thread.ts';

/** Of a worker of a browser, and of a thread of Node; the bundle runs as either. */
declare const self: { onmessage: ((event: { readonly data: ElkNode }) => void) | null; postMessage(answer: LayoutAnswer): void } | undefined;
declare const require: (module: 'node:worker_threads') => { readonly parentPort: { on(event: 'message', heard: (graph: ElkNode) => void): void; postMessage(answer: LayoutAnswer): void } };

/** A thread or worker of the language server that lays graphs out, one after the other. */
const run = elkLayouter();

async function answerOf(graph: ElkNode): Promise<LayoutAnswer> {
  try {
    return { placed: await run(graph) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

if (typeof self !== 'undefined' && typeof self.postMessage === 'function') {
  const worker = self;
  worker.onmessage = ({ data }) => void answerOf(data).then((answer) => worker.postMessage(answer));
} else {
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (graph) => void answerOf(graph).then((answer) => parentPort.postMessage(answer)));
}
