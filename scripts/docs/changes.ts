import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const EXAMPLE = 'examples/published/startup-on-one-machine.mlarch';

/** A step that the example could take next: what stands in the file, and what would. */
const EDITS: readonly (readonly [string, string])[] = [
  ['    replicas       1\n', '    replicas       3\n'],
  ['    keeps_previous deleted\n    rollback       none\n', '    keeps_previous warm\n    rollback       redeploy within 10 min\n'],
  ['  WebApp -> Api { request sync }\n', '  store AnswerLog : log { technology postgresql retention 90 days }\n\n  WebApp -> Api { request sync }\n  Api -> AnswerLog\n'],
];

/** docs/changes.md with what `mlarch diff` says of an edit of an example, on a fixed day. */
export function changesPage(): string {
  const edited = EDITS.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${EXAMPLE} no longer has ${from}`);
    return text.replace(from, to);
  }, readFileSync(EXAMPLE, 'utf8'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'diff', EXAMPLE, '-', '--today', '2026-11-21', '--no-color'], { encoding: 'utf8', input: edited });
  if (status !== 0) throw new Error(`mlarch diff: ${stderr}`);
  const page = readFileSync('docs/changes.md', 'utf8');
  const [start, end] = ['<!-- diff:start -->', '<!-- diff:end -->'];
  return `${page.slice(0, page.indexOf(start) + start.length)}\n\`\`\`\n${stdout.replace(/^.* → -\n/, 'main:startup.mlarch → startup.mlarch\n').replaceAll(/ +$/gm, '')}\`\`\`\n${page.slice(page.indexOf(end))}`;
}
