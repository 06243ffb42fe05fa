import type { Estimated } from '../../../analysis/estimation/estimated.ts';
import type { StationEstimate } from '../../../analysis/estimation/station-estimate.ts';
import { formatNumber } from '../../../analysis/format.ts';
import { entriesOf } from '../../../analysis/serving/services.ts';
import { smallestCut } from '../../../analysis/estimation/smallest-cut.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import { barsPlot } from '../../plots/bars.ts';
import { figureText } from '../comparison-rows.ts';
import { scaleStatement } from '../scale-statement.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, tableOr } from '../words.ts';

/** What each part can take, which is full first, and the smallest cut between who asks and the answer. */
export function capacityAnalysis(subject: ReportSubject): Section {
  const { estimation } = subject;
  const known = estimation.stations.filter((station) => station.at.length > 0 || station.capacity);
  const sorted = [...known].sort((a, b) => (a.breaksAt?.value ?? Number.POSITIVE_INFINITY) - (b.breaksAt?.value ?? Number.POSITIVE_INFINITY));
  const rows = sorted.map((station): Inline[][] => [[code(station.component)], [rateText(station.traffic)], [rateText(station.capacity)], [station.breaksAt ? timesText(station.breaksAt) : 'not known'], ...estimation.multiples.map((multiple) => [busyText(station, multiple)])]);
  return {
    id: 'analysis-capacity',
    title: 'Capacity',
    blocks: [
      paragraph(scaleStatement(estimation)),
      tableOr([{ title: 'Part', width: 2 }, { title: 'Peak traffic', width: 2 }, { title: 'Takes', width: 3 }, { title: 'Full at', width: 2 }, ...estimation.multiples.map((multiple) => ({ title: `${formatNumber(multiple)}×` }))], rows, 'Neither a traffic nor a capacity is declared.', { caption: 'Busy share of what runs, at multiples of today’s peak', namedRows: true }),
      ...utilisationPlot(sorted),
      ...cuts(subject),
    ],
  };
}

const rateText = (figure: Estimated | undefined): string => (figure ? figureText(figure) : 'not known');
const timesText = ({ value, low, high, bound, provenance }: Estimated): string => `${bound === undefined ? '' : `${bound} `}${two(value)}×${low === high ? '' : ` (${two(low)} to ${two(high)}×, ${provenance})`}`;
const two = (value: number): string => formatNumber(Number(value.toPrecision(2)));

function busyText({ at }: StationEstimate, multiple: number): string {
  const point = at.find((candidate) => candidate.multiple === multiple);
  if (!point) return 'not known';
  if (point.takes !== undefined) return `overloaded: takes ${two(point.takes * 100)} %`;
  if (!point.utilisation) return 'not known';
  return `${point.utilisation.bound === undefined ? '' : `${point.utilisation.bound} `}${two(point.utilisation.value * 100)} %${point.replicas === undefined ? '' : ` of ${formatNumber(point.replicas)}`}`;
}

/** At most so many bars can be read. */
const MOST_BARS = 20;

function utilisationPlot(stations: readonly StationEstimate[]): Block[] {
  const bars = stations.flatMap(({ component, at }) => {
    const busy = at[0]?.utilisation;
    return busy ? [{ label: component, value: busy.value * 100, low: busy.low * 100, high: busy.high * 100, alarming: busy.value >= 1, ...(busy.bound && { note: busy.bound }) }] : [];
  }).slice(0, MOST_BARS);
  if (bars.length === 0) return [];
  const title = 'Utilisation at today’s peak';
  const description = bars.map(({ label, value, low, high }) => `${label} ${two(value)} % (${two(low)} to ${two(high)})`).join(', ');
  const svg = barsPlot({ title, description, value: { title: '% busy' }, bars, limits: [{ at: 80, label: 'waiting grows quickly from here' }] }, { theme: 'print' });
  return [{ kind: 'figure', picture: { id: 'plot-utilisation', title, description, svg } }];
}

/** At today’s mix of calls; a station that several consumers share carries less of each. */
function cuts({ context: { architecture }, estimation: { stations, multiples } }: ReportSubject): Block[] {
  const rows = entriesOf(architecture).map(({ consumer, service }): Inline[][] => {
    const { limits, unknown } = smallestCut(architecture, stations, consumer, service);
    const [tightest, next] = limits;
    const peak = stations.find(({ component }) => component === service.name)?.traffic;
    const past = tightest && peak ? multiples.filter((multiple) => peak.value * multiple > tightest.carries.value).map((multiple) => `${formatNumber(multiple)}×`) : [];
    return [[code(`${consumer.name} → ${service.name}`)], tightest ? [code(tightest.component), ` carries ${figureText(tightest.carries)}`] : ['not known'], next ? [code(next.component), ` carries ${figureText(next.carries)}`] : ['none known'], [!tightest || !peak ? 'not known' : past.length > 0 ? `passed at ${past.join(', ')}` : `not passed up to ${formatNumber(multiples.at(-1) ?? 1)}×`], [unknown.length > 0 ? `${formatNumber(unknown.length)} not declared` : 'all declared']];
  });
  return rows.length === 0 ? [] : [tableOr([{ title: 'Way', width: 2 }, { title: 'Smallest cut', width: 3 }, { title: 'Next', width: 3 }, { title: 'At multiples of the peak', width: 1.5 }, { title: 'Limits' }], rows, '', { caption: 'Smallest cut between who asks and the answer' })];
}
