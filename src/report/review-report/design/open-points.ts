import type { Finding, Question } from '../../../analysis/finding.ts';
import type { Inline, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { code, findingLink, ruleLink, severityMark } from '../words.ts';
import { coded } from './declared.ts';

/** What of the review bears on a part of the design. */
export interface OpenPoints {
  readonly findings: readonly Finding[];
  readonly questions: readonly Question[];
}

/** Findings and questions of some checks (`ML09`) or rules (`ML12.3`); of some components, where they are named. */
export function openPoints({ review }: ReportSubject, rules: readonly string[], components?: ReadonlySet<string>): OpenPoints {
  const bears = ({ rule, check, component }: Pick<Finding, 'rule' | 'check' | 'component'>): boolean => (rules.includes(check) || rules.includes(rule)) && (components?.has(nameOf(component)) ?? true);
  return { findings: review.findings.filter(bears), questions: review.questions.filter(bears) };
}

/** `Scorer` of `CardFraud.Scorer`. */
const nameOf = (component: string): string => component.slice(component.indexOf('.') + 1);

/** `none`, or the findings with their severity. */
export const findingsText = (findings: readonly Finding[]): Inline[] => (findings.length === 0 ? ['no finding is open'] : findings.flatMap((finding, index): Inline[] => [...(index > 0 ? [', '] : []), findingLink(finding), ' (', severityMark(finding.severity), ')']));

/** What stands in the way of a design: findings to close, and what would have to be declared. Undefined where nothing is open. */
export function openSection(subject: ReportSubject, id: string, rules: readonly string[]): Section[] {
  const { findings, questions } = openPoints(subject, rules);
  const accepted = subject.review.accepted.filter(({ finding }) => rules.includes(finding.check) || rules.includes(finding.rule));
  if (findings.length + questions.length + accepted.length === 0) return [];
  const asked = questions.map((question): Inline[] => [ruleLink(question.rule), ' ', ...askedText(question, subject)]);
  return [
    {
      id,
      title: 'What is open',
      blocks: [
        ...(findings.length > 0 ? [{ kind: 'paragraph' as const, text: ['To close first: ', ...findingsText(findings), '.'] }] : []),
        ...accepted.map(({ finding, until }) => ({ kind: 'paragraph' as const, text: ['Accepted until ', until, ': ', ruleLink(finding.rule), ' ', code(finding.component), '.'] })),
        ...(asked.length > 0 ? [{ kind: 'list' as const, items: asked.map((text) => ({ text })) }] : []),
      ],
    },
  ];
}

/** People outside learn which property is open, and not what was asked with the values of the file. */
const askedText = ({ message, component, property }: Question, { redact }: ReportSubject): Inline[] => [...(redact ? ['Not declared'] : coded(message)), ' (', code(component), ...(property === undefined ? [] : [': ', code(property)]), ')'];
