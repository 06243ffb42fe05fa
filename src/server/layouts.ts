import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { TooSlow } from '../diagram/layout/in-time.ts';
import type { Layouter } from '../diagram/layout/layout.ts';

/** A thread that lays graphs out, one after the other, and can be stopped at any time. */
export interface LayoutThread {
  run(graph: ElkNode): Promise<ElkNode>;
  stop(): void;
}

/** A layout that was stopped since a newer one was asked for. */
export class Superseded extends Error {
  constructor() {
    super('A newer picture was asked for.');
  }
}

/** No layout takes longer: what does is more than anybody can read, and is drawn in plain rows. */
const MOST_MILLISECONDS = 30_000;

/**
 * Layouts off the thread that answers the editor, at most one for each panel: a newer one stops the one before it. One
 * thread is kept between layouts, since starting one takes longer than laying out a small system.
 */
export class Layouts {
  readonly #start: () => LayoutThread;
  readonly #most: number;
  readonly #running = new Map<string, { readonly thread: LayoutThread; readonly fail: (error: Error) => void }>();
  #idle: LayoutThread | undefined;

  /** @param most Milliseconds after which a layout is stopped and fails as `TooSlow`. */
  constructor(start: () => LayoutThread, most = MOST_MILLISECONDS) {
    this.#start = start;
    this.#most = most;
  }

  /** The layouter of a panel. */
  of(panel: string): Layouter {
    return (graph) => {
      this.stop(panel);
      const thread = this.#idle ?? this.#start();
      this.#idle = undefined;
      return new Promise<ElkNode>((resolve, reject) => {
        const timer = setTimeout(() => this.#end(panel, thread, () => reject(new TooSlow(`The layout took longer than ${this.#most / 1000} s and was stopped.`))), this.#most);
        this.#running.set(panel, {
          thread,
          fail: (error) => {
            clearTimeout(timer);
            reject(error);
          },
        });
        thread.run(graph).then(
          (placed) => {
            clearTimeout(timer);
            if (this.#running.get(panel)?.thread !== thread) return;
            this.#running.delete(panel);
            if (this.#idle) thread.stop();
            else this.#idle = thread;
            resolve(placed);
          },
          (error: unknown) => {
            clearTimeout(timer);
            this.#end(panel, thread, () => reject(error instanceof Error ? error : new Error(String(error))));
          },
        );
      });
    };
  }

  /** Stops the layout of a panel, if one is under way. */
  stop(panel: string): void {
    const running = this.#running.get(panel);
    if (!running) return;
    this.#running.delete(panel);
    running.thread.stop();
    running.fail(new Superseded());
  }

  #end(panel: string, thread: LayoutThread, tell: () => void): void {
    if (this.#running.get(panel)?.thread === thread) this.#running.delete(panel);
    thread.stop();
    tell();
  }
}
