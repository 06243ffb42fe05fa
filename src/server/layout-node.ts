import { parentPort } from 'node:worker_threads';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { elkLayouter } from '../diagram/layout/elk.ts';

/** A thread of the language server that lays graphs out. */
const run = elkLayouter();
parentPort?.on('message', (graph: ElkNode) => {
  run(graph).then(
    (placed) => parentPort?.postMessage({ placed }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
