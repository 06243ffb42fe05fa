import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const EXAMPLE = /<!-- estimate: (.*?) -->\n```\n[\s\S]*?```/g;

/** docs/estimates.md with what the command prints for its example, on a fixed day. */
export function estimatesPage(): string {
  return readFileSync('docs/estimates.md', 'utf8').replaceAll(EXAMPLE, (_, words: string) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'estimate', ...words.split(' '), '--today', '2026-11-21', '--no-color'], { encoding: 'utf8' });
    if (stdout === '') throw new Error(`mlarch estimate ${words}: ${stderr}`);
    return `<!-- estimate: ${words} -->\n\`\`\`\n${stdout.replaceAll(/ +$/gm, '')}\`\`\``;
  });
}
