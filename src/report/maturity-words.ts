import { formatNumber } from '../analysis/format.ts';
import type { Judgement } from '../analysis/maturity/judgement.ts';
import type { Criterion, Ladder, Level } from '../analysis/maturity/ladder.ts';
import type { RubricRow } from '../analysis/maturity/rubric/row.ts';
import type { Axis } from '../analysis/maturity/rubric/rubric.ts';
import type { Test } from '../analysis/maturity/test-score/test.ts';
import type { TestScore, TestSection } from '../analysis/maturity/test-score/test-score.ts';

/** How levels and scores are told, alike in every output. */

/** `level 1 (ML pipeline automation)`, `at least level 1, at most 2`, or that too little is known to say. */
export function levelText({ headline, atLeast, atMost, notApplicable, levels }: Ladder): string {
  switch (headline) {
    case 'not applicable':
      return `does not apply. ${notApplicable ?? ''}`.trim();
    case 'insufficient information':
      return `insufficient information: ${atLeast > 0 ? `at least level ${atLeast} and at most ${atMost}` : `at most level ${atMost}`}, as far as anything is declared`;
    case 'exact':
      return `level ${atLeast} (${levels[atLeast]?.title ?? ''})`;
    case 'interval':
      return `at least level ${atLeast}, at most level ${atMost}`;
  }
}

/** `8 of 10 criteria could be decided` */
export const decidedText = ({ decided, applicable }: Pick<Ladder, 'decided' | 'applicable'>): string => `${formatNumber(decided)} of ${formatNumber(applicable)} criteria could be decided`;

export function scoreText({ headline, atLeast, atMost, meaning, notApplicable }: TestScore): string {
  const points = pointsText({ atLeast, atMost });
  switch (headline) {
    case 'not applicable':
      return `does not apply. ${notApplicable ?? ''}`.trim();
    case 'insufficient information':
      return `insufficient information: ${points} points as far as anything is declared`;
    default:
      return `${points} points; ${formatNumber(atLeast)} stands for ${meaning ?? ''}`;
  }
}

export const pointsText = ({ atLeast, atMost }: { readonly atLeast: number; readonly atMost: number }): string => (atLeast === atMost ? formatNumber(atLeast) : `${formatNumber(atLeast)} to ${formatNumber(atMost)}`);

/** `1.5 to 3 points; 3 of 7 tests decidable, 1 decided` */
export const sectionText = (section: TestSection): string => `${pointsText(section)} points; ${formatNumber(section.decidable)} of ${formatNumber(section.tests.length)} tests decidable, ${formatNumber(section.decided)} decided`;

export const testPoints = (test: Test): string => (test.state === 'decided' || test.state === 'open' ? pointsText(test) : test.state);

export const rowLevel = ({ state, atLeast, atMost }: RubricRow): string => (state === 'judged' ? `${atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`} of 4` : state);

export function axisText({ atLeast, atMost, known, applicable }: Axis): string {
  const rows = `${formatNumber(known)} of ${formatNumber(applicable)} rows known`;
  if (applicable === 0) return 'does not apply';
  return known === 0 ? `unknown (${rows})` : `weakest row ${atLeast === atMost ? formatNumber(atLeast) : `${formatNumber(atLeast)} to ${formatNumber(atMost)}`} of 4 (${rows})`;
}

export const STATE_WORDS: Readonly<Record<Judgement['state'], string>> = { met: 'shown', missing: 'missing', open: 'open', 'not-applicable': 'does not apply' };

/** What stands between the level that is shown and the next one: what is missing, and what nobody says. */
export function nextCriteria({ levels, atLeast }: Ladder): { readonly level: Level; readonly missing: readonly Criterion[]; readonly open: readonly Criterion[] } | undefined {
  const level = levels[atLeast + 1];
  return level && { level, missing: level.criteria.filter(({ state }) => state === 'missing'), open: level.criteria.filter(({ state }) => state === 'open') };
}

export const PROPOSAL = 'The levels of the rubric are a proposal of mlarch; no standard defines them. They follow from figures and rules of this review, and nobody was asked.';
