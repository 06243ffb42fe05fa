import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { elkLayouter } from '../diagram/layout/elk.ts';

/** Of a worker; the types of the project are those of Node. */
declare const self: { onmessage: ((event: { readonly data: ElkNode }) => void) | null; postMessage(message: unknown): void };

/** A worker of the language server that lays graphs out, where that is a worker itself. */
const run = elkLayouter();
self.onmessage = ({ data }) => {
  run(data).then(
    (placed) => self.postMessage({ placed }),
    (error: unknown) => self.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  );
};
