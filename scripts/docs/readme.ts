import { readFileSync } from 'node:fs';
import path from 'node:path';
import { review } from '../../src/analysis/review.ts';
import { renderPretty } from '../../src/cli/pretty.ts';
import { loadFiles } from '../../test/support/load.ts';

const root = path.join(import.meta.dirname, '../..');
const EXAMPLE = 'examples/published/startup-on-one-machine.mlarch';

/** The README with its excerpt and its output taken from the real thing. */
export function readme(): string {
  const text = readFileSync(path.join(root, EXAMPLE), 'utf8');
  const { architectures } = loadFiles({ [EXAMPLE]: text });
  const reviews = architectures.map((architecture) => review(architecture, { today: '2026-11-21' }));
  const output = renderPretty({ reviews, problems: [], all: false, colour: false, width: 100 });
  const current = readFileSync(path.join(root, 'README.md'), 'utf8');
  return between(between(current, 'excerpt', `\`\`\`mlarch\n${excerpt(text)}\n\`\`\``), 'output', `\`\`\`\n${firstFindings(output, 3)}\n\`\`\``);
}

/** The service and the flows: what a reader needs to follow the output. */
function excerpt(text: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('  service'));
  const end = lines.findIndex((line, index) => index > start && line === '  }');
  const flows = lines.filter((line) => /^ {2}\w+ -> /.test(line));
  return ['system StartupScoring {', '  …', ...lines.slice(start, end + 1), '', ...flows, '}'].join('\n');
}

function firstFindings(output: string, count: number): string {
  const lines = output.split('\n');
  const heads = lines.flatMap((line, index) => (/^ {2}ML\d\d\.\d /.test(line) ? [index] : []));
  return `${lines.slice(0, heads[count]).join('\n').trimEnd()}\n\n  …`;
}

function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  return `${text.slice(0, text.indexOf(start) + start.length)}\n${content}\n${text.slice(text.indexOf(end))}`;
}
