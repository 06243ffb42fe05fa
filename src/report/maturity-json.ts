import type { Criterion, Ladder } from '../analysis/maturity/ladder.ts';
import type { Maturity } from '../analysis/maturity/maturity.ts';
import type { RubricRow } from '../analysis/maturity/rubric/row.ts';
import type { StageLadder } from '../analysis/maturity/stages.ts';
import type { Test } from '../analysis/maturity/test-score/test.ts';
import type { TestScore } from '../analysis/maturity/test-score/test-score.ts';
import type { ReportInput } from './report-input.ts';

/** Maturity for programs: `maturity --format json`. The shape changes only together with `schemaVersion`. */
export interface MaturityJson {
  readonly schemaVersion: 1;
  readonly tool: ReportInput['tool'];
  readonly today: string;
  readonly systems: readonly object[];
}

export const maturityJson = (systems: readonly Maturity[], { name, version }: ReportInput['tool'], today: string): MaturityJson => ({ schemaVersion: 1, tool: { name, version }, today, systems: systems.map(systemMaturity) });

/** What one system is said to be. */
export const systemMaturity = ({ system, file, ladders, testScore, stages, rubric }: Maturity): object => ({
  name: system,
  file,
  models: ladders.map(ladderJson),
  testScore: scoreJson(testScore),
  stages: stages.map(stagesJson),
  rubric: { rows: rubric.rows.map(rowJson), axes: rubric.axes.map(({ axis, atLeast, atMost, known, applicable }) => ({ axis, atLeast, atMost, known, applicable })) },
});

const ladderJson = ({ name, notApplicable, headline, atLeast, atMost, decided, applicable, levels }: Ladder): object => ({
  name,
  ...(notApplicable !== undefined && { notApplicable }),
  headline,
  atLeast,
  atMost,
  decided,
  applicable,
  levels: levels.map(({ level, title, state, criteria }) => ({ level, title, state, criteria: criteria.map(criterionJson) })),
});

const criterionJson = ({ title, state, by, because, shownBy }: Criterion): object => ({ title, state, by, because, shownBy });

const scoreJson = ({ notApplicable, headline, atLeast, atMost, meaning, sections }: TestScore): object => ({
  ...(notApplicable !== undefined && { notApplicable }),
  headline,
  atLeast,
  atMost,
  ...(meaning !== undefined && { meaning }),
  sections: sections.map(({ section, title, atLeast: least, atMost: most, decided, decidable, tests }) => ({ section, title, atLeast: least, atMost: most, decided, decidable, tests: tests.map(testJson) })),
});

const testJson = ({ id, title, state, atLeast, atMost, by, because, shownBy }: Test): object => ({ id, title, state, atLeast, atMost, by, because, shownBy });

const stagesJson = ({ model, met, open, stages }: StageLadder): object => ({ model, met, open, stages: stages.map(({ stage, title, state, by, because }) => ({ stage, title, state, by, because })) });

const rowJson = ({ id, axis, title, levels, state, atLeast, atMost, figure, by, next, shownBy }: RubricRow): object => ({ id, axis, title, levels, state, atLeast, atMost, figure, by, next, shownBy });
