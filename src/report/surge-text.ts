import type { Estimated } from '../analysis/estimation/estimated.ts';
import type { Surge, SurgeFigures } from '../analysis/estimation/surges.ts';
import { formatDuration, formatNumber, formatQuantity } from '../analysis/format.ts';
import type { Palette } from './estimate-text.ts';

/** Rises of the traffic for a person at a terminal, a line for each service that is scaled. */
export function surgesText(surges: readonly Surge[], palette: Palette): string {
  if (surges.length === 0) return '';
  const { bold, dim } = palette;
  const width = Math.max(...surges.map(({ component }) => component.length), 8);
  return [bold('When traffic rises') + dim('  (until new replicas answer)'), ...surges.map((surge) => `  ${surge.component.padEnd(width)}  ${surgeRow(surge, palette)}`)].join('\n');
}

function surgeRow({ missing, refused, figures }: Surge, palette: Palette): string {
  const { dim } = palette;
  if (figures) return figuresRow(figures, palette);
  return dim(`not known: ${refused ?? `${missing.map(({ component, property }) => `${property} of ${component}`).join(', ')} not declared`}`);
}

function figuresRow(figures: SurgeFigures, { red, yellow, dim }: Palette): string {
  const { backlog, drains, within, factor, declared, reaction, longestWait, drainTime } = figures;
  const pace = within > 0 ? `within ${formatDuration(within)}` : declared ? 'at once' : 'at once, from the mean';
  const rise = `${formatNumber(rounded(factor))}× ${pace}, new replicas answer after ${about(reaction)}`;
  const waits = backlog.value < 0.5 ? 'nobody waits for them' : `${bounded(backlog)}${formatNumber(rounded(backlog.value))} ${backlog.value < 1.5 ? 'request waits' : 'requests wait'}`;
  const ends = backlog.value < 0.5 ? '' : drains === false ? `, and the queue never drains` : longestWait && drainTime ? `, the longest ${time(longestWait.value)}, gone ${time(drainTime.value)} later` : '';
  const paint = drains === false ? red : backlog.value < 0.5 ? String : yellow;
  return `${rise}: ${paint(`${waits}${ends}`)}${headroomText(figures)}  ${dim(`(${backlog.high < 0.5 ? 'nobody' : `${formatNumber(rounded(backlog.low))} to ${formatNumber(rounded(backlog.high))} waiting`}, ${backlog.provenance})`)}`;
}

function headroomText({ headroom, obstacle, before }: SurgeFigures): string {
  if (obstacle !== undefined) return `; no number of replicas before the rise helps: ${obstacle}`;
  if (!headroom) return '';
  const { replicas, target, objective, most } = headroom;
  const held = objective ? `${objective.percentile} ≤ ${formatQuantity(objective.limit)}` : '80 % busy';
  const band = replicas.high > replicas.low ? `${formatNumber(replicas.low)} to ${formatNumber(replicas.high)}` : '';
  if (replicas.value <= before) return `; the ${formatNumber(before)} that run hold ${held}${band === '' ? '' : ` (${band} would)`}`;
  const limit = most === undefined ? '' : `, but no more than ${formatNumber(most)} may run`;
  return `; ${bounded(replicas)}${formatNumber(replicas.value)}${band === '' ? '' : ` (${band})`} ${replicas.value === 1 ? 'replica' : 'replicas'} before the rise${limit === '' ? ` (a target of ${formatNumber(rounded(target.value * 100))} %)` : ''} would hold ${held}${limit}`;
}

const rounded = (figure: number): number => Number(figure.toPrecision(2));

/** Waits and starts are compared with each other in seconds up to a few minutes. */
const time = (seconds: number): string => (seconds >= 60 && seconds < 300 ? `${formatNumber(Math.round(seconds))} s` : formatDuration(rounded(seconds)));

const about = (figure: Estimated): string => `${bounded(figure)}${time(figure.value)}`;

const bounded = ({ bound }: Estimated): string => (bound ? `${bound} ` : '');
