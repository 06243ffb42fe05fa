import elkModule, { type ELK, type ELKConstructorArguments } from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from './layout.ts';

// The package says that it exports a class by default; what Node gets is the class itself.
const Elk = elkModule as unknown as new (options?: ELKConstructorArguments) => ELK;

/** ELK in this thread; it is loaded once. */
export function elkLayouter(): Layouter {
  const elk = new Elk();
  // ELK writes its answer into what it is given; a thread would get a copy.
  return async (graph) => elk.layout(structuredClone(graph));
}
