import type { Estimated } from '../analysis/estimation/estimated.ts';
import type { Estimation } from '../analysis/estimation/estimate.ts';
import type { PathAt, PathEstimate } from '../analysis/estimation/path-estimate.ts';
import type { RetryLoad } from '../analysis/estimation/retry-load.ts';
import type { StationAt, StationEstimate } from '../analysis/estimation/station-estimate.ts';
import { formatDuration, formatNumber, formatQuantity } from '../analysis/format.ts';
import { costText } from './cost-text.ts';
import { plansText } from './plans-text.ts';
import { surgesText } from './surge-text.ts';

/** What paints a text for a terminal; each is the identity where there are no colours. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

/** The figures for a person at a terminal: what breaks first, then each way and each station with small bars. */
export function estimateText(estimation: Estimation, palette: Palette): string {
  const { bold, dim } = palette;
  const sections = [
    `${bold(estimation.system)}  ${dim(estimation.file)}\n${headline(estimation, palette)}`,
    ...estimation.paths.map((path) => pathText(path, palette)),
    stationsText(estimation, palette),
    surgesText(estimation.surges, palette),
    costText(estimation.cost, palette),
    plansText(estimation, palette),
    missingText(estimation, palette),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function headline({ bottleneck }: Estimation, { bold, dim }: Palette): string {
  if (!bottleneck) return dim('Which station is full first cannot be said: no capacity with a known traffic is declared.');
  const { component, multiple, exhausted } = bottleneck;
  const verb = multiple.value < 1 ? 'is already beyond what it takes' : 'is full first';
  const when = exhausted && multiple.value >= 1 ? `, about ${exhausted.date} at ${formatNumber(Number((Math.max(...exhausted.growth.map(({ perMonth }) => perMonth)) * 100).toPrecision(2)))} % growth a month` : '';
  return `${bold(component)} ${verb}: at ${bold(`${times(multiple)} today’s peak`)}${when} ${dim(`(${bandText(multiple)})`)}`;
}

const times = (multiple: Estimated): string => `${multiple.bound ? `${multiple.bound} ` : ''}${formatNumber(Number(multiple.value.toPrecision(2)))}×`;

function pathText({ from, to, objective, at, missing }: PathEstimate, palette: Palette): string {
  const { bold, dim } = palette;
  const way = from === to ? `through ${to}` : `${from} to ${to}`;
  const promised = objective ? `  ${dim(`objective ${objective.percentile} ≤ ${formatQuantity(objective.limit)}`)}` : '';
  const silent = at.every(({ latency, overloaded }) => !latency && overloaded.length === 0);
  if (silent) return `${bold(`Latency ${way}`)}${promised}  ${dim(`not known: no time is declared for ${missing.join(', ')}`)}`;
  const rows = at.map((point) => pathRow(point, objective, palette));
  const left = missing.length > 0 ? [dim(`  without ${missing.join(', ')}: no time is declared, so these are lower bounds`)] : [];
  return [`${bold(`Latency ${way}`)}${promised}`, ...rows, ...left].join('\n');
}

function pathRow({ multiple, latency, overloaded, verdict, sizing }: PathAt, objective: PathEstimate['objective'], { red, green, yellow, dim }: Palette): string {
  const name = `  ${`${formatNumber(multiple)}×`.padStart(5)}`;
  const needs = sizing && verdict !== 'met' ? dim(`  ${sizing.obstacle ?? `needs ${sizing.replicas.map(({ component, count }) => `${component} ×${formatNumber(count)}`).join(', ')}`}`) : '';
  if (overloaded.length > 0) return `${name}  ${red(`overloaded: ${overloaded.join(', ')}`)}${needs}`;
  if (!latency) return `${name}  ${dim('not known')}`;
  const figures = (['p50', 'p95', 'p99'] as const).map((part) => `${part} ${shortTime(latency[part].value).padStart(7)}`).join('  ');
  const band = dim(`p99 ${shortTime(latency.p99.low)} to ${shortTime(latency.p99.high)}${latency.p99.bound ? ' or more' : ''}`);
  const mark = { met: green('✓ met'), missed: red('✗ missed'), open: yellow('? open') };
  const line = objective ? `  ${sloLine(latency[objective.percentile], objective.limit.high)} ${verdict ? mark[verdict] : ''}` : '';
  return `${name}  ${figures}  ${band}${line}${needs}`;
}

const LINE = 20;

/** The objective as a bar of so many cells: what the figure takes of it, and the band beyond as a lighter end. */
function sloLine(figure: Estimated, limit: number): string {
  const cells = (time: number): number => Math.max(0, Math.min(LINE, Math.round((time / limit) * LINE)));
  const [solid, reach] = [cells(figure.value), cells(figure.high)];
  return `▕${'█'.repeat(solid)}${'░'.repeat(Math.max(0, reach - solid))}${' '.repeat(LINE - Math.max(solid, reach))}▏`;
}

function stationsText({ stations, multiples }: Estimation, palette: Palette): string {
  const { bold, dim } = palette;
  const known = stations.filter((station) => station.at.length > 0 || station.capacity);
  if (known.length === 0) return '';
  const width = Math.max(...known.map(({ component }) => component.length), 8);
  const rows = known.map((station) => `  ${station.component.padEnd(width)}  ${stationRow(station, palette)}`);
  return [bold(`Stations at ${multiples.map((multiple) => `${formatNumber(multiple)}×`).join(', ')} today’s peak`) + dim('  (busy share of what runs; replicas)'), ...rows].join('\n');
}

function stationRow({ traffic, capacity, breaksAt, retries, at }: StationEstimate, palette: Palette): string {
  const { dim } = palette;
  const rate = traffic ? `${traffic.bound ? `${traffic.bound} ` : ''}${formatRate(traffic.value)}` : 'traffic not known';
  const takes = capacity ? `takes ${capacity.bound ? `${capacity.bound} ` : ''}${formatRate(capacity.value)} ${dim(`(${bandText(capacity)})`)}` : dim('capacity not known');
  const full = breaksAt ? `full at ${times(breaksAt)}` : '';
  const bars = at.map((point) => barOf(point, palette)).join('  ');
  return [rate.padEnd(16), takes, full, bars, retries ? retriesText(retries, palette) : ''].filter((part) => part !== '').join('  ');
}

/** Below this share of tries that time out nothing is said: one in a thousand. */
const SAID = 0.001;

function retriesText({ settles, factor, timedOut }: RetryLoad, { red, yellow }: Palette): string {
  if (settles === false) return red('a retry storm: does not settle');
  if (!factor || !timedOut || timedOut.value <= SAID) return '';
  const bound = factor.bound ? `${factor.bound} ` : '';
  return yellow(`${bound}${formatNumber(Number((timedOut.value * 100).toPrecision(2)))} % time out, retries make it ${bound}${formatNumber(Number(factor.value.toPrecision(3)))}× the traffic`);
}

const BAR = 8;

function barOf({ utilisation, replicas }: StationAt, { red, yellow, green, dim }: Palette): string {
  if (!utilisation) return dim('·'.repeat(BAR));
  const share = utilisation.value;
  const filled = Math.max(share > 0 ? 1 : 0, Math.min(BAR, Math.round(share * BAR)));
  const colour = share >= 1 ? red : share >= 0.8 ? yellow : green;
  const text = `${formatNumber(Number((share * 100).toPrecision(2)))} %`;
  return `${colour('█'.repeat(filled))}${dim('░'.repeat(BAR - filled))} ${share >= 1 ? red(text) : text}${replicas !== undefined ? dim(` ×${replicas}`) : ''}`;
}

const formatRate = (rate: number): string => formatQuantity({ low: Number(rate.toPrecision(3)), high: Number(rate.toPrecision(3)), unit: 'req/s' });

const shortTime = (seconds: number): string => formatDuration(Number(seconds.toPrecision(2)));

function bandText({ low, high, provenance, unit }: Estimated): string {
  const text = (figure: number): string => (unit === 'req/s' ? formatNumber(Number(figure.toPrecision(2))) : formatNumber(Number(figure.toPrecision(2))));
  return low === high ? provenance : `${text(low)} to ${text(high)}, ${provenance}`;
}

function missingText({ missing }: Estimation, { bold, dim }: Palette): string {
  if (missing.length === 0) return '';
  return [bold('Not declared'), ...missing.map(({ component, property, needed }) => `  ${property} of ${component} ${dim(`for ${needed}`)}`)].join('\n');
}
