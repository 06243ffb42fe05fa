import { maturityOf, type Maturity } from '../../analysis/maturity/maturity.ts';
import type { Criterion, Ladder } from '../../analysis/maturity/ladder.ts';
import type { RubricRow } from '../../analysis/maturity/rubric/row.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import { axisText, decidedText, levelText, nextCriteria, PROPOSAL, rowLevel, scoreText, STATE_WORDS, testPoints } from '../maturity-words.ts';
import type { ReportSubject } from './subject.ts';
import { capital, code, paragraph, ruleLink, strong, tableOr } from './words.ts';

/** Maturity levels, test score, stages of delivery and the rubric, each with what shows it and what is missing. */
export const maturitySection = ({ context, review, redact }: Pick<ReportSubject, 'context' | 'review' | 'redact'>): Section => sectionOf(maturityOf(context, review), redact);

/** @param redact Leaves out the wording of each judgement, which may repeat what the file says. */
export function sectionOf({ ladders, testScore, stages, rubric }: Maturity, redact: boolean): Section {
  return {
    id: 'maturity',
    title: 'Maturity and rubric',
    blocks: [
      paragraph('Everything here follows from the architecture file and its review; no questionnaire was filled in. A level is stated with its bounds: what is shown, and what good answers to the open questions would show.'),
      tableOr([{ title: 'Model', width: 2 }, { title: 'Level', width: 3 }, { title: 'Basis', width: 2 }], [...ladders.map((ladder): Inline[][] => [[strong(ladder.name)], [capital(levelText(ladder))], [ladder.applicable > 0 ? decidedText(ladder) : '']]), [[strong('ML Test Score')], [capital(scoreText(testScore))], [testScore.sections.length > 0 ? 'least of four sections of seven tests' : '']]], ''),
    ],
    sections: [
      ...ladders.filter(({ notApplicable }) => notApplicable === undefined).map((ladder) => ladderSection(ladder, redact)),
      ...(testScore.sections.length > 0 ? [scoreSection(testScore, redact)] : []),
      ...(stages.length > 0 ? [stagesSection(stages)] : []),
      rubricSection(rubric),
    ],
  };
}

/** Ids of rules link to their pages; properties are shown as code. */
const shown = (shownBy: readonly string[]): Inline[] => shownBy.flatMap((item, index): Inline[] => [...(index > 0 ? [', '] : []), ...(/^ML\d/.test(item) ? [ruleLink(item)] : pieces(item))]);

const pieces = (text: string): Inline[] => text.split('`').map((piece, index): Inline => (index % 2 === 1 ? code(piece) : piece)).filter((piece) => piece !== '');

const names = (by: readonly string[]): Inline[] => by.flatMap((name, index): Inline[] => [...(index > 0 ? [', '] : []), code(name)]);

function ladderSection(ladder: Ladder, redact: boolean): Section {
  const next = nextCriteria(ladder);
  const rows = ladder.levels.flatMap(({ level, title, criteria }) => criteria.map((criterion): Inline[][] => [[`${level} ${title}`], [criterion.title], [STATE_WORDS[criterion.state]], names(criterion.by)]));
  const missing = ({ title, state, because, shownBy }: Criterion): Inline[] => [strong(title), ` (${STATE_WORDS[state]})`, ...(redact ? [] : [`: ${because}`]), '. Shown by ', ...shown(shownBy), '.'];
  return {
    id: `maturity-${ladder.name.toLowerCase().split(' ')[0] ?? ''}`,
    title: ladder.name,
    blocks: [
      tableOr([{ title: 'Level', width: 2 }, { title: 'Criterion', width: 4 }, { title: 'State', width: 1 }, { title: 'By', width: 2 }], rows, ''),
      ...(next ? ([paragraph(`Between the level that is shown and level ${next.level.level} (${next.level.title}) stand:`), { kind: 'list', items: [...next.missing, ...next.open].map((criterion) => ({ text: missing(criterion) })) }] satisfies Block[]) : []),
    ],
  };
}

function scoreSection({ sections }: Maturity['testScore'], redact: boolean): Section {
  const rows = sections.flatMap(({ tests }) => tests.map((test): Inline[][] => [[test.id], [test.title], [testPoints(test)], test.state === 'not decidable' || !redact ? [test.because] : []]));
  return {
    id: 'maturity-test-score',
    title: 'ML Test Score',
    blocks: [
      { kind: 'bars', caption: 'Points that are shown and that are possible; of each section only the tests count that the model can decide', bars: sections.map(({ title, atLeast, atMost, decidable }) => ({ label: `${title} (${decidable} of 7 decidable)`, low: atLeast, high: atMost, of: 7 })) },
      paragraph('Half a point where something is declared or done by hand, one where a gate, a monitor or a pipeline does it. Tests that nothing in the file can decide are listed and never counted as passed.'),
      tableOr([{ title: 'Test' }, { title: 'What it asks', width: 3 }, { title: 'Points', width: 1 }, { title: 'Because', width: 4 }], rows, ''),
    ],
  };
}

function stagesSection(stages: Maturity['stages']): Section {
  const rows = stages.flatMap(({ model, stages: all }) => all.map(({ title, state, by }): Inline[][] => [[code(model)], [title], [STATE_WORDS[state]], names(by)]));
  return { id: 'maturity-stages', title: 'Stages of delivery', blocks: [tableOr([{ title: 'Model', width: 2 }, { title: 'Stage', width: 3 }, { title: 'State', width: 1 }, { title: 'By', width: 3 }], rows, '')] };
}

function rubricSection({ rows, axes }: Maturity['rubric']): Section {
  const cells = (row: RubricRow): Inline[][] => [[strong(row.title)], [rowLevel(row)], [...(row.state === 'judged' ? [row.levels[row.atLeast] ?? ''] : [])], [row.figure], row.atLeast < 4 && row.state !== 'not applicable' ? [row.levels[row.atLeast + 1] ?? ''] : []];
  return {
    id: 'maturity-rubric',
    title: 'Scalability and reliability rubric',
    blocks: [
      { kind: 'note', tone: 'info', text: [PROPOSAL] },
      ...axes.flatMap((axis): Block[] => [
        paragraph(strong(capital(axis.axis)), `: ${axisText(axis)}.`),
        tableOr([{ title: 'Row', width: 2 }, { title: 'Level', width: 1 }, { title: 'What is shown', width: 3 }, { title: 'Figure', width: 3 }, { title: 'The next level', width: 3 }], rows.filter((row) => row.axis === axis.axis).map(cells), ''),
      ]),
    ],
  };
}
