import { modelJson } from '../report/model-json.ts';
import { textOption, type Command } from './command.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { writeWhole } from './output.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Print the model as JSON.',
  usage: 'export [PATH…] [-o FILE]',
  example: 'mlarch export architecture/ -o model.json',
  options: { output: { type: 'string', short: 'o', value: 'FILE', doc: 'Write to this file instead of standard output.' } },
  async run(invocation) {
    const { architectures } = loadValid(await readInputs(invocation.positionals));
    const text = `${JSON.stringify(modelJson(architectures), undefined, 2)}\n`;
    const file = textOption(invocation, 'output');
    if (file === undefined) process.stdout.write(text);
    else writeWhole(file, text);
    return 0;
  },
};
