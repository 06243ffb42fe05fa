import type { Ends, MeasureNext } from '../analysis/estimation/measure-next.ts';
import type { Tail, WhatIf } from '../analysis/estimation/what-if.ts';
import { formatDuration, formatNumber } from '../analysis/format.ts';
import { money } from './cost-text.ts';
import type { Palette } from './estimate-text.ts';

/** Techniques with what they would change, for a person: a few lines each, the largest saving first. */
export function whatIfText(offers: readonly WhatIf[], palette: Palette): string {
  const { bold, dim } = palette;
  const title = bold('What if') + dim('  (each solved anew at today’s peak)');
  return offers.length === 0 ? `${bold('What if')}  ${dim('no technique that applies here makes a service better')}` : [title, ...offers.flatMap((offer) => offerRows(offer, palette))].join('\n');
}

function offerRows({ component, techniques, edits, capacity, ways, cost, fewer, saving, accuracy, provenance, assumptions }: WhatIf, palette: Palette): string[] {
  const { bold, dim, green, red } = palette;
  const currency = cost.before?.currency ?? '';
  const replicas = fewer && saving !== undefined && cost.before && cost.after && fewer.cost.value < cost.after.value ? ` with ${formatNumber(fewer.replicas)} replicas in place of ${formatNumber(fewer.before)}` : '';
  const saved = saving === undefined ? dim('saving not known') : Math.abs(saving) < 0.005 ? dim('costs the same') : saving > 0 ? green(`saves ${money(saving)} ${currency} a month${replicas}`) : red(`costs ${money(-saving)} ${currency} a month more${replicas}`);
  const { before, after } = capacity;
  const takes = before && after ? [`takes ${before.bound ? `${before.bound} ` : ''}${rate(before.value)} → ${rate(after.value)} req/s ${dim(`(${rate(after.low)} to ${rate(after.high)})`)}`] : [];
  const tails = ways.map(({ from, to, before: was, after: is }) => `p99 ${wayName(from, to)} ${tail(was)} → ${tail(is)}${mark(is, palette)}`);
  const then = fewer && replicas !== '' ? [`    with ${formatNumber(fewer.replicas)} replicas ${ways.map(({ from, to }, index) => `p99 ${wayName(from, to)} ${tail(fewer.ways[index] ?? NOTHING)}${mark(fewer.ways[index] ?? NOTHING, palette)}`).join('  ')}`] : [];
  return [
    `  ${bold(component)}  ${techniques.join(' + ')}  ${saved}`,
    `    ${edits.join('; ')}`,
    `    ${[...takes, ...tails].join('  ')}  ${dim(provenance)}`,
    ...then,
    ...(accuracy === undefined ? [] : [`    accuracy: ${accuracy}`]),
    ...(assumptions.length > 0 ? [dim(`    taken for granted: ${assumptions.join('; ')}`)] : []),
  ];
}

const NOTHING: Tail = { overloaded: [] };

const wayName = (from: string, to: string): string => (from === to ? `through ${to}` : `${from} to ${to}`);

const rate = (value: number): string => formatNumber(Number(value.toPrecision(3)));

const tail = ({ p99, overloaded }: Tail): string => (overloaded.length > 0 ? 'overloaded' : p99 ? time(p99.value) : 'not known');

const mark = ({ verdict }: Tail, { green, red, yellow }: Palette): string => (verdict ? ` ${{ met: green('✓'), missed: red('✗'), open: yellow('?') }[verdict]}` : '');

const time = (seconds: number): string => formatDuration(Number(seconds.toPrecision(2)));

const MOST_SHOWN = 3;

/** The few numbers that would narrow the answers most, each once; empty where everything is measured. */
export function measureNextText(list: readonly MeasureNext[], { bold, dim }: Pick<Palette, 'bold' | 'dim'>): string {
  const first = new Map<string, MeasureNext>();
  for (const next of list) {
    const key = `${next.component}.${next.property}`;
    if (!first.has(key)) first.set(key, next);
  }
  const shown = [...first.values()].slice(0, MOST_SHOWN);
  return shown.length === 0 ? '' : [bold('Measure next:'), ...shown.map((next) => `  ${plain(next.how)}: ${dim(effect(next))}`)].join('\n');
}

/** Backquotes are for documents. */
const plain = (text: string): string => text.replaceAll('`', '');

function effect({ component, property, narrows, way, from, to }: MeasureNext): string {
  const what = { bottleneck: 'the multiple of today’s peak at which the first station is full', latency: `the latency ${way ? wayName(way.from, way.to) : `of ${component}`}`, cost: 'the cost a month' }[narrows];
  const show = (figure: number): string => (narrows === 'latency' ? time(figure) : narrows === 'cost' ? money(figure) : `${formatNumber(Number(figure.toPrecision(2)))}×`);
  const ends = ({ low, high }: Ends): string => (high === undefined ? `at least ${show(low)}` : low > 0 ? `${show(low)} to ${show(high)}` : `at most ${show(high)}`);
  if (from && to) return `${what} is ${ends(from)} now, and would be ${ends(to)}`;
  return { bottleneck: property === 'peak' ? 'without it nobody can say how busy anything is' : `whether ${component} is full first cannot be said without it`, latency: `without it only the least of ${what} can be said`, cost: 'without it a part of the cost is left out' }[narrows];
}
