import type { Command } from './command.ts';

/** The calculators by themselves: each a command of its own, loaded when it is called. */
export const calc: Command = {
  name: 'calc',
  summary: 'Calculate one thing: a queue, batches, an LLM, a cost, an experiment, a drift monitor.',
  usage: 'calc TOPIC [options]',
  example: 'mlarch calc queue --rate 200/s --service 40ms --servers 10',
  options: {},
  topics: {},
  run: async () => 2,
};
