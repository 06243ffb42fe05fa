import { formatDuration, formatShare } from '../../../analysis/format.ts';
import { entriesOf } from '../../../analysis/serving/services.ts';
import { availabilityOf } from '../../../model/graph/availability.ts';
import { value } from '../../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, tableOr } from '../words.ts';

/** What share of the time an answer can be had, as the product of what must work. */
export function availabilityAnalysis({ context: { architecture } }: ReportSubject): Section {
  const blocks = entriesOf(architecture).flatMap(({ consumer, service }): Block[] => {
    const { total, terms, missing } = availabilityOf(architecture, consumer, service);
    const promised = value(consumer, 'slo')?.availability ?? value(service, 'slo')?.availability;
    const name = `${consumer.name} → ${service.name}`;
    const objective = promised ? ` The objective is ${formatShare(promised)}, ${downText(promised.low)} a month.` : ' No objective is declared.';
    if (terms.length === 0) return [paragraph(code(name), `: not known, since no part of the way declares an availability.${objective}`)];
    const rows = terms.map((term): Inline[][] => [[term.components.join(' or ')], [formatShare(term.value)], [{ availability: 'declared', slo: 'promised', fallback: 'one of them must work' }[term.property]], [downText(term.value.low)]]);
    const bound = missing.length > 0 ? 'at most ' : '';
    return [
      tableOr([{ title: 'What must work', width: 3 }, { title: 'Share of time', width: 2 }, { title: 'From', width: 2 }, { title: 'Away a month', width: 2 }], [...rows, [['All of it'], [`${bound}${formatShare(total)}`], ['product'], [`${missing.length > 0 ? 'at least ' : ''}${downText(total.low)}`]]], '', { caption: name, namedRows: true }),
      paragraph(`Failures are taken as independent.${missing.length > 0 ? ` Not declared, and counted as always there: ${missing.slice(0, 8).join(', ')}${missing.length > 8 ? ' …' : ''}.` : ''}${objective}`),
    ];
  });
  return { id: 'analysis-availability', title: 'Availability', blocks: blocks.length > 0 ? blocks : [paragraph('Nobody waits for an answer, as far as declared.')] };
}

const downText = (share: number): string => (share >= 1 ? 'never' : formatDuration(Number(((1 - share) * SECONDS_PER_MONTH).toPrecision(3))));
