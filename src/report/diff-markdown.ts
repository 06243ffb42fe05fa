import type { SystemComparison } from '../analysis/comparison/compare.ts';
import { isSameLimit } from '../analysis/comparison/figures.ts';
import type { FindingChange, FindingDifference } from '../analysis/comparison/findings.ts';
import type { Pair } from '../analysis/comparison/pairs.ts';
import { mermaidOf } from '../diagram/mermaid.ts';
import { versionDifference } from '../diagram/version-difference.ts';
import { SEVERITIES } from '../analysis/finding.ts';
import type { DiffInput } from './diff-input.ts';
import { arrow, costChangeText, costDiffers, countOf, elementTitle, findingsHeadline, intervalText, isListed, limitText, loadText, signed, totalText, unchangedText, wayText } from './diff-words.ts';
import { codeCell, codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { capital, COMMENT_LIMIT, count, details, fitted, ruleLink } from './markdown-blocks.ts';

/** By this a workflow finds its own comment again. */
export const DIFF_MARKER = '<!-- mlarch-diff -->';

/** Most components in the picture, most characters of it, and most lines of one list. */
const [MOST_NODES, MOST_DRAWN, MOST_LINES] = [40, 16_000, 120];

/**
 * A comparison as Markdown for a comment on a pull request. Whatever comes from a file is escaped. What would make the comment
 * too long is left out from the end, and the comment says so.
 */
export function diffMarkdown({ systems, before, after }: DiffInput, limit = COMMENT_LIMIT): string {
  const from = `${codeSpan(before)} → ${codeSpan(after)}`;
  const blocks = systems.length === 0 ? [`Neither version declares a system. ${from}`] : systems.flatMap((system) => systemBlocks(system, from));
  return fitted([DIFF_MARKER, ...blocks], limit, (left) => `*${count(left, 'more section')} ${left === 1 ? 'does' : 'do'} not fit into a comment: run \`mlarch diff\` to see ${left === 1 ? 'it' : 'them'}.*`);
}

function systemBlocks(system: SystemComparison, from: string): string[] {
  const title = `## ${escapeMarkdown(system.system)}${system.renamedFrom === undefined ? '' : ` (was ${escapeMarkdown(system.renamedFrom)})`}`;
  if (system.change === 'unchanged') return [`${title}\n\nNo difference in the architecture (${unchangedText(system.structure)}). ${from}`];
  const word = { added: 'A new system. ', removed: 'The system is removed. ', changed: '' }[system.change];
  return [`${title}\n\n${word}${headline(system)} ${from}`, table(system), ...gravest(system), ...picture(system), ...structureDetails(system), ...findingDetails(system), ...questionDetails(system), ...figureDetails(system)];
}

const totalOf = ({ figures: { cost } }: SystemComparison): Parameters<typeof costChangeText>[0] => ({ ...cost.total, ...(cost.change !== undefined && { change: cost.change }) });

function headline(system: SystemComparison): string {
  const { score, figures } = system;
  const cost = costChangeText(totalOf(system));
  return `**Readiness ${arrow(score, ({ index }) => intervalText(index))} of 4, ${findingsHeadline(system)}${cost === '' ? '' : `, cost ${escapeMarkdown(cost)} a month`}**${isSameLimit(figures.limit) ? '' : `; full first: ${arrow(figures.limit, (limit) => escapeMarkdown(limitText(limit)))}`}.`;
}

/** The figures that a reviewer asks for, before and after. */
function table(system: SystemComparison): string {
  const { score, figures } = system;
  const row = <T>(name: string, pair: Pair<T>, text: (side: T) => string, change = ''): string => `| ${name} | ${pair.before === undefined ? '–' : text(pair.before)} | ${pair.after === undefined ? '–' : text(pair.after)} | ${change} |`;
  const counts = [...SEVERITIES].reverse().map((severity) => row(`${capital(severity)} findings`, score, ({ counts: by }) => String(by[severity]), signed((score.after?.counts[severity] ?? 0) - (score.before?.counts[severity] ?? 0), String)));
  return [
    '| | Before | After | Change |',
    '| --- | ---: | ---: | ---: |',
    row('Readiness of 4', score, ({ index }) => intervalText(index)),
    ...counts,
    row('Open questions', score, ({ questions }) => String(questions), signed((score.after?.questions ?? 0) - (score.before?.questions ?? 0), String)),
    ...(figures.limit.before || figures.limit.after ? [row('Full first, of today’s peak', figures.limit, (limit) => escapeMarkdown(limitText(limit)))] : []),
    ...figures.ways.filter(({ before, after }) => before?.objective ?? after?.objective).slice(0, 5).map((way) => row(codeCell(way.from === way.to ? way.to : `${way.from} to ${way.to}`), way, (side) => escapeMarkdown(wayText({ before: side, after: side })))),
    ...(figures.cost.total.before || figures.cost.total.after ? [row('Cost a month', figures.cost.total, (total) => escapeMarkdown(totalText(total)), escapeMarkdown(costChangeText(totalOf(system))))] : []),
  ].join('\n');
}

/** What is newly open and counts as an error is not folded away. */
function gravest({ findings }: SystemComparison): string[] {
  const grave = findings.filter(({ before, after }) => after?.state === 'open' && (after.severity === 'critical' || after.severity === 'high') && !(before?.state === 'open' && before.severity === after.severity));
  return grave.length === 0 ? [] : [['### New critical and high findings', '', ...shortened(grave.map(findingLine))].join('\n')];
}

function picture(system: SystemComparison): string[] {
  const knowledge = (side: 'before' | 'after') => system[side] && { architecture: system[side].architecture, review: system[side].review };
  const diagram = versionDifference(knowledge('before'), knowledge('after'), MOST_NODES);
  if (!diagram) return system.structure.elements.some(({ sort }) => sort === 'component' || sort === 'flow') ? ['*More changes than a picture can show.*'] : [];
  const drawn = mermaidOf(diagram);
  if (drawn.length > MOST_DRAWN) return ['*More changes than a picture can show.*'];
  return [`\`\`\`mermaid\n${drawn.trimEnd()}\n\`\`\`${diagram.subtitle === '' ? '' : `\n\n*${capital(diagram.subtitle)}.*`}`];
}

/** In the colours of a difference; no line of it can end the block, since each begins with its sign. */
function structureDetails({ structure }: SystemComparison): string[] {
  const lines = structure.elements.flatMap((element) => {
    const sign = { added: '+', changed: '!', removed: '-', moved: '!' }[element.change];
    const properties = element.properties.filter((difference) => isListed(element, difference)).flatMap(({ property, before, after }) => [...(before === undefined ? [] : [`-     ${property} ${before}`.trimEnd()]), ...(after === undefined ? [] : [`+     ${property} ${after}`.trimEnd()])]);
    return [`${sign} ${elementTitle(element)}`, ...properties];
  });
  const shown = lines.slice(0, MOST_LINES);
  const rest = lines.length > MOST_LINES ? ['', `*and ${count(lines.length - MOST_LINES, 'more line')}.*`] : [];
  return lines.length === 0 ? [] : details(`Structure: ${count(structure.elements.length, 'change')}; ${unchangedText(structure)} unchanged`, ['```diff', ...shown, '```', ...rest]);
}

const HEADS: readonly (readonly [FindingChange, string])[] = [['added', 'added'], ['reopened', 'open again'], ['changed', 'of another severity'], ['accepted', 'accepted'], ['fixed', 'fixed']];

function findingDetails(system: SystemComparison): string[] {
  const lines = HEADS.flatMap(([change, word]) => {
    const own = system.findings.filter((finding) => finding.change === change);
    return own.length === 0 ? [] : [`**${own.length} ${word}**`, '', ...shortened(own.map(findingLine)), ''];
  });
  return details(`Findings: ${HEADS.map(([change, word]) => [countOf(system, change), word] as const).filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(', ')}; ${countOf(system, 'kept')} kept`, lines);
}

function findingLine({ finding, before, after, acceptance }: FindingDifference): string {
  const severity = before && after && before.severity !== after.severity ? `${before.severity} → ${after.severity}` : finding.severity;
  const note = acceptance ? ` (accepted by ${escapeMarkdown(acceptance.by)} until ${escapeMarkdown(acceptance.until)}: ${escapeMarkdown(acceptance.because)})` : before?.state === 'accepted' && after ? ' (was accepted)' : '';
  return `- **${capital(severity)}** ${ruleLink(finding.rule)} ${codeSpan(finding.component)}: ${escapeMarkdown(finding.message)}${note}`;
}

function questionDetails({ questions }: SystemComparison): string[] {
  const lines = (['opened', 'closed'] as const).flatMap((change) => {
    const own = questions.filter((question) => question.change === change);
    return own.length === 0 ? [] : [`**${own.length} ${change}**`, '', ...shortened(own.map(({ question }) => `- ${ruleLink(question.rule)} ${codeSpan(question.component)}: ${escapeMarkdown(question.message)}`)), ''];
  });
  const number = (change: string): number => questions.filter((question) => question.change === change).length;
  return details(`Questions: ${number('opened')} opened, ${number('closed')} closed; ${number('kept')} kept`, lines);
}

/** Readiness by category, capacity, latency and cost, each where it is another. */
function figureDetails({ categories, figures: { services, unchangedServices, ways, unchangedWays, cost } }: SystemComparison): string[] {
  const moved = categories.filter(({ before, after }) => before?.assured !== after?.assured || before?.potential !== after?.potential);
  const parts = cost.components.map((part) => `| ${codeCell(part.component)} | ${arrow(part, (total) => escapeMarkdown(totalText(total)))} | ${escapeMarkdown(costChangeText(part))} |`);
  const leftOut = [...cost.leftOut.added.map((name) => `- ${codeSpan(name)} is now not counted: no cost is declared`), ...cost.leftOut.removed.map((name) => `- ${codeSpan(name)} is no longer among what is not counted`)];
  return [
    ...details('Readiness by part', moved.map((category) => `- ${category.title}: ${arrow(category, intervalText)}`)),
    ...details(`Capacity at today’s peak: ${count(services.length, 'service')}${besides(unchangedServices)}`, shortened(services.map((service) => `- ${codeSpan(service.component)}: ${escapeMarkdown(loadText(service))}`))),
    ...details(`Latency at today’s peak: ${count(ways.length, 'way')}${besides(unchangedWays)}`, shortened(ways.map((way) => `- ${codeSpan(way.from === way.to ? way.to : `${way.from} to ${way.to}`)}: ${escapeMarkdown(wayText(way))}`))),
    ...(costDiffers(cost) ? details(`Cost a month: ${count(cost.components.length, 'component')}${besides(cost.unchanged)}`, [...(parts.length > 0 ? ['| Component | Before and after | Change |', '| --- | ---: | ---: |', ...shortened(parts), ''] : []), ...leftOut]) : []),
  ];
}

const besides = (unchanged: number): string => (unchanged > 0 ? `; ${unchanged} unchanged` : '');

const shortened = (lines: readonly string[]): string[] => (lines.length <= MOST_LINES ? [...lines] : [...lines.slice(0, MOST_LINES), '', `*and ${count(lines.length - MOST_LINES, 'more line')}.*`]);
