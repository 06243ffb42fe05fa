import type { Estimated } from '../../../analysis/estimation/estimated.ts';
import type { StationEstimate } from '../../../analysis/estimation/station-estimate.ts';
import { formatNumber } from '../../../analysis/format.ts';
import { entriesOf } from '../../../analysis/serving/services.ts';
import { bottleneck } from '../../../model/graph/demand.ts';
import { formatQuantity } from '../../../analysis/format.ts';
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

/** Every request passes all that it calls, so the tightest of them is the smallest cut; by what is declared, before any band. */
function cuts({ context: { architecture } }: ReportSubject): Block[] {
  const rows = entriesOf(architecture).flatMap(({ consumer, service }): Inline[][][] => {
    const { limits, unknown } = bottleneck(architecture, consumer, service);
    const [tightest, next] = limits;
    const left = unknown.length > 0 ? `${formatNumber(unknown.length)} not declared` : 'all declared';
    return [[[code(`${consumer.name} → ${service.name}`)], tightest ? [code(tightest.component), ` carries ${formatQuantity(tightest.carries)} (${tightest.capacity.formula}${tightest.capacity.assumptions.length > 0 ? `; assumed: ${tightest.capacity.assumptions.join(', ')}` : ''})`] : ['not known'], next ? [code(next.component), ` carries ${formatQuantity(next.carries)}`] : ['none known'], [left]]];
  });
  return rows.length === 0 ? [] : [tableOr([{ title: 'Way', width: 2 }, { title: 'Smallest cut', width: 3 }, { title: 'Next', width: 2 }, { title: 'Limits' }], rows, '', { caption: 'Smallest cut between who asks and the answer, from declared figures' })];
}
