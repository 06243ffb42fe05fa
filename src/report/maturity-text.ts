import type { Criterion, Ladder } from '../analysis/maturity/ladder.ts';
import type { Maturity } from '../analysis/maturity/maturity.ts';
import type { RubricRow } from '../analysis/maturity/rubric/row.ts';
import type { StageLadder } from '../analysis/maturity/stages.ts';
import type { TestScore } from '../analysis/maturity/test-score/test-score.ts';
import { oneLine } from './escape-markdown.ts';
import type { Palette } from './estimate-text.ts';
import { axisText, decidedText, levelText, nextCriteria, PROPOSAL, rowLevel, scoreText, sectionText, STATE_WORDS, testPoints } from './maturity-words.ts';

/** Maturity for people at a terminal: `maturity`. */
export function maturityText({ system, file, ladders, testScore, stages, rubric }: Maturity, palette: Palette): string {
  const { bold, dim } = palette;
  return [
    `${bold(`${system}: maturity`)}  ${dim(file)}`,
    ...ladders.map((ladder) => ladderText(ladder, palette)),
    testScoreText(testScore, palette),
    ...stages.map((ladder) => stagesText(ladder, palette)),
    `${bold('Scalability and reliability rubric')}\n  ${dim(PROPOSAL)}`,
    ...rubric.axes.map((axis) => [`${bold(axis.axis === 'scalability' ? 'Scalability' : 'Reliability')}: ${axisText(axis)}`, ...rubric.rows.filter((row) => row.axis === axis.axis).map((row) => rowText(row, palette))].join('\n')),
  ].join('\n\n');
}

function ladderText(ladder: Ladder, { bold, dim, green, red, yellow }: Palette): string {
  const head = `${bold(ladder.name)}: ${levelText(ladder)}`;
  if (ladder.notApplicable !== undefined) return head;
  const mark = { reached: green('✓'), open: yellow('?'), 'not reached': red('✗') };
  const rows = ladder.levels.filter(({ criteria }) => criteria.length > 0).map(({ level, title, state, criteria }) => `  ${mark[state]} ${level} ${title}${criteria.length > 0 ? dim(` (${criteria.filter((criterion) => criterion.state === 'met').length} of ${criteria.filter((criterion) => criterion.state !== 'not-applicable').length} shown)`) : ''}`);
  const next = nextCriteria(ladder);
  const line = ({ title, state, because, by, shownBy }: Criterion): string => `    ${state === 'missing' ? red('missing') : yellow('open   ')} ${title}: ${oneLine(because)}${by.length > 0 ? ` [${by.join(', ')}]` : ''}\n            ${dim(`shown by ${shownBy.join(', ')}`)}`;
  return [head, `  ${dim(decidedText(ladder))}`, ...rows, ...(next ? [`  For level ${next.level.level}:`, ...[...next.missing, ...next.open].map(line)] : [])].join('\n');
}

function testScoreText(score: TestScore, { bold, dim }: Palette): string {
  const head = `${bold('ML Test Score')}: ${scoreText(score)}`;
  return [head, ...score.sections.flatMap((section) => [`  ${section.title}: ${sectionText(section)}`, ...section.tests.map((test) => `    ${test.id.padEnd(9)} ${testPoints(test).padEnd(14)} ${test.title}${dim(`: ${oneLine(test.because)}`)}`)])].join('\n');
}

function stagesText({ model, met, open, stages }: StageLadder, { bold, dim }: Palette): string {
  const width = Math.max(...stages.map(({ title }) => title.length));
  return [`${bold(`Stages of delivery of ${model}`)}: ${met} of ${stages.length} exist${open > 0 ? `, ${open} open` : ''}`, ...stages.map(({ title, state, because }) => `  ${title.padEnd(width)}  ${STATE_WORDS[state].padEnd(7)}  ${dim(oneLine(because))}`)].join('\n');
}

function rowText(row: RubricRow, { dim }: Palette): string {
  const lines = [`  ${row.title.padEnd(40)} ${rowLevel(row)}${row.figure === '' ? '' : `: ${row.figure}`}`];
  if (row.state === 'judged') lines.push(`    ${dim(`${row.atLeast}: ${row.levels[row.atLeast] ?? ''}`)}`);
  if (row.next !== '' && row.atLeast < 4 && row.state !== 'not applicable') lines.push(`    ${dim(`for ${row.atLeast + 1}: ${row.levels[row.atLeast + 1] ?? ''}; ${oneLine(row.next)}`)}`);
  return lines.join('\n');
}
