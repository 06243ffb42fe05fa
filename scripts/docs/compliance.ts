import { annexIvMapping } from '../../src/analysis/compliance/annex-iv.ts';
import { LEGAL_DATES, type LegalDate } from '../../src/analysis/compliance/legal-dates.ts';

/** What the criteria of compliance take as given: legal dates, and what of a file answers Annex IV. */
export function complianceBasis(): string {
  const dates: readonly LegalDate[] = Object.values(LEGAL_DATES);
  const rows = dates.map(({ law, article, what, date, formerly, certainty, checkedOn, source }) => `| ${law}, ${article} | ${what} | ${date}${formerly === undefined ? '' : ` (before: ${formerly})`} | ${certainty} | ${checkedOn} | ${source} |`);
  const sections = annexIvMapping().flatMap(({ number, title, points }) => points.map(({ what, declare }) => `| ${number} ${title} | ${what} | ${declare} |`));
  return [
    '## Legal dates',
    'Dates are told in the messages and decide nothing. Each is as good as the day on which it was looked up; ask whoever advises on law before relying on one.',
    `| Law | What begins | Date | How sure | Checked on | Source |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`,
    '## Annex IV and the file',
    'What COMP-02 looks for in each section of the technical documentation of a high-risk system, and what of a file answers it.',
    `| Section | What it asks for | Declare |\n| --- | --- | --- |\n${sections.join('\n')}`,
  ].join('\n\n');
}
