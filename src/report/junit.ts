import { escapeXml } from '../diagram/xml.ts';
import { checksOf } from '../analysis/checklist.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Review, RuleVerdict } from '../analysis/review.ts';
import type { Check } from '../analysis/rule.ts';
import type { Span } from '../model/architecture.ts';
import { byPlace, type ReportInput, type TextProblem } from './report-input.ts';

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly file?: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

/**
 * The review as JUnit XML: a suite for each system, a case for each finding, and one for each rule that found
 * nothing. What is open, accepted or not applicable is skipped, with the reason.
 */
export function junit({ reviews, problems, tool }: ReportInput, checks: readonly Check[] = checksOf(reviews)): string {
  const titles = new Map(checks.flatMap((check) => check.rules.map((rule) => [rule.id, rule.title] as const)));
  const suites = [
    ...(problems.length > 0 ? [suite('text', [...problems].sort(byPlace).map(problemCase))] : []),
    ...reviews.map((review) => suite(review.system, casesOf(review, titles))),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: tool.name, ...counts(all) })}>\n${suites.map(({ xml }) => xml).join('')}</testsuites>\n`;
}

function casesOf(review: Review, titles: ReadonlyMap<string, string>): Case[] {
  const shown = new Set(review.findings.map(({ rule }) => rule));
  const quiet = review.verdicts.filter(({ rule, verdict }) => verdict !== 'finding' || !shown.has(rule)).map((verdict) => verdictCase(review, verdict, titles));
  return [...review.findings.map((finding) => findingCase(review, finding)), ...quiet];
}

function findingCase({ system }: Review, finding: Finding): Case {
  const { rule, check, component, severity, message, why, remedy, span, path } = finding;
  const hops = path.map((hop) => `  ${hop.component}${hop.note === undefined ? '' : ` (${hop.note})`} ${at(hop.span)}`);
  return {
    classname: `${system}.${check}`,
    // The id tells several findings of one rule apart.
    name: finding.id.startsWith(`${rule}@`) ? `${rule} ${finding.id.slice(rule.length + 1)}` : `${rule} ${component}`,
    file: span.file,
    outcome: 'failure',
    type: severity,
    message,
    text: [at(span), message, `Why: ${why}`, `Remedy: ${remedy.title}`, ...(hops.length > 0 ? ['Path:', ...hops] : [])].join('\n'),
  };
}

function verdictCase(review: Review, { rule, check, verdict, because }: RuleVerdict, titles: ReadonlyMap<string, string>): Case {
  const base = { classname: `${review.system}.${check}`, name: `${rule} ${titles.get(rule) ?? ''}`.trim(), file: review.file };
  switch (verdict) {
    case 'satisfied':
      return { ...base, outcome: 'passed' };
    case 'failed':
      return { ...base, outcome: 'error', type: 'internal', message: because ?? 'The rule could not be run.' };
    case 'question':
      return { ...base, outcome: 'skipped', message: `open: ${review.questions.filter((question) => question.rule === rule).map(({ message }) => message).join(' ')}` };
    case 'accepted':
      return { ...base, outcome: 'skipped', message: `accepted: ${review.accepted.filter(({ finding }) => finding.rule === rule).map((risk) => `${risk.because} (${risk.by}, until ${risk.until})`).join(' ')}` };
    case 'not-applicable':
      return { ...base, outcome: 'skipped', message: `not applicable: ${because ?? ''}` };
    case 'finding':
      return { ...base, outcome: 'skipped', message: 'Its findings are in the baseline or below the severity that is shown.' };
  }
}

function problemCase({ severity, code, message, span }: TextProblem): Case {
  const base = { classname: `text.${code}`, name: `${code} ${at(span)}`, file: span.file, message };
  return severity === 'error' ? { ...base, outcome: 'error', type: code, text: `${at(span)}\n${message}` } : { ...base, outcome: 'skipped' };
}

const at = ({ file, range }: Span): string => `${file}:${range.start.line + 1}:${range.start.character + 1}`;

function suite(name: string, cases: readonly Case[]): { cases: readonly Case[]; xml: string } {
  return { cases, xml: `  <testsuite${attributes({ name, ...counts(cases) })}>\n${cases.map(caseXml).join('')}  </testsuite>\n` };
}

function counts(cases: readonly Case[]): Record<string, string> {
  const of = (outcome: Case['outcome']): string => String(cases.filter((one) => one.outcome === outcome).length);
  return { tests: String(cases.length), failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

function caseXml({ classname, name, file, outcome, type, message, text }: Case): string {
  const open = `    <testcase${attributes({ classname, name, ...(file === undefined ? {} : { file }) })}`;
  if (outcome === 'passed') return `${open}/>\n`;
  const inner = `      <${outcome}${attributes({ ...(type === undefined ? {} : { type }), ...(message === undefined ? {} : { message }) })}`;
  return `${open}>\n${text === undefined ? `${inner}/>` : `${inner}>${escapeXml(text)}</${outcome}>`}\n    </testcase>\n`;
}

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values).map(([name, value]) => ` ${name}="${escapeXml(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`).join('');
