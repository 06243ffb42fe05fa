import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const EXAMPLE = 'examples/card-fraud';

/** docs/export.md with excerpts of what `mlarch export` writes of an example. */
export function exportPage(): string {
  const { components } = JSON.parse(run('cyclonedx')) as { components: { name: string; properties?: unknown }[] };
  const { properties: _properties, ...model } = components.find(({ name }) => name === 'FraudNet') ?? missing('FraudNet');
  return [
    ['bom', `\`\`\`json\n${JSON.stringify(model, undefined, 2)}\n\`\`\``],
    ['card', quotedSection(run('model-cards'), '<a id="not-declared"></a>')],
    ['annex', quotedSection(run('annex-iv'), '<a id="block-1-system"></a>')],
  ].reduce((page, [name = '', text = '']) => between(page, name, text), readFileSync('docs/export.md', 'utf8'));
}

function run(format: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'export', EXAMPLE, '--format', format, '--date', '2026-11-21'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mlarch export --format ${format}: ${stderr}`);
  return stdout;
}

/** A section of a page as a quotation, without its heading. */
function quotedSection(page: string, anchor: string): string {
  const section = page.split(anchor)[1] ?? missing(anchor);
  const lines = section.split(/\n(?:#{2,3} |---\n)/)[0]?.split('\n').slice(1).join('\n').trim() ?? '';
  return lines.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n');
}

function between(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  return `${page.slice(0, page.indexOf(start) + start.length)}\n\n${text}\n\n${page.slice(page.indexOf(end))}`;
}

function missing(what: string): never {
  throw new Error(`${EXAMPLE} no longer gives ${what}`);
}
