import { checks } from '../../analysis/checks/all.ts';
import { criteriaTally, tallyText } from '../../analysis/criteria/tally.ts';
import { SEVERITIES } from '../../analysis/finding.ts';
import { formatNumber } from '../../analysis/format.ts';
import type { Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { capital, intervalText, paragraph, plural, severityMark, tableOr } from './words.ts';

/** The five categories, the counts, the bar that criticality demands, and what is strong. */
export function scorecardSection({ review }: ReportSubject): Section {
  const { score, verdicts } = review;
  const strengths = checks.flatMap(({ id, title }) => {
    const own = verdicts.filter((verdict) => verdict.check === id && verdict.verdict !== 'not-applicable');
    const good = own.filter(({ verdict }) => verdict === 'satisfied');
    return own.length > 0 && good.length === own.length ? [{ id, title, rules: good.length, backed: good.filter(({ value = 0 }) => value > 0.5).length }] : [];
  });
  const gap = score.gapToBar > 0 ? `${formatNumber(score.gapToBar)} below the bar of ${formatNumber(score.bar)} that its criticality demands` : `the bar of ${formatNumber(score.bar)} that its criticality demands is met`;
  const counts = SEVERITIES.toReversed().flatMap((severity, index): Inline[] => [...(index > 0 ? [', '] : []), `${score.counts[severity]} `, severityMark(severity)]);
  return {
    id: 'scorecard',
    title: 'Scorecard',
    startsPage: true,
    blocks: [
      paragraph({ text: capital(score.headline), strong: true }, `: readiness index ${intervalText(score.index)} of 4, ${gap}. ${formatNumber(score.decided)} of ${formatNumber(score.applicable)} rules could be decided (${formatNumber(Math.round(score.coverage * 100))} %).`),
      { kind: 'bars', caption: 'From what is assured to what is possible, of 4', bars: score.categories.filter((category) => category.checks > 0).map(({ title, assured, potential }) => ({ label: title, low: assured, high: potential, of: 4 })) },
      paragraph('Findings: ', ...counts, `; ${plural(score.contradictions, 'contradiction')}, ${plural(score.questions, 'open question')}, ${plural(review.accepted.length, 'accepted risk')}.`),
      paragraph(tallyText(criteriaTally(review))),
      tableOr([{ title: 'Check', width: 3 }, { title: 'Rules that hold', align: 'right' }, { title: 'Backed by evidence', align: 'right' }], strengths.map(({ title, rules, backed, id }): Inline[][] => [[`${id} ${title}`], [formatNumber(rules)], [formatNumber(backed)]]), 'No check is satisfied as a whole.', { caption: 'Strengths: checks of which every rule that applies holds. A rule without evidence rests on the declaration alone.' }),
    ],
  };
}
