import type { CostDifference, Load, WayTime } from '../analysis/comparison/figures.ts';
import type { SystemComparison } from '../analysis/comparison/compare.ts';
import type { FindingChange } from '../analysis/comparison/findings.ts';
import { pairOf, type Pair } from '../analysis/comparison/pairs.ts';
import type { ElementDifference, PropertyDifference } from '../analysis/comparison/structure.ts';
import type { CostTotal } from '../analysis/estimation/cost/tree.ts';
import type { Bottleneck } from '../analysis/estimation/estimate.ts';
import type { Estimated } from '../analysis/estimation/estimated.ts';
import { formatDuration, formatNumber, formatQuantity } from '../analysis/format.ts';
import type { Interval } from '../analysis/score.ts';
import { money } from './cost-text.ts';
import { oneLine } from './escape-markdown.ts';

/** How the figures of a comparison are said, in a terminal and in Markdown alike. Nothing here is escaped or painted. */

export const SIGNS: Readonly<Record<ElementDifference['change'], string>> = { added: '+', changed: '~', removed: '−', moved: '>' };

export const intervalText = ({ assured, potential }: Interval): string => (assured === potential ? assured.toFixed(1) : `${assured.toFixed(1)} to ${potential.toFixed(1)}`);

const two = (figure: number): number => Number(figure.toPrecision(2));
const three = (figure: number): number => Number(figure.toPrecision(3));
const bounded = ({ bound }: { readonly bound?: string }): string => (bound ? `${bound} ` : '');

export const timesText = (multiple: Estimated): string => `${bounded(multiple)}${formatNumber(two(multiple.value))}×`;
export const rateText = (rate: Estimated): string => `${bounded(rate)}${formatQuantity({ low: three(rate.value), high: three(rate.value), unit: 'req/s' })}`;
export const shareText = (share: Estimated): string => `${bounded(share)}${formatNumber(two(share.value * 100))} %`;
export const limitText = ({ component, multiple }: Bottleneck): string => `${component} at ${timesText(multiple)}`;

/** `p99 76 ms (32 ms to 110 ms) → 44 ms (26 ms to 110 ms), p99 ≤ 120 ms met`. */
export function wayText(way: Pair<WayTime>): string {
  const time = ({ p99, overloaded }: WayTime): string =>
    overloaded.length > 0 ? `overloaded at ${overloaded.join(', ')}` : p99 ? `p99 ${bounded(p99)}${formatDuration(two(p99.value))}${p99.high > p99.low ? ` (${formatDuration(two(p99.low))} to ${formatDuration(two(p99.high))})` : ''}` : 'time not known';
  return inParts(way, [time, ({ objective }) => (objective ? `${objective.percentile} ≤ ${formatQuantity(objective.limit)}` : undefined), ({ objective, verdict }) => objective && (verdict ?? 'open')]);
}

/** What reaches a service, what it takes, how busy it is: `1,200 req/s, takes 7,470 req/s, ×2 → ×4, 64 % busy → 32 % busy`. */
export function loadText(load: Pair<Load>): string {
  return inParts(load, [
    ({ traffic }) => traffic && rateText(traffic),
    ({ capacity }) => capacity && `takes ${rateText(capacity)}`,
    ({ replicas }) => (replicas === undefined ? undefined : `×${replicas}`),
    ({ utilisation }) => utilisation && `${shareText(utilisation)} busy`,
    ({ breaksAt }) => breaksAt && `full at ${timesText(breaksAt)}`,
  ]);
}

/** Each part with an arrow where it reads differently; what is only on one side as a whole, where there is but one side. */
function inParts<T>({ before, after }: Pair<T>, parts: readonly ((side: T) => string | undefined)[]): string {
  const texts = parts.flatMap((part) => {
    const [was, is] = [before && part(before), after && part(after)];
    if (was === undefined && is === undefined) return [];
    return [before && after ? arrow(pairOf(was, is), String) : (is ?? was ?? '')];
  });
  const text = texts.join(', ') || 'not known';
  return before && after ? text : before ? `${text} → –` : `– → ${text}`;
}

/** `at least 8,000 USD (6,000 to 11,000)`, money a month. */
export function totalText(total: CostTotal): string {
  if (total.value === 0 && total.unknown.length > 0) return 'not known';
  const [low, high] = [money(total.low), money(total.high)];
  return `${bounded(total)}${money(total.value)} ${total.currency}${low === high ? '' : ` (${low} to ${high})`}`;
}

/** `+1,200 USD (+12 %)`; empty where nothing can be subtracted. */
export function costChangeText({ before, after, change }: Pair<CostTotal> & { readonly change?: number }): string {
  if (change === undefined) return '';
  const currency = (after ?? before)?.currency ?? '';
  const share = before && before.value > 0 && change !== 0 ? ` (${signed(two((change / before.value) * 100), formatNumber)} %)` : '';
  const known = before?.bound || after?.bound ? ' of what is known' : '';
  return `${signed(change, money)} ${currency}${share}${known}`;
}

export const signed = (number: number, text: (size: number) => string): string => (number === 0 ? '±0' : `${number > 0 ? '+' : '−'}${text(Math.abs(number))}`);

/** Whether a bill is another; where only a band moved too. */
export const costDiffers = ({ components, leftOut }: CostDifference): boolean => components.length + leftOut.added.length + leftOut.removed.length > 0;

/** Both sides of a figure with an arrow between; one side where both read the same, and a dash for none. */
export function arrow<T>({ before, after }: Pair<T>, text: (side: T) => string): string {
  const [was, is] = [before === undefined ? '–' : text(before), after === undefined ? '–' : text(after)];
  return was === is ? is : `${was} → ${is}`;
}

export const countOf = ({ findings }: SystemComparison, change: FindingChange): number => findings.filter((finding) => finding.change === change).length;

/** `+2 −5 findings`: what is newly open, and what no longer is. */
export function findingsHeadline(system: SystemComparison): string {
  const [more, fewer] = [countOf(system, 'added') + countOf(system, 'reopened'), countOf(system, 'fixed') + countOf(system, 'accepted')];
  return more + fewer === 0 ? 'findings unchanged' : `findings +${more} −${fewer}`;
}

/** `45 components and 60 flows`. */
export function unchangedText({ unchanged }: SystemComparison['structure']): string {
  const words: readonly (readonly [number, string])[] = [[unchanged.component, 'component'], [unchanged.flow, 'flow'], [unchanged.absence + unchanged.decision + unchanged.acceptance + unchanged.target + unchanged.catalogue, 'other declaration']];
  return words.filter(([number]) => number > 0).map(([number, noun]) => `${number} ${noun}${number === 1 ? '' : 's'}`).join(', ').replace(/, (?=[^,]*$)/, ' and ') || 'nothing';
}

/** `service Scorer`, `flow App -> Scorer`, `system`, `price of gpu-x`. */
export function elementTitle({ sort, name, kind, from, to }: ElementDifference): string {
  const moved = from !== undefined ? `, moved from ${from}` : to !== undefined ? `, moved to ${to}` : '';
  switch (sort) {
    case 'component':
      return `${kind ?? ''} ${name}${moved}`;
    case 'flow':
      return `flow ${name.replace('->', ' -> ')}`;
    case 'absence':
      return `${name} as a whole`;
    case 'catalogue':
      return `${kind ?? ''} ${name}`;
    case 'decision':
      // A title is any text.
      return `decision ${oneLine(name)}`;
    case 'acceptance':
      return `accept ${name}`;
    case 'system':
      return 'the system itself';
    default:
      return `${sort} ${name}`;
  }
}

/** Whether a difference is worth a line: the kind of what came or went stands in its title already. */
export const isListed = ({ change, sort }: ElementDifference, { property }: PropertyDifference): boolean => !(sort === 'component' && property === 'kind' && (change === 'added' || change === 'removed'));

/** Properties as lines: sign, name and the texts. */
export const propertyLines = (element: ElementDifference): { readonly sign: '+' | '~' | '−'; readonly text: string }[] =>
  element.properties.filter((difference) => isListed(element, difference)).map(({ property, before, after }) => ({
    sign: before === undefined ? '+' : after === undefined ? '−' : '~',
    text: before !== undefined && after !== undefined ? `${property} ${before} → ${after}` : `${property} ${after ?? before ?? ''}`.trimEnd(),
  }));
