import { readFileSync } from 'node:fs';
import path from 'node:path';
import { review } from '../../src/analysis/review.ts';
import { maturityOf, type Maturity } from '../../src/analysis/maturity/maturity.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { loadText } from '../../test/support/load.ts';

const root = path.join(import.meta.dirname, '../..');

/** docs/maturity.md with the criteria, the tests and the rows as the program has them. */
export function maturityPage(): string {
  const [architecture] = loadText('system Any {\n  training Train {\n  }\n}\n').architectures;
  if (!architecture) throw new Error('no system');
  const context = { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
  const maturity = maturityOf(context, review(architecture, context));
  const parts = { levels: levelTables(maturity), tests: testTable(maturity), rubric: rubricTables(maturity) };
  return Object.entries(parts).reduce((text, [name, content]) => between(text, name, content), readFileSync(path.join(root, 'docs/maturity.md'), 'utf8'));
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const levelTables = ({ ladders }: Maturity): string => ladders.map(({ name, levels }) => `### ${name}\n\n${table(['Level', 'Criterion', 'Shown by'], levels.flatMap(({ level, title, criteria }) => (criteria.length === 0 ? [[`${level} ${title}`, 'Nothing is asked for.', '']] : criteria.map((criterion) => [`${level} ${title}`, criterion.title, criterion.shownBy.join(', ')]))))}`).join('\n\n');

const testTable = ({ testScore }: Maturity): string => table(['Test', 'What it asks', 'Decided by'], testScore.sections.flatMap(({ tests }) => tests.map(({ id, title, state, because, shownBy }) => [id, title, state === 'not decidable' ? `not decidable: ${because}` : shownBy.join(', ')])));

const rubricTables = ({ rubric }: Maturity): string =>
  (['scalability', 'reliability'] as const).map((axis) => `### ${axis === 'scalability' ? 'Scalability' : 'Reliability'}\n\n${table(['Row', '0', '1', '2', '3', '4', 'From'], rubric.rows.filter((row) => row.axis === axis).map(({ title, levels, shownBy }) => [title, ...levels, shownBy.join(', ')]))}`).join('\n\n');

function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  return `${text.slice(0, text.indexOf(start) + start.length)}\n${content}\n${text.slice(text.indexOf(end))}`;
}
