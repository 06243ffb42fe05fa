import { isOfTeam } from '../model/custom-rule.ts';
import { explanationMarkdown, explanationOf, explanationText } from '../report/explain.ts';
import { oneOf, textOption, type Command } from './command.ts';
import { Failure } from './failure.ts';
import { checksIn } from './own-rules.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'Explain a check or a rule in full.',
  usage: 'explain ML05|ML05.2|ACME-01 [PATH…] [--format pretty|markdown]',
  example: 'mlarch explain ML05.2',
  options: { format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), markdown' } },
  async run(invocation) {
    const [id, ...paths] = invocation.positionals;
    if (id === undefined) throw new Failure('Which check or rule? For example: mlarch explain ML05.2');
    // A rule of the team's own is looked for where the command is run, unless paths say otherwise.
    const explanation = explanationOf(id) ?? (paths.length > 0 || isOfTeam(id.toUpperCase()) ? explanationOf(id, await checksIn(paths.length > 0 ? paths : ['.'])) : undefined);
    if (!explanation) throw new Failure(`There is no check or rule ${id}. List them with: mlarch checks${isOfTeam(id.toUpperCase()) ? ' PATH' : ''}`);
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'markdown'] as const, 'pretty');
    process.stdout.write(format === 'markdown' ? explanationMarkdown(explanation) : explanationText(explanation));
    return 0;
  },
};
