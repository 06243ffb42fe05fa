import { evidenceMix } from '../../analysis/evidence-mix.ts';
import type { Section } from '../document/block.ts';
import { formatNumber } from '../../analysis/format.ts';
import type { ReportSubject } from './subject.ts';
import { code, paragraph, plural } from './words.ts';

/** What the report rests on: which file, which rules, who declared it, and how much of it was checked against anything. */
export function provenanceSection(subject: ReportSubject): Section {
  const { context, provenance, redact } = subject;
  const { system } = context.architecture;
  const { facts, linked, verified, missing } = evidenceMix(context.architecture);
  const owner = system.properties.owner;
  return {
    id: 'provenance',
    title: 'Provenance and independence',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { term: 'System', definition: [`${system.name}${system.properties.version?.state === 'present' ? `, version ${system.properties.version.value}` : ''}`] },
          ...(redact ? [] : [{ term: 'Read from', definition: provenance.files.flatMap((file, index) => [...(index > 0 ? [', '] : []), code(file)]) }]),
          ...(provenance.commit === undefined ? [] : [{ term: 'Commit', definition: [code(provenance.commit)] }]),
          { term: 'Content', definition: ['SHA-256 ', code(provenance.digest.slice(0, 16))] },
          { term: 'Rules', definition: [`mlarch ${provenance.version}: 20 checks, ${plural(subject.review.verdicts.length, 'rule')}`] },
          { term: 'Date', definition: [`${context.today}; acceptances, documents and tests were aged to this day`] },
          ...(owner?.state === 'present' && !redact ? [{ term: 'Declared by', definition: [String(owner.value)] }] : []),
          { term: 'Basis', definition: [`A self-declared model of ${plural(facts, 'stated fact')}: ${formatNumber(verified)} backed by a file that was found, ${formatNumber(linked)} by a link that was not opened${missing > 0 ? `, ${formatNumber(missing)} by a file that is missing` : ''}, the rest by the declaration alone.`] },
        ],
      },
      paragraph('The findings follow from the file by fixed rules: the same file and the same version of the rules give the same report, whoever runs it. Nobody looked at the running system, nothing was measured or load-tested, and a declaration that is untrue makes a report that is untrue. Figures marked “published claim” are quoted from public guides and were not measured. This is no legal advice.'),
    ],
  };
}
