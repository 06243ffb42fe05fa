import type { NotApplicable } from '../../analysis/finding.ts';
import type { Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { code, paragraph, plural, ruleLink, severityMark, tableOr } from './words.ts';

/** Rules that do not apply to the same for the same reason are told together. */
function alike(entries: readonly NotApplicable[]): { readonly rules: readonly string[]; readonly component?: string; readonly because: string }[] {
  const groups = new Map<string, { rules: string[]; component?: string; because: string }>();
  for (const { rule, component, because } of entries) {
    const key = JSON.stringify([component, because]);
    const group = groups.get(key);
    if (!group) groups.set(key, { rules: [rule], component, because });
    else if (!group.rules.includes(rule)) group.rules.push(rule);
  }
  return [...groups.values()];
}

/** What could not be judged, in the order of what an answer is worth; what does not apply, with its reason; and what was accepted. */
export function openQuestionsSection({ review, redact }: ReportSubject): Section {
  const { questions, notApplicable, accepted, verdicts } = review;
  const failed = verdicts.filter(({ verdict }) => verdict === 'failed');
  return {
    id: 'questions',
    title: 'What could not be judged, does not apply, or was accepted',
    startsPage: true,
    blocks: [
      ...(failed.length > 0 ? [{ kind: 'note' as const, tone: 'warning' as const, text: [`${failed.map(({ rule }) => rule).join(', ')} could not be run and says nothing. This is a fault of mlarch.`] }] : []),
    ],
    sections: [
      {
        id: 'open-questions',
        title: `Open questions (${questions.length})`,
        blocks: [paragraph('The most valuable first: the risk that an answer could remove, for the time that it takes.'), tableOr([{ title: 'Rule' }, { title: 'About', width: 2 }, { title: 'Question', width: 6 }, { title: 'Property', width: 2 }], questions.map(({ rule, component, message, property }): Inline[][] => [[ruleLink(rule)], [code(component)], [message], [property === undefined ? '' : code(property)]]), 'Nothing is open.')],
      },
      {
        id: 'not-applicable',
        title: `Not applicable (${notApplicable.length})`,
        blocks: [tableOr([{ title: 'Rules', width: 2 }, { title: 'About', width: 2 }, { title: 'Because', width: 6 }], alike(notApplicable).map(({ rules, component, because }): Inline[][] => [rules.flatMap((rule, index): Inline[] => [...(index > 0 ? [', '] : []), ruleLink(rule)]), [component === undefined ? '' : code(component)], [because]]), 'Every rule applies.')],
      },
      {
        id: 'accepted',
        title: `Accepted risks (${accepted.length})`,
        blocks: [paragraph(accepted.length === 0 ? 'No risk is accepted.' : `${plural(accepted.length, 'risk is', 'risks are')} accepted until the day named; then the finding is open again.`), ...(accepted.length === 0 ? [] : [tableOr([{ title: 'Finding', width: 2 }, { title: 'Severity' }, { title: 'Because', width: 4 }, { title: 'By' }, { title: 'Until' }], accepted.map(({ finding, because, by, until }): Inline[][] => [[`${finding.rule} ${finding.component}`], [severityMark(finding.severity)], [redact ? 'left out' : because], [redact ? 'left out' : by], [until]]), '')])],
      },
    ],
  };
}
