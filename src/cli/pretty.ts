import { criteriaTally, tallyText } from '../analysis/criteria/tally.ts';
import { SEVERITIES, type Finding, type Severity } from '../analysis/finding.ts';
import type { Review } from '../analysis/review.ts';
import { CATEGORIES } from '../analysis/rule.ts';
import type { Problem } from '../language/problem.ts';
import { paint } from './paint.ts';
import { renderProblems } from './problems.ts';
import { wrap } from './wrap.ts';

interface Pretty {
  readonly reviews: readonly Review[];
  readonly problems: readonly Problem[];
  readonly baseline?: { readonly known: number; readonly fixed: readonly string[] };
  readonly all: boolean;
  readonly colour: boolean;
  readonly width: number;
}

/** How many questions are shown unless all are asked for: what can be answered in an hour or two. */
const QUESTIONS = 12;

/** The review for a person at a terminal: the verdict first, then the findings from Critical to Low. */
export function renderPretty(pretty: Pretty): string {
  const width = Math.max(60, Math.min(pretty.width, 110));
  const parts = [renderProblems(pretty.problems, pretty.colour), ...pretty.reviews.map((review) => renderReview(review, pretty, width)), renderBaseline(pretty)];
  return parts.filter((part) => part !== '').join('\n');
}

function renderReview(review: Review, pretty: Pretty, width: number): string {
  const { bold, dim } = paint(pretty.colour);
  const sections = [
    `${bold(review.system)}  ${dim(review.file)}\n${renderScore(review, pretty)}`,
    ...[...SEVERITIES].reverse().map((severity) => renderSeverity(severity, review.findings, pretty, width)),
    renderQuestions(review, pretty, width),
    renderAccepted(review, pretty, width),
    renderNotApplicable(review, pretty, width),
    renderFailures(review, pretty),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderScore(review: Review, { colour }: Pretty): string {
  const { score } = review;
  const { bold, dim } = paint(colour);
  const counts = [...SEVERITIES].reverse().map((severity) => `${score.counts[severity]} ${severity}`).join(' · ');
  const span = (low: number, high: number): string => (low === high ? low.toFixed(1) : `${low.toFixed(1)} to ${high.toFixed(1)}`);
  const gap = score.gapToBar > 0 ? `, ${score.gapToBar.toFixed(2)} below it` : ', met';
  const categories = score.categories.filter((category) => category.checks > 0).map((category) => `  ${CATEGORIES[category.category].padEnd(28)} ${span(category.assured, category.potential).padStart(10)}`);
  return [
    `${bold(score.headline)}: readiness ${span(score.index.assured, score.index.potential)} of 4 ${dim(`(bar ${score.bar}${gap}; ${score.decided} of ${score.applicable} rules could be decided)`)}`,
    `${counts} · ${counted(score.contradictions, 'contradiction')} · ${counted(score.questions, 'question')}`,
    ...categories,
    dim(tallyText(criteriaTally(review))),
  ].join('\n');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const MARKS: Readonly<Record<Severity, 'magenta' | 'red' | 'yellow' | 'blue'>> = { critical: 'magenta', high: 'red', medium: 'yellow', low: 'blue' };

function renderSeverity(severity: Severity, findings: readonly Finding[], { colour }: Pretty, width: number): string {
  const own = findings.filter((finding) => finding.severity === severity);
  if (own.length === 0) return '';
  const paints = paint(colour);
  const head = paints[MARKS[severity]](paints.bold(severity.toUpperCase()));
  return `${head}\n${own.map((finding) => renderFinding(finding, colour, width)).join('\n\n')}`;
}

function renderFinding(finding: Finding, colour: boolean, width: number): string {
  const { bold, dim, cyan } = paint(colour);
  const { line, character } = finding.span.range.start;
  const field = (name: string, text: string): string => wrap(text, width, `      ${name.padEnd(5)}`, '           ');
  const { effort } = finding.remedy;
  const days = `${effort.size}, ${effort.days.low} to ${effort.days.high} person-days`;
  return [
    `  ${bold(finding.rule)}  ${cyan(finding.component)}  ${dim(`${finding.type}  ${finding.span.file}:${line + 1}:${character + 1}`)}`,
    wrap(finding.message, width, '      ', '      '),
    ...(finding.path.length > 1 ? [field('path', finding.path.map(({ component, note }) => `${component.split('.').slice(1).join('.') || component}${note ? ` (${note})` : ''}`).join(' → '))] : []),
    dim(field('why', finding.why)),
    field('do', `${finding.remedy.title} (${days})`),
  ].join('\n');
}

function renderQuestions({ questions }: Review, { colour, all }: Pretty, width: number): string {
  if (questions.length === 0) return '';
  const { bold, dim } = paint(colour);
  const shown = all ? questions : questions.slice(0, QUESTIONS);
  const lines = shown.map((question) => `${wrap(`${question.message}`, width, `  ${bold((question.rule.split('/')[0] ?? '').padEnd(7))} `, '          ', 10)}${dim(`\n          ${question.component}${question.property ? `: ${question.property}` : ''}`)}`);
  const rest = questions.length - shown.length;
  return [bold('QUESTIONS that the file leaves open, most valuable first'), ...lines, ...(rest > 0 ? [dim(`  and ${rest} more (--all)`)] : [])].join('\n');
}

function renderAccepted({ accepted }: Review, { colour }: Pretty, width: number): string {
  if (accepted.length === 0) return '';
  const { bold } = paint(colour);
  return [bold('ACCEPTED RISKS'), ...accepted.map(({ finding, because, by, until }) => wrap(`${finding.rule} ${finding.component} (${finding.severity}): ${because} — ${by}, until ${until}`, width, '  ', '      '))].join('\n');
}

/** Rules that do not apply for one reason stand together. */
function renderNotApplicable({ notApplicable }: Review, { colour, all }: Pretty, width: number): string {
  if (notApplicable.length === 0) return '';
  const { bold, dim } = paint(colour);
  const reasons = new Map<string, Set<string>>();
  for (const { rule, component, because } of notApplicable) {
    const subject = component === undefined ? '' : ` ${component.split('.').slice(1).join('.')}`;
    reasons.set(because, (reasons.get(because) ?? new Set()).add(`${rule}${subject}`));
  }
  const entries = [...reasons];
  const shown = all ? entries : entries.slice(0, 10);
  const lines = shown.map(([because, rules]) => wrap(`${[...rules].slice(0, 6).join(', ')}${rules.size > 6 ? ` and ${rules.size - 6} more` : ''}: ${because}`, width, '  ', '      '));
  return [bold('NOT APPLICABLE'), ...lines.map(dim), ...(entries.length > shown.length ? [dim(`  and ${entries.length - shown.length} more reasons (--all)`)] : [])].join('\n');
}

function renderFailures({ verdicts }: Review, { colour }: Pretty): string {
  const failed = verdicts.filter((verdict) => verdict.verdict === 'failed');
  if (failed.length === 0) return '';
  const { red } = paint(colour);
  return failed.map((verdict) => red(`Rule ${verdict.rule} could not be run: ${verdict.because}. This is a fault of mlarch; the other rules stand.`)).join('\n');
}

function renderBaseline({ baseline, colour }: Pretty): string {
  if (!baseline) return '';
  const { dim } = paint(colour);
  const fixed = baseline.fixed.length > 0 ? `; ${baseline.fixed.length} of its findings are fixed: ${baseline.fixed.join(', ')}` : '';
  return dim(`${baseline.known} findings are in the baseline and not shown${fixed}.\n`);
}
