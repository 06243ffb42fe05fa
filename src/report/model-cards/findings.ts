import type { Finding } from '../../analysis/finding.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import { code, paragraph, ruleLink, severityMark, tableOr } from '../review-report/words.ts';
import type { CardSubject } from './part.ts';

/** What the review found about the model and what belongs to it, and which of that is accepted. */
export function findings({ architecture, review, dossier: { names, data } }: CardSubject): Section {
  const about = new Set([...names, ...data.map(({ name }) => name)]);
  const own = (component: string): boolean => {
    const name = component.slice(architecture.system.name.length + 1);
    return name !== '' && name.split('->').every((part) => about.has(part.trim()));
  };
  const row = ({ severity, rule, component, message }: Finding): Inline[][] => [[severityMark(severity)], [ruleLink(rule)], [code(component)], [message]];
  const accepted = review.accepted.filter(({ finding }) => own(finding.component));
  const rest = review.findings.filter(({ component }) => !own(component)).length;
  const blocks: Block[] = [
    tableOr([{ title: 'Severity' }, { title: 'Rule' }, { title: 'Where', width: 2 }, { title: 'What was found', width: 5 }], review.findings.filter(({ component }) => own(component)).map(row), 'The review has no open finding about it.'),
    ...(accepted.length > 0 ? [{ kind: 'list' as const, items: accepted.map(({ finding, because, by, until }) => ({ text: ['Accepted until ', until, ' by ', by, ': ', ruleLink(finding.rule), ' ', finding.message, ' Because: ', because] })) }] : []),
    ...(rest > 0 ? [paragraph(`Findings about other parts of the system, which are not listed here: ${rest}.`)] : []),
  ];
  return { id: 'findings', title: 'Open findings', blocks };
}
