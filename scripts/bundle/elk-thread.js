import { Worker } from 'node:worker_threads';

/**
 * ELK for the command line of the extension: it runs in the thread that lays out for the language server too, so that the
 * package has it once. Graphs come one after the other.
 */
export default class ElkThread {
  #worker;

  async layout(graph) {
    const worker = (this.#worker ??= new Worker(new URL('layout-worker.js', import.meta.url)));
    const { placed, failed } = await new Promise((resolve, reject) => {
      worker.removeAllListeners('error').once('error', reject);
      worker.once('message', resolve);
      worker.ref();
      worker.postMessage(graph);
    });
    // A thread without work does not keep the program from ending.
    worker.unref();
    if (!placed) throw new Error(failed);
    return placed;
  }
}
