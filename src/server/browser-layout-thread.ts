import { layoutThread, type LayoutAnswer } from './layout-thread.ts';
import type { LayoutThread } from './layouts.ts';

/** Of a browser; the types of the project are those of Node. */
declare const Worker: new (script: string) => { onmessage: ((event: { readonly data: LayoutAnswer }) => void) | null; onerror: ((event: { readonly message: string }) => void) | null; postMessage(message: unknown): void; terminate(): void };
declare const URL: { createObjectURL(blob: unknown): string };
declare const Blob: new (parts: readonly string[], options: { readonly type: string }) => unknown;

/**
 * A worker within the worker of the server.
 *
 * @param script Where the bundle of the worker is; it may come from another origin than the page, so a script of this one loads it.
 */
export function browserLayoutThread(script: string): LayoutThread {
  const worker = new Worker(URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(script)});`], { type: 'text/javascript' })));
  return layoutThread({
    post: (graph) => worker.postMessage(graph),
    listen: (answered, failed) => {
      worker.onmessage = ({ data }) => answered(data);
      worker.onerror = ({ message }) => failed(new Error(message));
    },
    stop: () => worker.terminate(),
  });
}
