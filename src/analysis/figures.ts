import type { Architecture, Component } from '../model/architecture.ts';
import { availabilityOf } from '../model/graph/availability.ts';
import type { Percentile } from '../model/graph/latency-figures.ts';
import { online, type Online } from '../model/graph/online.ts';
import type { Quantity } from '../model/quantity.ts';
import { statementOf, value } from '../model/statements.ts';
import { leavesOf, totalOf, type CostTotal } from './estimation/cost/tree.ts';
import type { SystemCost } from './estimation/costs.ts';
import type { Estimated } from './estimation/estimated.ts';
import { estimate, type Estimation } from './estimation/estimate.ts';
import type { PathEstimate } from './estimation/path-estimate.ts';
import type { Provenance } from './estimation/provenance.ts';
import type { Input } from './estimation/replica.ts';
import type { StationEstimate } from './estimation/station-estimate.ts';
import { formatNumber, formatQuantity, formatShare } from './format.ts';
import type { Context } from './rule.ts';
import { requestServices, type Consumer, type Service } from './serving/services.ts';

/** A number that follows from what is declared, with what it was made from. It is one of the estimate, as the rules use it. */
export interface Figure {
  /** `CardFraud.Scorer`, or `CardFraud` for the whole system. */
  readonly component: string;
  readonly name: 'peak demand' | 'capacity' | 'utilisation at the peak' | 'headroom' | `${Percentile} at the peak` | 'availability of the whole' | 'cost a month' | 'cost of 1,000 answers';
  /** As it is read: `1,200 req/s`, `at least 24 ms`, `76 ms (41 to 130 ms)`. */
  readonly text: string;
  /** In the canonical unit: the value, and the ends of the band. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** How the number is to be taken, where it is not exact: `about` rests on an assumption. */
  readonly bound?: 'at least' | 'at most' | 'about';
  readonly provenance: Provenance;
  readonly formula: string;
  readonly inputs: readonly FigureInput[];
  /** The stated property beside which it says most; the name of the component, if left out. */
  readonly property?: string;
}

export interface FigureInput {
  readonly name: string;
  readonly text: string;
}

/** More would not be read. */
const MOST_INPUTS = 12;

/** The figures of what answers requests or events, and of who asks. One whose inputs are missing is left out. */
export function figuresOf(context: Context, estimation: Estimation = estimate(context, [1])): Figure[] {
  const { architecture } = context;
  const available = [...architecture.components.values()].some((component) => statementOf(component, 'availability') ?? value(component as Service, 'slo')?.availability);
  return [
    ...costFigures(architecture, estimation.cost),
    ...estimation.stations.flatMap((station) => loadFigures(architecture, station)),
    ...estimation.paths.flatMap((path) => [...latencyFigures(architecture, path), ...(available && path.from !== path.to ? availabilityFigures(architecture, path.from, path.to) : [])]),
    ...(available ? requestServices(architecture).flatMap((service) => availabilityFigures(architecture, service.name, service.name)) : []),
  ];
}

function loadFigures(architecture: Architecture, { component: name, traffic, capacity, breaksAt, at }: StationEstimate): Figure[] {
  const component = architecture.components.get(name);
  if (!component) return [];
  const [now] = at;
  const place = placeOf(component, capacity);
  return [
    ...(traffic ? [figure(architecture, component, 'peak demand', traffic, formatRate)] : []),
    ...(capacity ? [figure(architecture, component, 'capacity', capacity, formatRate, place)] : []),
    ...(now?.utilisation ? [figure(architecture, component, 'utilisation at the peak', now.utilisation, formatPart, place)] : []),
    ...(breaksAt ? [figure(architecture, component, 'headroom', breaksAt, formatMultiple, place)] : []),
  ];
}

/** Beside the replicas, which are what is changed first; else beside what limits. */
const placeOf = (component: Component, capacity: Estimated | undefined): string | undefined => ['replicas', 'autoscale', ...(capacity?.inputs ?? []).map(({ property }) => property)].find((property) => capacity?.inputs.some((input) => input.property === property) && statementOf(component, property));

/** Of a consumer from itself on, else of the service itself; the median and the tail that is promised. */
function latencyFigures(architecture: Architecture, { from, at, missing }: PathEstimate): Figure[] {
  const holder = architecture.components.get(from);
  const latency = at[0]?.latency;
  if (!holder || !latency) return [];
  const slo = value(holder as Consumer, 'slo');
  const wanted: readonly Percentile[] = slo?.p95 && !slo.p99 ? ['p50', 'p95'] : ['p50', 'p99'];
  const left = missing.map((name) => ({ name, text: 'not declared' }));
  return wanted.map((percentile) => figure(architecture, holder, `${percentile} at the peak`, latency[percentile], formatTime, slo ? 'slo' : undefined, left));
}

function availabilityFigures(architecture: Architecture, from: string, to: string): Figure[] {
  const [holder, service] = [architecture.components.get(from), architecture.components.get(to)];
  if (!holder || !service || !answers(online(architecture, from, to))) return [];
  const { total, terms, missing } = availabilityOf(architecture, holder as Consumer, service as Service);
  if (terms.length < 2) return [];
  const inputs = [...terms.map((term) => ({ name: term.components.join(' or '), text: formatShare(term.value) })), ...missing.map((name) => ({ name, text: 'not declared' }))];
  const bound = missing.length > 0 ? 'at most' : 'about';
  return [
    {
      component: `${architecture.system.name}.${holder.name}`,
      name: 'availability of the whole',
      text: `${bound} ${formatShare(total)}`,
      value: (total.low + total.high) / 2,
      low: total.low,
      high: total.high,
      unit: '1',
      bound,
      provenance: 'assumed',
      formula: 'product of all that must work',
      inputs: shortened([...inputs, { name: 'assumed', text: 'failures are independent of each other' }]),
      ...(statementOf(holder, 'slo')?.state === 'present' && { property: 'slo' }),
    },
  ];
}

const answers = ({ names }: Online): boolean => names.length > 0;

function costFigures(architecture: Architecture, { tree, total, unit }: SystemCost): Figure[] {
  const { name } = architecture.system;
  const parts = tree.parts.flatMap((part): Figure[] => {
    const sum = totalOf(part);
    const inputs = leavesOf(part).map(({ leaf }) => (leaf.kind === 'leaf' ? { name: leaf.name, text: leaf.formula } : { name: leaf.name, text: `not known: ${leaf.reason}` }));
    const component = architecture.components.get(part.name);
    return sum.value > 0 ? [costFigure(`${name}.${part.name}`, 'cost a month', sum, sum, `${sum.currency}/month`, 'sum of its parts', inputs, component && statementOf(component, 'budget')?.state === 'present')] : [];
  });
  const inputs = tree.parts.map((part) => ({ name: part.name, text: moneyText(totalOf(part)) }));
  const whole = total.value > 0 ? [costFigure(name, 'cost a month', total, total, `${total.currency}/month`, 'sum of its parts', inputs, statementOf(architecture.system, 'budget')?.state === 'present')] : [];
  const each = unit && total.value > 0 ? [costFigure(name, 'cost of 1,000 answers', { value: unit.perThousand, low: unit.low * 1000, high: unit.high * 1000 }, total, `${unit.currency}/kreq`, 'cost a month / answers a month', [{ name: 'cost a month', text: moneyText(total) }, { name: 'answers a month', text: formatNumber(Math.round(unit.volume)) }])] : [];
  return [...whole, ...each, ...parts];
}

const moneyText = ({ value: amount, bound, currency }: CostTotal): string => (amount > 0 ? `${bound ? `${bound} ` : ''}${formatNumber(Number(amount.toPrecision(3)))} ${currency}/month` : 'not known');

function costFigure(component: string, name: Figure['name'], amount: { readonly value: number; readonly low: number; readonly high: number }, { bound, provenance }: CostTotal, unit: string, formula: string, inputs: readonly FigureInput[], budgeted = false): Figure {
  const text = (money: number): string => formatNumber(Number(money.toPrecision(3)));
  const band = isWide(amount) ? ` (${text(amount.low)} to ${text(amount.high)})` : '';
  return { component, name, text: `${bound ? `${bound} ` : ''}${text(amount.value)} ${unit}${band}`, value: amount.value, low: amount.low, high: amount.high, unit, ...(bound && { bound }), provenance, formula, inputs: shortened(inputs), ...(budgeted && { property: 'budget' }) };
}

type Ends = Pick<Quantity, 'low' | 'high'>;

const formatRate = ({ low, high }: Ends): string => formatQuantity({ low, high, unit: 'req/s' });
const formatPart = ({ low, high }: Ends): string => formatShare({ low, high, unit: '1' });
const formatTime = ({ low, high }: Ends): string => formatQuantity({ low: Number(low.toPrecision(MOST_DIGITS)), high: Number(high.toPrecision(MOST_DIGITS)), unit: 's' });
const formatMultiple = ({ low, high }: Ends): string => `${formatQuantity({ low: Number(low.toPrecision(MOST_DIGITS)), high: Number(high.toPrecision(MOST_DIGITS)), unit: '1' })} times today’s peak`;

/** A band no wider than that of a declared number is not told beside each figure. */
const isWide = ({ low, high }: { readonly low: number; readonly high: number }): boolean => low > 0 && high / low > 1.5;

const MOST_DIGITS = 2;

function figure({ system }: Architecture, component: Component, name: Figure['name'], estimated: Estimated, text: (ends: Ends) => string, property?: string, more: readonly FigureInput[] = []): Figure {
  const { value: middle, low, high, unit, provenance, formula, inputs, assumptions } = estimated;
  const bound = estimated.bound ?? (provenance === 'assumed' ? 'about' : undefined);
  const rounded = (end: number): number => Number(end.toPrecision(MOST_DIGITS));
  const band = isWide(estimated) ? ` (${text({ low: rounded(low), high: rounded(high) })})` : '';
  return {
    component: `${system.name}.${component.name}`,
    name,
    text: `${bound ? `${bound} ` : ''}${text({ low: middle, high: middle })}${band}`,
    value: middle,
    low,
    high,
    unit,
    ...(bound && { bound }),
    provenance,
    formula,
    inputs: shortened([...inputs.map(inputOf), ...more, ...assumptions.map((assumption) => ({ name: 'assumed', text: assumption }))]),
    ...(property !== undefined && statementOf(component, property)?.state === 'present' ? { property } : {}),
  };
}

const inputOf = ({ component, property, value: quantity }: Input): FigureInput => ({ name: `${property} of ${component}`, text: property === 'share' || property === 'cache' ? formatShare(quantity) : formatQuantity(quantity) });

const shortened = (inputs: readonly FigureInput[]): readonly FigureInput[] => (inputs.length > MOST_INPUTS ? [...inputs.slice(0, MOST_INPUTS - 1), { name: 'and', text: `${inputs.length - MOST_INPUTS + 1} more` }] : inputs);
