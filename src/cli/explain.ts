import { explanationMarkdown, explanationOf, explanationText } from '../report/explain.ts';
import { oneOf, textOption, type Command } from './command.ts';
import { Failure } from './failure.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'Explain a check or a rule in full.',
  usage: 'explain ML05|ML05.2 [--format pretty|markdown]',
  example: 'mlarch explain ML05.2',
  options: { format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), markdown' } },
  async run(invocation) {
    const [id] = invocation.positionals;
    if (id === undefined) throw new Failure('Which check or rule? For example: mlarch explain ML05.2');
    const explanation = explanationOf(id);
    if (!explanation) throw new Failure(`There is no check or rule ${id}. List them with: mlarch checks`);
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'markdown'] as const, 'pretty');
    process.stdout.write(format === 'markdown' ? explanationMarkdown(explanation) : explanationText(explanation));
    return 0;
  },
};
