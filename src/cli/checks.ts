import type { Check } from '../analysis/rule.ts';
import { checklistMarkdown } from '../report/checklist-markdown.ts';
import { checksJson } from '../report/checks-json.ts';
import { oneOf, textOption, type Command } from './command.ts';
import { checksIn } from './own-rules.ts';
import { paint } from './paint.ts';

export const checksCommand: Command = {
  name: 'checks',
  summary: 'List the 20 checks, the criteria beyond them, and their rules; with paths, those declared there too.',
  usage: 'checks [PATH…] [--format pretty|json|markdown]',
  example: 'mlarch checks --format json',
  options: { format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json, markdown' } },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json', 'markdown'] as const, 'pretty');
    const checks = await checksIn(invocation.positionals);
    if (format === 'json') process.stdout.write(`${JSON.stringify(checksJson(checks), undefined, 2)}\n`);
    else process.stdout.write(format === 'markdown' ? checklistMarkdown(checks) : pretty(checks, invocation.colour));
    return 0;
  },
};

function pretty(checks: readonly Check[], colour: boolean): string {
  const { bold, dim } = paint(colour);
  return checks
    .map(({ id, title, question, rules }) => {
      const lines = rules.map((rule) => `  ${rule.id.padEnd(8)} ${rule.title} ${dim(`(${rule.type}, ${rule.severity})`)}`);
      return `${bold(`${id}  ${title}`)}\n${dim(`      ${question}`)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}
