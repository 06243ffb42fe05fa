import { createInterface } from 'node:readline/promises';
import type { Ask } from './session.ts';

/** Asks at the terminal, line by line. `close` gives the terminal back. */
export function atTerminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): { readonly ask: Ask; readonly close: () => void } {
  const reader = createInterface({ input, output, terminal: true });
  const over = new Promise<'end' | 'stop'>((resolve) => {
    reader.once('close', () => resolve('end'));
    reader.once('SIGINT', () => resolve('stop'));
  });
  const ask: Ask = async (prompt) => Promise.race([reader.question(prompt).then((text) => ({ text }), () => 'end' as const), over]);
  return { ask, close: () => reader.close() };
}
