import { allDecisions } from '../../analysis/decisions/decisions.ts';
import type { DecisionRecord } from '../../analysis/decisions/record.ts';
import type { Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { code, paragraph, strong, tableOr } from './words.ts';

/** The decisions of a system in a table: what was decided, what the roadmap asks to be decided, and what nobody wrote down. */
export function decisionLogSection(subject: ReportSubject): Section {
  const { context, review, redact } = subject;
  const records = allDecisions(context, review, subject.roadmap, subject.target?.state);
  const of = (origin: DecisionRecord['origin']): DecisionRecord[] => records.filter((record) => record.origin === origin);
  const table = (rows: readonly DecisionRecord[], empty: string) => tableOr(
    [{ title: 'Decision', width: 3 }, { title: 'Status' }, { title: 'Why', width: 4 }, { title: 'Linked to', width: 2.5 }, { title: 'Think again', width: 3 }],
    rows.map((record) => rowOf(record, redact)),
    empty,
  );
  return {
    id: 'decision-log',
    title: 'Decision log',
    startsPage: true,
    blocks: [paragraph('Proposed decisions are for somebody to accept or to turn down. As records, one a file: ', code('mlarch decisions --proposed -o DIR'), '.')],
    sections: [
      { id: 'decisions-declared', title: 'Declared', blocks: [table(of('declared'), 'The file declares no decision.')] },
      { id: 'decisions-roadmap', title: 'Proposed by the roadmap', blocks: [table(of('roadmap'), 'No finding asks for a decision.')] },
      { id: 'decisions-implicit', title: 'Seen in the system, written down nowhere', blocks: [table(of('implicit'), 'Nothing that the file shows is left without a decision.')] },
    ],
  };
}

const MOST_NAMES = 5;

function rowOf({ title, status, date, makers, context, drivers, findings, components, revisit }: DecisionRecord, redact: boolean): Inline[][] {
  const linked = [...components, ...findings];
  const why = drivers.length > 0 && context === '' ? drivers.join('; ') : context;
  return [
    [strong(title)],
    [status, ...(date === undefined ? [] : [` ${date}`]), ...(makers === undefined || redact ? [] : [`, ${makers}`])],
    [why === '' ? 'not declared' : why],
    linked.slice(0, MOST_NAMES).flatMap((name, index): Inline[] => [...(index > 0 ? [', '] : []), code(name)]).concat(linked.length > MOST_NAMES ? [` and ${linked.length - MOST_NAMES} more`] : []),
    [revisit ?? 'not declared'],
  ];
}
