import { valueAge } from '../../../analysis/data/value-age.ts';
import { formatDuration, formatQuantity } from '../../../analysis/format.ts';
import { detectionChains } from '../../../analysis/monitoring/detection-chain.ts';
import { truthJoins } from '../../../analysis/monitoring/truth-join.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, tableOr } from '../words.ts';

const span = (low: number, high: number): string => formatQuantity({ low: Number(low.toPrecision(3)), high: Number(high.toPrecision(3)), unit: 's' });

/** How old values can be when they are used: each job on the way just missed. */
export function freshnessAnalysis({ context: { architecture } }: ReportSubject): Section {
  const rows = componentsOf(architecture, 'features').flatMap((group): Inline[][][] => {
    const age = valueAge(architecture, group);
    const allowed = value(group, 'freshness');
    if (!age) return allowed ? [[[code(group.name)], ['not known: no interval on the way is declared'], [''], [formatQuantity(allowed)], ['open']]] : [];
    const parts = [...age.terms.map((term) => `${term.component} ${term.property} ${formatQuantity(term.value)}`), ...age.own.map((quantity, index) => `${index === 0 ? 'renewed every' : 'in'} ${formatQuantity(quantity)}`)];
    const verdict = !allowed ? 'no limit declared' : age.total.low > allowed.high ? 'too old' : age.mixedIn === undefined && age.total.high <= allowed.low ? 'within it' : 'open';
    return [[[code(group.name)], [parts.join(' + ')], [`${age.mixedIn === undefined ? '' : 'at least '}${span(age.total.low, age.total.high)}`], [allowed ? formatQuantity(allowed) : 'not declared'], [verdict]]];
  });
  return { id: 'analysis-freshness', title: 'Freshness of values', blocks: [tableOr([{ title: 'Values', width: 2 }, { title: 'Made of', width: 4 }, { title: 'Oldest', width: 2 }, { title: 'May be', width: 1.5 }, { title: 'Verdict' }], rows, 'No feature values with an interval or a limit of age are declared.')] };
}

/** From the first wrong answer to the version before. */
export function detectionAnalysis({ context }: ReportSubject): Section {
  const chains = detectionChains(context);
  const blocks = chains.flatMap(({ service, steps, total, tolerance, detection }): Block[] => {
    const rows = steps.map(({ what, component, time, note }): Inline[][] => [[what], component === undefined ? [''] : [code(component)], [time ? formatQuantity(time) : 'not declared'], [note ?? '']]);
    const seen = detection ? ` Seen after ${detection.high === undefined ? 'at least ' : ''}${formatDuration(detection.low)}, where ${formatQuantity(tolerance)} ${tolerance.declared ? 'is allowed by the file' : 'is usual at this criticality'}.` : '';
    return [
      tableOr([{ title: 'Step', width: 2 }, { title: 'By', width: 2 }, { title: 'Time', width: 1.5 }, { title: 'Note', width: 4 }], rows, '', { caption: service.name }),
      paragraph(total.high > 0 ? `At least ${span(total.low, total.high)} from a wrong answer to the version before, from what is declared; how long people take is not.${seen}` : `Nothing of it is declared.${seen}`),
    ];
  });
  return { id: 'analysis-detection', title: 'From a wrong answer to the version before', blocks: blocks.length > 0 ? blocks : [paragraph('No service in production that answers with a learned model is declared.')] };
}

/** Whether predictions are still there when their truth arrives. */
export function retentionAnalysis({ context: { architecture } }: ReportSubject): Section {
  const rows = truthJoins(architecture).map(({ labels, delay, store, retention }): Inline[][] => {
    const verdict = !delay || !retention ? 'open' : retention.low >= delay.high ? 'kept long enough' : retention.high < delay.low ? 'gone before truth comes' : 'the latest truth finds nothing';
    return [[code(labels.name)], [delay ? formatQuantity(delay) : 'not declared'], store ? [code(store.name)] : ['not declared'], [retention ? formatQuantity(retention) : 'not declared'], [verdict]];
  });
  return { id: 'analysis-retention', title: 'Predictions kept until truth arrives', blocks: [tableOr([{ title: 'Truth', width: 2 }, { title: 'Arrives after', width: 2 }, { title: 'Predictions in', width: 2 }, { title: 'Kept for', width: 2 }, { title: 'Verdict', width: 2 }], rows, 'No truth about answers in production is declared.')] };
}
