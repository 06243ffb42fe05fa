import { readFileSync } from 'node:fs';
import path from 'node:path';
import { callTool } from '../../src/cli/mcp.ts';

const root = path.join(import.meta.dirname, '../..');
const EXAMPLE = /<!-- answer: (\w+) (\{.*\}) -->\n```\n[\s\S]*?```/g;

/** The page for agents, with what the tools answer taken from the tools. */
export async function agentsPage(): Promise<string> {
  process.chdir(root);
  let page = readFileSync('docs/agents.md', 'utf8');
  for (const [example, name = '', args = ''] of [...page.matchAll(EXAMPLE)]) {
    const { text } = await callTool(name, JSON.parse(args));
    page = page.replace(example, () => `<!-- answer: ${name} ${args} -->\n\`\`\`\n${text}\n\`\`\``);
  }
  return page;
}
