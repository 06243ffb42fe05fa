import { criteriaTally, tallyText } from '../analysis/criteria/tally.ts';
import { SEVERITIES, type Finding, type Hop, type NotApplicable } from '../analysis/finding.ts';
import type { Review } from '../analysis/review.ts';
import type { Score } from '../analysis/score.ts';
import type { Span } from '../model/architecture.ts';
import { codeCell, codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { capital, COMMENT_LIMIT, count, details, escapeHtml, fitted, fold, ruleLink } from './markdown-blocks.ts';
import { byPlace, type ReportInput, type TextProblem } from './report-input.ts';

const TABLE_ROWS = 100;

/**
 * The review as Markdown for a comment on a change. Whatever comes from the file is escaped. What would make the
 * comment too long is left out from the end, and the comment says so.
 */
export function markdown({ reviews, problems }: ReportInput, limit = COMMENT_LIMIT): string {
  const blocks = [...problemBlocks(problems), ...reviews.flatMap(reviewBlocks)];
  return fitted(blocks, limit, (left) => `*${left} more sections do not fit into a comment: run \`mlarch check\` to see them.*`) || 'No system was reviewed.\n';
}

function problemBlocks(problems: readonly TextProblem[]): string[] {
  if (problems.length === 0) return [];
  const lines = [...problems].sort(byPlace).map(({ severity, code, message, span }) => `- **${severity}** ${codeSpan(at(span))} ${escapeMarkdown(message)} (${codeSpan(code)})`);
  return [['## Problems of the text', '', ...lines].join('\n')];
}

function reviewBlocks(review: Review): string[] {
  const { findings, questions, accepted, notApplicable, verdicts } = review;
  const failed = verdicts.filter(({ verdict }) => verdict === 'failed');
  return [
    headline(review),
    tallyText(criteriaTally(review)),
    ...(findings.length > 0 ? [findingTable(findings)] : ['No findings.']),
    ...[...SEVERITIES].reverse().flatMap((severity) => findings.filter((finding) => finding.severity === severity).map(findingBlock)),
    ...details(`${count(questions.length, 'question')} that the file leaves open, most valuable first`, questions.map(({ rule, message, component, property }) => `- ${ruleLink(rule)} ${codeSpan(component)}${property === undefined ? '' : ` ${codeSpan(property)}`}: ${escapeMarkdown(message)}`)),
    ...details(`${count(accepted.length, 'accepted risk')}`, accepted.map(({ finding, because, by, until }) => `- ${ruleLink(finding.rule)} ${codeSpan(finding.component)} (${finding.severity}): ${escapeMarkdown(because)} (${escapeMarkdown(by)}, until ${escapeMarkdown(until)})`)),
    ...details('Not applicable', reasons(notApplicable)),
    ...(failed.length > 0 ? [failed.map(({ rule, because = '' }) => `**${rule} could not be run**: ${escapeMarkdown(because)}. This is a fault of mlarch.`).join('\n\n')] : []),
  ];
}

function headline({ system, file, score }: Review): string {
  const gap = score.gapToBar > 0 ? `${score.gapToBar} below the bar of ${score.bar}` : `the bar of ${score.bar} is met`;
  return [
    `## Architecture review of ${escapeMarkdown(system)}`,
    '',
    `**${capital(score.headline)}**: readiness **${interval(score.index)}** of 4, ${gap}; ${score.decided} of ${score.applicable} rules could be decided. ${codeSpan(file)}`,
    '',
    severityTable(score),
    '',
    '| Part | Checks | Score of 4 |',
    '| --- | ---: | ---: |',
    ...score.categories.filter(({ checks }) => checks > 0).map((category) => `| ${category.title} | ${category.checks} | ${interval(category)} |`),
  ].join('\n');
}

function severityTable({ counts, contradictions, questions }: Score): string {
  const severities = [...SEVERITIES].reverse();
  const cells = [...severities.map((severity) => counts[severity]), contradictions, questions];
  return [`| ${[...severities.map(capital), 'Contradictions', 'Questions'].join(' | ')} |`, `|${' ---: |'.repeat(cells.length)}`, `| ${cells.join(' | ')} |`].join('\n');
}

function findingTable(findings: readonly Finding[]): string {
  const rows = findings.slice(0, TABLE_ROWS).map(({ severity, rule, component, message, span }) => `| ${capital(severity)} | ${ruleLink(rule, codeCell)} | ${codeCell(component)} | ${escapeMarkdown(message)} | ${codeCell(at(span))} |`);
  return ['### Findings', '', '| Severity | Rule | Element | Finding | Place |', '| --- | --- | --- | --- | --- |', ...rows, ...(findings.length > TABLE_ROWS ? ['', `*and ${findings.length - TABLE_ROWS} more.*`] : [])].join('\n');
}

function findingBlock({ severity, rule, type, component, message, why, path, remedy }: Finding): string {
  const { low, high } = remedy.effort.days;
  const lines = [
    `- ${escapeMarkdown(message)}`,
    ...(path.length > 0 ? [`- **Path:** ${path.map(hop).join(' → ')}`] : []),
    `- **Why:** ${escapeMarkdown(why)}`,
    `- **Remedy:** ${escapeMarkdown(remedy.title)} (${remedy.effort.size}, ${low} to ${high} person-days)`,
    ...(remedy.prerequisites.length > 0 ? [`- **First:** ${remedy.prerequisites.map((rule) => ruleLink(rule)).join(', ')}`] : []),
  ];
  return fold(`${capital(severity)} ${escapeHtml(rule)} ${escapeHtml(component)} (${type})`, lines.join('\n'));
}

const hop = ({ component, note }: Hop): string => `${codeSpan(component)}${note === undefined ? '' : ` (${escapeMarkdown(note)})`}`;

/** Rules that do not apply for one reason stand together. */
function reasons(notApplicable: readonly NotApplicable[]): string[] {
  const groups = new Map<string, Set<string>>();
  for (const { rule, component, because } of notApplicable) {
    groups.set(because, (groups.get(because) ?? new Set()).add(component === undefined ? ruleLink(rule) : `${ruleLink(rule)} ${codeSpan(component)}`));
  }
  return [...groups].map(([because, rules]) => `- ${[...rules].join(', ')}: ${escapeMarkdown(because)}`);
}

const at = ({ file, range }: Span): string => `${file}:${range.start.line + 1}`;
const interval = ({ assured, potential }: Score['index']): string => (assured === potential ? String(assured) : `${assured} to ${potential}`);
