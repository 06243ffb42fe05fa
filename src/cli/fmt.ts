import { EmptyFileSystem } from 'langium';
import { format } from '../language/formatting/format.ts';
import { createMlarchServices } from '../language/mlarch-module.ts';
import { MlarchLexer } from '../language/parser/lexer.ts';
import type { Command } from './command.ts';
import { readInputs } from './input.ts';
import { writeWhole } from './output.ts';

export const fmt: Command = {
  name: 'fmt',
  summary: 'Format .mlarch files.',
  usage: 'fmt [--check] [PATH…]',
  example: 'mlarch fmt --check architecture/',
  options: { check: { type: 'boolean', doc: 'Change nothing; exit with 1 if a file would change.' } },
  async run(invocation) {
    const lexer = new MlarchLexer(createMlarchServices(EmptyFileSystem).mlarch);
    const inputs = await readInputs(invocation.positionals);
    const changed = inputs.map((input) => ({ ...input, formatted: format(lexer, input.text) })).filter(({ text, formatted }) => text !== formatted);
    if (inputs.length === 1 && invocation.positionals[0] === '-') {
      process.stdout.write(format(lexer, inputs[0]?.text ?? ''));
      return 0;
    }
    for (const { file, formatted } of changed) {
      if (invocation.options['check'] !== true) writeWhole(file, formatted);
      process.stdout.write(`${file}\n`);
    }
    return invocation.options['check'] === true && changed.length > 0 ? 1 : 0;
  },
};
