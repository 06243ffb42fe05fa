import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** A layout throws away so much that a small heap for what is new would be collected all the time; in megabytes. */
const NEW_SPACE = 16;

/**
 * ELK for the command line: it runs in a thread, so that the rest of the work goes on meanwhile; in the extension that is the
 * thread of the language server too, so that the package has it once. The thread starts at once, since ELK takes a while to
 * load. Graphs are laid out one after the other.
 */
export default class ElkThread {
  #worker;
  #waiting = [];
  #failure;

  constructor() {
    setFlagsFromString(`--min-semi-space-size=${NEW_SPACE}`);
    this.#worker = new Worker(new URL(MLARCH_LAYOUT_WORKER, import.meta.url));
    this.#worker.on('message', ({ placed, failed }) => {
      const { resolve, reject } = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#worker.unref();
      if (placed) resolve(placed);
      else reject(new Error(failed));
    });
    this.#worker.on('error', (error) => {
      this.#failure = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    // A thread without work does not keep the program from ending; listening to it would.
    this.#worker.unref();
  }

  layout(graph) {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage(graph);
    });
  }
}
