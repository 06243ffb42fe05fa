import { formatNumber, formatQuantity } from '../../analysis/format.ts';
import type { Estimation } from '../../analysis/estimation/estimate.ts';
import { SEVERITIES } from '../../analysis/finding.ts';
import type { Review } from '../../analysis/review.ts';
import type { Architecture, Component, Flow } from '../../model/architecture.ts';
import type { Edge } from '../../model/graph/edges.ts';
import { layerOf, value } from '../../model/statements.ts';
import type { Layer } from '../../model/vocabulary/kind.ts';
import type { Badge, DiagramEdge, DiagramNode } from '../diagram.ts';

/** What a picture can say of a system beside its structure. */
export interface Knowledge {
  readonly architecture: Architecture;
  readonly review?: Review;
  readonly estimation?: Estimation | undefined;
}

/** Findings by component: made once for a picture. */
export function badgesOf({ findings }: Review): ReadonlyMap<string, readonly Badge[]> {
  const counts = new Map<string, Map<string, number>>();
  for (const { component, severity } of findings) {
    // `CardFraud.Scorer`; findings of the system as a whole have no node.
    const name = component.slice(component.indexOf('.') + 1);
    const own = counts.get(name) ?? new Map<string, number>();
    counts.set(name, own.set(severity, (own.get(severity) ?? 0) + 1));
  }
  return new Map([...counts].map(([name, own]) => [name, SEVERITIES.flatMap((severity) => (own.has(severity) ? [{ severity, count: own.get(severity) ?? 0 }] : []))]));
}

export function nodeOf({ architecture, estimation }: Knowledge, component: Component, badges: readonly Badge[]): DiagramNode {
  const owner = value(component as Component<'service'>, 'owner');
  const classes = value(component as Component<'store'>, 'contains');
  return {
    id: component.name,
    name: component.name,
    kind: component.kind,
    detail: detailOf(architecture, component),
    figures: estimation ? figuresOf(estimation, component.name) : [],
    badges,
    layer: layerOf(component.kind) as Layer,
    ...(isExternal(component) && { external: true }),
    ...(owner !== undefined && { owner }),
    ...(classes && classes.length > 0 && { dataClasses: classes }),
    span: component.nameSpan,
  };
}

/** `service · realtime · Triton`. */
function detailOf({ catalogue }: Architecture, component: Component): string {
  const technology = value(component as Component<'service'>, 'platform') ?? value(component as Component<'store'>, 'technology');
  const title = technology === undefined ? undefined : (catalogue.technology.get(technology)?.properties.title ?? technology.replaceAll('_', ' '));
  const variant = component.variant?.replaceAll('_', ' ');
  return [component.kind, variant, title].filter((part) => part !== undefined).join(' · ');
}

function isExternal(component: Component): boolean {
  return component.variant === 'llm_api' || component.variant === 'api' || value(component as Component<'source'>, 'external') === true;
}

/** Traffic, how busy, and what breaks it; one line. */
function figuresOf({ stations }: Estimation, name: string): string[] {
  const station = stations.find(({ component }) => component === name);
  const today = station?.at.find(({ multiple }) => multiple === 1);
  if (!station || !today) return [];
  const bound = today.rate.bound === undefined ? '' : `${today.rate.bound} `;
  const rate = `${bound}${formatQuantity({ low: three(today.rate.value), high: three(today.rate.value), unit: 'req/s' })}`;
  const busy = today.utilisation && `${formatNumber(Number((today.utilisation.value * 100).toPrecision(2)))} % busy`;
  return [[rate, busy].filter((part) => part !== undefined).join(' · ')];
}

const three = (figure: number): number => Number(figure.toPrecision(3));

export function edgeOf(edge: Edge, id: string): DiagramEdge {
  const { flow } = edge;
  return {
    id,
    from: edge.from,
    to: edge.to,
    payload: edge.payload,
    mode: edge.mode,
    label: flow ? flowLabel(flow) : '',
    ...(flow && value(flow, 'fallback') === true && { fallback: true }),
    ...(flow && value(flow, 'shadow') === true && { shadow: true }),
    span: edge.span,
  };
}

/** The figures that the author gives a flow: how much, how often, how late. */
function flowLabel(flow: Flow): string {
  const [share, rate, every, lag, times] = [value(flow, 'share'), value(flow, 'rate'), value(flow, 'every'), value(flow, 'lag'), value(flow, 'latency') ?? value(flow, 'lookup')];
  const tail = times && (times.p99 ? `p99 ${formatQuantity(times.p99)}` : times.p95 ? `p95 ${formatQuantity(times.p95)}` : times.p50 ? `p50 ${formatQuantity(times.p50)}` : undefined);
  const parts = [
    share && formatQuantity(share),
    rate && formatQuantity(rate),
    every && `every ${formatQuantity(every)}`,
    lag && `lag ${formatQuantity(lag)}`,
    tail,
    value(flow, 'fallback') === true ? 'fallback' : undefined,
    value(flow, 'shadow') === true ? 'shadow' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
