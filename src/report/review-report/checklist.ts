import { checklist, checksOf } from '../../analysis/checklist.ts';
import { editioned } from '../../analysis/frameworks/citations.ts';
import type { RuleVerdict } from '../../analysis/review.ts';
import { PARTS, partOf, sourcesOf, type Check } from '../../analysis/rule.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { paragraph, plural, ruleLink, tableOr } from './words.ts';

const WORDS: Readonly<Record<RuleVerdict['verdict'], string>> = { finding: 'finding', question: 'question', satisfied: 'holds', 'not-applicable': 'not applicable', accepted: 'accepted', failed: 'could not be run' };

/** Every rule with its verdict and what it rests on, by category. */
export function checklistSection({ review, redact }: ReportSubject): Section {
  // What a team wrote into its rules is not for people outside.
  const checks = redact ? checklist : checksOf([review]);
  const verdicts = new Map(review.verdicts.map((verdict) => [verdict.rule, verdict]));
  return {
    id: 'checklist',
    title: 'Appendix: the whole checklist',
    startsPage: true,
    blocks: [],
    sections: PARTS.map((part, index) => ({
      id: `checklist-${index + 1}`,
      title: part,
      blocks: checks.filter((check) => partOf(check) === part).flatMap((check) => checkBlocks(check, verdicts)),
    })),
  };
}

/** A criterion whose pack is off has no verdict and is left out; of those that do not apply, the reasons stand elsewhere. */
function checkBlocks(check: Check, verdicts: ReadonlyMap<string, RuleVerdict>): Block[] {
  const { id, title, beyond } = check;
  const on = check.rules.filter((rule) => !rule.pack || verdicts.has(rule.id));
  if (on.length === 0) return [];
  const rules = beyond ? on.filter((rule) => verdicts.get(rule.id)?.verdict !== 'not-applicable') : on;
  if (rules.length === 0) return [paragraph(`${id} ${title}: none of ${plural(on.length, 'criterion', 'criteria')} applies.`)];
  const sources = [...new Set(rules.flatMap((rule) => sourcesOf(check, rule).map(editioned)))];
  const rows = rules.map((rule): Inline[][] => {
    const verdict = verdicts.get(rule.id);
    return [[ruleLink(rule.id)], [rule.title], [verdict ? WORDS[verdict.verdict] : ''], [basisText(verdict)]];
  });
  return [
    tableOr([{ title: 'Rule' }, { title: 'What has to hold', width: 5 }, { title: 'Verdict' }, { title: 'Basis', width: 3 }], rows, '', { caption: `${id} ${title}` }),
    ...(on.length > rules.length ? [paragraph({ text: `${plural(on.length - rules.length, 'further criterion', 'further criteria')} of ${id} ${on.length - rules.length === 1 ? 'does' : 'do'} not apply; the reasons are with the open questions.`, emphasis: true })] : []),
    ...(sources.length > 0 && !beyond ? [paragraph({ text: `Asked also by: ${sources.join(' · ')}`, emphasis: true })] : []),
  ];
}

/** A rule that holds never counts as verified on a declaration alone. */
function basisText(verdict: RuleVerdict | undefined): string {
  if (verdict?.verdict !== 'satisfied') return verdict?.because ?? '';
  const basis = verdict.value === 1 ? 'backed by a file' : (verdict.value ?? 0) > 0.5 ? 'linked, not opened' : 'declared only';
  return verdict.because === undefined ? basis : `${basis}: ${verdict.because}`;
}
