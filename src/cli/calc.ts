import type { Command } from './command.ts';

/** The calculators by themselves: each a command of its own, loaded when it is called. */
export const calc: Command = {
  name: 'calc',
  summary: 'Calculate one thing: a queue, batches, an LLM, a cost, an experiment, a drift monitor.',
  usage: 'calc TOPIC [options]',
  example: 'mlarch calc queue --rate 200/s --service 40ms --servers 10',
  options: {},
  topics: {
    queue: { summary: 'How busy servers behind one line are, and how long requests take.', load: async () => (await import('./calc/queue.ts')).queue },
    batch: { summary: 'What dynamic batching takes, how large batches get, and how long a request is.', load: async () => (await import('./calc/batch.ts')).batch },
    llm: { summary: 'What an accelerator takes of a language model, and how long an answer is.', load: async () => (await import('./calc/llm.ts')).llm },
    cost: { summary: 'What machines, or tokens of an LLM, cost a month and a prediction.', load: async () => (await import('./calc/cost.ts')).cost },
    experiment: { summary: 'How large and how long a comparison of versions must be.', load: async () => (await import('./calc/experiment.ts')).experiment },
    drift: { summary: 'What a drift monitor sees, and how often it is wrong.', load: async () => (await import('./calc/drift.ts')).drift },
  },
  run: async () => 2,
};
