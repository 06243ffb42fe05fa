import { isAcceptable } from '../../analysis/acceptance.ts';
import { checklist } from '../../analysis/checklist.ts';
import type { Check } from '../../analysis/rule.ts';
import { CATEGORIES, partOf } from '../../analysis/rule.ts';
import type { Review, RuleVerdict } from '../../analysis/review.ts';
import type { Span } from '../../model/architecture.ts';
import type { CheckItem, FindingItem, Location, ReviewsResult, SystemReview, Verdict } from '../../protocol/messages.ts';
import { docsUrl } from '../../report/links.ts';
import type { AnalysedSystem, Analysis, Snapshot } from '../analysis.ts';
import { isFixable } from './edits.ts';

/** From the one that matters most to the one that matters least: a check is what the first of its rules is. */
const ORDER: readonly Verdict[] = ['failed', 'finding', 'question', 'accepted', 'satisfied', 'not-applicable'];

const CATEGORY_OF: ReadonlyMap<string, string> = new Map(checklist.map(({ id, category }) => [id, CATEGORIES[category]]));

/** What the trees and the status of an editor show. */
export function reviewsResult({ analyses }: Snapshot): ReviewsResult {
  const systems = analyses.flatMap((analysis) => analysis.systems.map((system) => systemReview(analysis, system)));
  const failures = analyses.flatMap(({ systems: all }) => all.flatMap(({ review }) => review.verdicts.filter(({ verdict }) => verdict === 'failed').map(({ rule, because }) => ({ rule, message: because ?? '' }))));
  return { systems, failures };
}

function systemReview({ files }: Analysis, { architecture, review }: AnalysedSystem): SystemReview {
  const { score } = review;
  return {
    name: review.system,
    location: locationOf(architecture.system.nameSpan),
    score: { headline: score.headline, assured: score.index.assured, potential: score.index.potential, bar: score.bar, decided: score.decided, applicable: score.applicable },
    findings: review.findings.map(findingItem),
    questions: review.questions.map(({ id, rule, check, message, component, span }) => ({ id, rule, check, message, component, location: locationOf(span) })),
    accepted: review.accepted.map(({ finding, because, by, until, span }) => ({ rule: finding.rule, component: finding.component, message: finding.message, because, by, until, location: locationOf(span) })),
    // A group of criteria whose packs are off has nothing to show.
    checks: review.checks.map((check) => checkItem(check, review)).filter(({ rules }) => rules.length > 0),
    files: [...files],
  };
}

function findingItem(finding: Review['findings'][number]): FindingItem {
  const { id, rule, check, type, severity, message, why, component, span, path, remedy } = finding;
  return {
    id,
    rule,
    check,
    category: CATEGORY_OF.get(check) ?? CATEGORIES.deployment,
    type,
    severity,
    message,
    why,
    component,
    location: locationOf(span),
    path: path.map((hop) => ({ component: hop.component, ...(hop.note === undefined ? {} : { note: hop.note }), location: locationOf(hop.span) })),
    remedy: remedy.title,
    fixable: isFixable(finding),
    acceptable: isAcceptable(rule),
    docs: docsUrl(rule),
  };
}

function checkItem(check: Check, { verdicts, packs }: Review): CheckItem {
  const { id, title, question, rules } = check;
  const off = new Set(packs.filter(({ on }) => !on).map(({ pack }) => pack));
  const byRule = new Map<string, RuleVerdict>(verdicts.filter((verdict) => verdict.check === id).map((verdict) => [verdict.rule, verdict]));
  const items = rules.filter(({ pack }) => !pack || !off.has(pack)).map((rule) => {
    const { verdict, because } = byRule.get(rule.id) ?? { verdict: 'not-applicable' as const };
    return { id: rule.id, title: rule.title, verdict, ...(because === undefined ? {} : { because }) };
  });
  const worst = ORDER.find((verdict) => items.some((item) => item.verdict === verdict)) ?? 'not-applicable';
  return { id, title, category: partOf(check), question, verdict: worst, docs: docsUrl(id), rules: items };
}

const locationOf = ({ file, range }: Span): Location => ({ uri: file, range });
