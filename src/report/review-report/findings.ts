import type { Finding, Hop } from '../../analysis/finding.ts';
import { findRule } from '../../analysis/find-rule.ts';
import { editioned } from '../../analysis/frameworks/citations.ts';
import { sourcesOf } from '../../analysis/rule.ts';
import { formatNumber } from '../../analysis/format.ts';
import { riskOf } from '../../analysis/roadmap/risk.ts';
import { tradeOffOf } from '../../analysis/roadmap/trade-offs.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import { EFFORT_WORDS, TYPE_MEANING } from '../severity-words.ts';
import { findingTitle } from './finding-title.ts';
import type { ReportSubject } from './subject.ts';
import { capital, code, findingAnchor, findingLink, paragraph, placeText, plural, ruleLink, severityMark, strong, tableOr } from './words.ts';

/** Every open finding, the gravest first, with where it is, what proves it and what to do. */
export function findingsSection(subject: ReportSubject): Section {
  const { findings, score } = subject.review;
  const title = 'Findings';
  if (findings.length === 0) return { id: 'findings', title, startsPage: true, blocks: [paragraph(`No finding is open. ${plural(score.questions, 'question')} could not be answered from the file, and what they hide was not judged.`)] };
  return {
    id: 'findings',
    title,
    startsPage: true,
    blocks: [
      paragraph(`${capital(plural(findings.length, 'finding'))}; the gravest first, and of equal gravity by rule. ${score.contradictions > 0 ? `${capital(plural(score.contradictions, 'contradiction'))} among them: what is declared cannot all hold.` : ''}`),
      tableOr([{ title: 'Severity' }, { title: 'Finding', width: 2 }, { title: 'What is wrong', width: 5 }, { title: 'Effort' }], findings.map((finding): Inline[][] => [[severityMark(finding.severity)], [findingLink(finding)], [shown(finding, subject)], [finding.remedy.effort.size]]), ''),
    ],
    sections: findings.map((finding) => findingSection(finding, subject)),
  };
}

/** What a reader outside the company may know of a finding: the rule, not the values that show it. */
const shown = (finding: Finding, { redact }: ReportSubject): string => (redact ? findingTitle(finding) : finding.message);

function findingSection(finding: Finding, subject: ReportSubject): Section {
  const { redact, context, review } = subject;
  const place = placeText(subject, finding.span);
  // What a team wrote into its rules is not for people outside.
  const known = findRule(finding.rule, redact ? undefined : review.checks);
  const sources = known ? sourcesOf(known.check, known.rule).map(editioned) : [];
  const tradeOff = tradeOffOf(finding.rule);
  const related = review.findings.filter((other) => other !== finding && (other.component === finding.component || other.check === finding.check)).slice(0, 5);
  const { severity, likelihood, detectability, confidence, exposure } = riskOf(context, finding);
  const facts: { term: string; definition: readonly Inline[] }[] = [
    { term: 'Severity', definition: [severityMark(finding.severity), `; ${finding.type}: ${TYPE_MEANING[finding.type]}`] },
    { term: 'Rule', definition: [ruleLink(finding.rule), ` ${known?.rule.title ?? ''}`] },
    { term: 'Where', definition: [code(finding.component), ...(place === undefined ? [] : [', ', code(place)])] },
    { term: 'Why it matters here', definition: [finding.why] },
    ...(tradeOff ? [{ term: 'Failure scenario', definition: [tradeOff.scenario] }] : []),
    ...(finding.path.length > 0 && !redact ? [{ term: 'Proof', definition: pathText(finding.path) }] : []),
    { term: 'Remedy', definition: [strong(finding.remedy.title), ` ${capital(EFFORT_WORDS[finding.remedy.effort.size])}.`, ...(tradeOff?.minimal ? [` First step: ${tradeOff.minimal}`] : [])] },
    { term: 'What gets better', definition: [finding.remedy.impact] },
    ...(finding.remedy.prerequisites.length > 0 ? [{ term: 'Before it', definition: finding.remedy.prerequisites.flatMap((rule, index): Inline[] => [...(index > 0 ? [', '] : []), ruleLink(rule)]) }] : []),
    { term: 'Weight', definition: [`severity ${formatNumber(severity)}, failure mode ${formatNumber(likelihood)}, hidden ${formatNumber(detectability)}, confidence ${formatNumber(confidence)}, exposure ${formatNumber(exposure)}`] },
    { term: 'What would change this', definition: [known?.rule.falsePositives ?? 'A declaration in the file that says otherwise.'] },
    ...(related.length > 0 ? [{ term: 'Related', definition: related.flatMap((other, index): Inline[] => [...(index > 0 ? [', '] : []), findingLink(other)]) }] : []),
    ...(sources.length > 0 ? [{ term: 'Asked also by', definition: [sources.join(' · ')] }] : []),
  ];
  const blocks: Block[] = [paragraph(shown(finding, subject)), { kind: 'facts', facts }];
  return { id: findingAnchor(finding), title: `${finding.rule} ${finding.component}`, blocks };
}

function pathText(path: readonly Hop[]): Inline[] {
  return path.flatMap(({ component, note }, index): Inline[] => [...(index > 0 ? [' → '] : []), code(component), ...(note === undefined ? [] : [` (${note})`])]);
}
