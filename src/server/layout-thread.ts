import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { LayoutThread } from './layouts.ts';

/** What a thread of Node and a worker of a browser have in common, as far as layouts need it. */
export interface Channel {
  post(graph: ElkNode): void;
  /** Called with each answer, and with an error that ends the thread. */
  listen(answered: (answer: LayoutAnswer) => void, failed: (error: Error) => void): void;
  stop(): void;
}

export interface LayoutAnswer {
  readonly placed?: ElkNode;
  readonly failed?: string;
}

export function layoutThread(channel: Channel): LayoutThread {
  let waiting: { readonly resolve: (placed: ElkNode) => void; readonly reject: (error: Error) => void } | undefined;
  channel.listen(
    ({ placed, failed }) => {
      if (placed) waiting?.resolve(placed);
      else waiting?.reject(new Error(failed ?? 'The layout failed.'));
    },
    (error) => waiting?.reject(error),
  );
  return {
    run: (graph) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        channel.post(graph);
      }),
    stop: () => channel.stop(),
  };
}
