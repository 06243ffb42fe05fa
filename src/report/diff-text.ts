import type { SystemComparison } from '../analysis/comparison/compare.ts';
import { isSameLimit } from '../analysis/comparison/figures.ts';
import { FINDING_CHANGES, type FindingChange, type FindingDifference } from '../analysis/comparison/findings.ts';
import type { ElementDifference } from '../analysis/comparison/structure.ts';
import type { DiffInput } from './diff-input.ts';
import { arrow, costChangeText, costDiffers, countOf, elementTitle, findingsHeadline, intervalText, limitText, loadText, propertyLines, SIGNS, totalText, unchangedText, wayText } from './diff-words.ts';
import { oneLine } from './escape-markdown.ts';
import type { Palette } from './estimate-text.ts';

/** A comparison for a person at a terminal: what came of it first, then what changed. Unchanged parts are counted. */
export function diffText({ systems, before, after }: DiffInput, palette: Palette): string {
  const { dim } = palette;
  if (systems.length === 0) return 'Neither version declares a system.\n';
  return `${dim(`${before} → ${after}`)}\n\n${systems.map((system) => systemText(system, palette)).join('\n\n')}\n`;
}

function systemText(system: SystemComparison, palette: Palette): string {
  const { bold, dim } = palette;
  const name = `${bold(system.system)}${system.renamedFrom === undefined ? '' : ` ${dim(`(was ${system.renamedFrom})`)}`}`;
  if (system.change === 'unchanged') return `${name}: no difference ${dim(`(${unchangedText(system.structure)}, ${countOf(system, 'kept')} findings)`)}`;
  const word = { added: `  ${palette.green('new system')}`, removed: `  ${palette.red('system removed')}`, changed: '' }[system.change];
  const sections = [`${name}${word}\n${headline(system)}`, structureText(system, palette), findingsText(system, palette), questionsText(system, palette), scoreText(system, palette), capacityText(system, palette), latencyText(system, palette), costText(system, palette)];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** One line: readiness, findings, what is full first, cost. */
function headline(system: SystemComparison): string {
  const { score, figures } = system;
  const cost = costChangeText(figures.cost.total.before || figures.cost.total.after ? { ...figures.cost.total, ...(figures.cost.change !== undefined && { change: figures.cost.change }) } : {});
  return [
    `readiness ${arrow(score, ({ index }) => intervalText(index))} of 4`,
    findingsHeadline(system),
    ...(figures.limit.before || figures.limit.after ? [`full first: ${arrow(figures.limit, limitText)}`] : []),
    ...(cost === '' ? [] : [`cost ${cost} a month`]),
  ].join(' · ');
}

function structureText({ structure }: SystemComparison, palette: Palette): string {
  const { bold, dim } = palette;
  const rest = dim(`${unchangedText(structure)} unchanged`);
  if (structure.elements.length === 0) return `${bold('Structure')}  ${rest}`;
  return [`${bold('Structure')}  ${rest}`, ...structure.elements.flatMap((element) => elementText(element, palette))].join('\n');
}

function elementText(element: ElementDifference, palette: Palette): string[] {
  const paint = { added: palette.green, changed: palette.yellow, removed: palette.red, moved: palette.yellow }[element.change];
  const colours = { '+': palette.green, '~': palette.yellow, '−': palette.red };
  return [`  ${paint(SIGNS[element.change])} ${elementTitle(element)}`, ...propertyLines(element).map(({ sign, text }) => `      ${colours[sign](sign)} ${text}`)];
}

const WORDS: Readonly<Record<FindingChange, string>> = { added: 'added', reopened: 'open again', changed: 'of another severity', accepted: 'accepted', fixed: 'fixed', kept: 'kept' };

function findingsText(system: SystemComparison, palette: Palette): string {
  const { bold, dim } = palette;
  const counts = FINDING_CHANGES.filter((change) => countOf(system, change) > 0).map((change) => `${countOf(system, change)} ${WORDS[change]}`);
  if (counts.length === 0) return '';
  const rows = system.findings.filter(({ change }) => change !== 'kept').map((finding) => findingText(finding, palette));
  return [`${bold('Findings')}  ${dim(counts.join(' · '))}`, ...rows].join('\n');
}

function findingText({ change, finding, before, after, acceptance }: FindingDifference, { bold, red, green, yellow, dim }: Palette): string {
  const sign = { added: red('+'), reopened: red('+'), changed: yellow('~'), accepted: green('−'), fixed: green('−'), kept: ' ' }[change];
  const severity = before && after && before.severity !== after.severity ? `${before.severity} → ${after.severity}` : finding.severity;
  const note = change === 'reopened' ? ' (was accepted)' : acceptance ? ` (accepted by ${acceptance.by} until ${acceptance.until})` : '';
  return `  ${sign} ${severity.padEnd(8)} ${bold(finding.rule)} ${finding.component}  ${dim(oneLine(`${finding.message}${note}`))}`;
}

/** How many questions of a sort are shown: the most valuable ones come first. */
const QUESTIONS = 12;

function questionsText({ questions }: SystemComparison, { bold, dim, green, yellow }: Palette): string {
  const [opened, closed] = [questions.filter(({ change }) => change === 'opened'), questions.filter(({ change }) => change === 'closed')];
  if (opened.length + closed.length === 0) return '';
  const list = (own: typeof questions, sign: string): string[] => [
    ...own.slice(0, QUESTIONS).map(({ question }) => `  ${sign} ${question.rule} ${question.component}  ${dim(oneLine(question.message))}`),
    ...(own.length > QUESTIONS ? [dim(`  and ${own.length - QUESTIONS} more (--format json)`)] : []),
  ];
  const rows = [...list(opened, yellow('+')), ...list(closed, green('−'))];
  return [`${bold('Questions')}  ${dim(`${opened.length} opened · ${closed.length} closed · ${questions.length - opened.length - closed.length} kept`)}`, ...rows].join('\n');
}

function scoreText({ score, categories }: SystemComparison, { bold, dim }: Palette): string {
  const moved = categories.filter(({ before, after }) => before?.assured !== after?.assured || before?.potential !== after?.potential);
  if (moved.length === 0) return '';
  const rest = categories.filter(({ before, after }) => before ?? after).length - moved.length;
  return [`${bold('Readiness')}  ${arrow(score, ({ headline: band }) => band)}${rest > 0 ? dim(`  ${rest} unchanged`) : ''}`, ...moved.map((category) => `  ${category.title.padEnd(28)} ${arrow(category, intervalText)}`)].join('\n');
}

function capacityText({ figures: { services, unchangedServices, limit } }: SystemComparison, { bold, dim }: Palette): string {
  if (services.length === 0 && isSameLimit(limit)) return '';
  const rows = services.map((service) => `  ${service.component.padEnd(20)} ${loadText(service)}`);
  return [`${bold('Capacity')}  ${dim(atPeak(unchangedServices))}`, ...(isSameLimit(limit) ? [] : [`  full first: ${arrow(limit, limitText)}`]), ...rows].join('\n');
}

const atPeak = (unchanged: number): string => `at today’s peak${unchanged > 0 ? `; ${unchanged} unchanged` : ''}`;

function latencyText({ figures: { ways, unchangedWays } }: SystemComparison, { bold, dim }: Palette): string {
  if (ways.length === 0) return '';
  return [`${bold('Latency')}  ${dim(atPeak(unchangedWays))}`, ...ways.map((way) => `  ${(way.from === way.to ? `through ${way.to}` : `${way.from} to ${way.to}`).padEnd(20)} ${wayText(way)}`)].join('\n');
}

function costText({ figures: { cost } }: SystemComparison, { bold, dim }: Palette): string {
  if (!costDiffers(cost)) return '';
  const rows = cost.components.map((part) => `  ${part.component.padEnd(20)} ${arrow(part, totalText)}  ${dim(costChangeText(part))}`.trimEnd());
  const notes = [...(cost.leftOut.added.length > 0 ? [dim(`  now not counted, since no cost is declared: ${cost.leftOut.added.join(', ')}`)] : []), ...(cost.leftOut.removed.length > 0 ? [dim(`  no longer among what is not counted: ${cost.leftOut.removed.join(', ')}`)] : [])];
  const total = cost.total.before || cost.total.after ? `  ${'total'.padEnd(20)} ${arrow(cost.total, totalText)}  ${bold(costChangeText({ ...cost.total, ...(cost.change !== undefined && { change: cost.change }) }))}` : '';
  return [`${bold('Cost a month')}${cost.unchanged > 0 ? dim(`  ${cost.unchanged} unchanged`) : ''}`, ...(total === '' ? [] : [total]), ...rows, ...notes].join('\n');
}
