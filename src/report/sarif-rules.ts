import { editioned } from '../analysis/frameworks/citations.ts';
import { ACCEPTANCE_RULES } from '../analysis/acceptance.ts';
import { SEVERITIES, type Severity } from '../analysis/finding.ts';
import { CATEGORIES, type Check, type Rule, sourcesOf } from '../analysis/rule.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { docsUrl } from './links.ts';
import type { TextProblem } from './report-input.ts';
import { LEVELS, PRECISION, SECURITY_SEVERITY } from './severity-words.ts';

/** Open questions are results of one rule of their own: viewers that ignore the kind of a result then do not show them with a rule’s severity. */
export const QUESTION_RULE = 'question';

export interface Descriptor {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' | 'note' };
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Every rule, whether it found something or not. GitHub reads the severity of an alert from the rule and not from the
 * result, so a rule carries the highest severity that its results have in this run, and its own where it has none.
 */
export function descriptors(checks: readonly Check[], highest: ReadonlyMap<string, Severity>, problems: readonly TextProblem[]): Descriptor[] {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  return [
    ...checks.flatMap((check) => check.rules.map((rule) => ruleDescriptor(check, rule, highest.get(rule.id) ?? rule.severity))),
    ...Object.entries(ACCEPTANCE_RULES).map(([id, { title, severity }]) => acceptanceDescriptor(id, title, highest.get(id) ?? severity)),
    plainDescriptor(QUESTION_RULE, 'Something that the file leaves open and that the review needs to know', 'Answer it in the file. Where nobody knows, write `unknown`; where it does not exist, write `none`.', 'note'),
    ...codes.map((code) => plainDescriptor(code, sentence(code), 'Correct the text: what cannot be read is not reviewed.', problems.some((problem) => problem.code === code && problem.severity === 'error') ? 'error' : 'warning')),
  ];
}

function ruleDescriptor(check: Check, rule: Rule, severity: Severity): Descriptor {
  const paragraphs = [
    ['Why', rule.why],
    ['What to do', rule.remediation],
    ['When it may be wrong', rule.falsePositives],
    [`Check ${check.id}`, `${check.title}. ${check.question}`],
    ...(sourcesOf(check, rule).length > 0 ? [['Sources', sourcesOf(check, rule).map(editioned).join('; ')]] : []),
  ] as const;
  const url = docsUrl(rule.id);
  // What a team wrote into its rules is text and never markup.
  const written = (text: string): string => (check.custom ? escapeMarkdown(text) : text);
  return {
    id: rule.id,
    name: pascalCase(rule.slug),
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.why },
    help: {
      text: [...paragraphs.map(([head, text]) => `${head}: ${text}`), `More: ${url}`].join('\n\n'),
      markdown: [`# ${rule.id} ${written(rule.title)}`, ...paragraphs.map(([head, text]) => `**${head}.** ${written(text)}`), `[Documentation of ${rule.id}](${url})`].join('\n\n'),
    },
    helpUri: url,
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      precision: PRECISION[rule.type],
      'problem.severity': LEVELS[rule.severity] === 'note' ? 'recommendation' : LEVELS[rule.severity],
      severity: rule.severity,
      tags: [...new Set(['machine-learning', 'architecture', check.category, CATEGORIES[check.category], check.failureMode, rule.type, check.id])],
    },
  };
}

function acceptanceDescriptor(id: string, title: string, severity: Severity): Descriptor {
  const url = docsUrl(id);
  const why = 'A risk is accepted for a reason, by somebody, until a day; otherwise it is only silenced.';
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: `${sentence(id.replace('/', ': '))}.` },
    fullDescription: { text: why },
    help: { text: `Why: ${why}\n\nWhat to do: ${title}\n\nMore: ${url}`, markdown: `**Why.** ${why}\n\n**What to do.** ${title}\n\n[Documentation](${url})` },
    helpUri: url,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SECURITY_SEVERITY[severity], precision: 'very-high', severity, tags: ['machine-learning', 'architecture', 'acceptance'] },
  };
}

function plainDescriptor(id: string, title: string, help: string, level: 'error' | 'warning' | 'note'): Descriptor {
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}.` },
    help: { text: help, markdown: id === QUESTION_RULE ? help : escapeMarkdown(help) },
    defaultConfiguration: { level },
    properties: { precision: 'very-high', tags: [id === QUESTION_RULE ? 'question' : 'language'] },
  };
}

export function higher(a: Severity | undefined, b: Severity): Severity {
  return a !== undefined && SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

const pascalCase = (slug: string): string => slug.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

/** `unknown-property` → `Unknown property`. */
const sentence = (code: string): string => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
