import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { estimate } from '../analysis/estimation/estimate.ts';
import { costByComponent } from '../analysis/estimation/cost/tree.ts';
import { formatDuration, formatNumber } from '../analysis/format.ts';
import type { Context } from '../analysis/rule.ts';
import type { Diagram } from '../diagram/diagram.ts';
import { documentOf } from '../diagram/document.ts';
import { inPlacesOf } from '../diagram/layout/reuse.ts';
import { laidOutInTime } from '../diagram/layout/in-time.ts';
import { pictureOf } from '../diagram/picture.ts';
import type { PaintBox } from '../diagram/png.ts';
import type { Scene } from '../diagram/scene.ts';
import type { Span } from '../model/architecture.ts';
import { DETAILS, EXPORT, NODE_AT, NODE_SOURCE, PICTURE, TRAFFIC, type DetailsParams, type DetailsResult, type ExportParams, type ExportResult, type NodeAtParams, type NodeAtResult, type NodeSourceParams, type NodeSourceResult, type PictureOf, type PictureParams, type PictureResult, type TrafficParams, type TrafficResult } from '../protocol/diagram.ts';
import type { InitializationOptions } from '../protocol/messages.ts';
import type { AnalysedSystem, Analysis, Snapshot } from './analysis.ts';
import type { FeatureHost } from './feature-host.ts';
import { comparePositions } from './features/lookup.ts';
import { guarded } from './guard.ts';
import { Layouts, Superseded, type LayoutThread } from './layouts.ts';
import { canonical } from './uris.ts';

/** What drawing needs of the platform. */
export interface Drawing {
  startLayoutThread(options: InitializationOptions): LayoutThread;
  /** What paints PNGs; undefined where the page does that itself. */
  paintBox?(svg: string): PaintBox;
}

/** Panels that are remembered; a client that opens more has closed earlier ones. */
const MOST_PANELS = 16;

const PLAIN = 'This picture is too large for a layout, so it stands in plain rows. A view that shows less, or components that are alike drawn as one, gives a better one.';

/** Answers what the page of the pictures asks. */
export function registerPictures({ connection, reviewer, report, options }: FeatureHost, drawing: Drawing): void {
  const layouts = new Layouts(() => drawing.startLayoutThread(options));
  /** What each panel shows, and what it showed before the structure changed: who takes an edit back sees what was there. */
  const shown = new Map<string, { readonly id: string; readonly scene: Scene; readonly earlier?: Scene }>();
  /** The latest request of each panel that is still to be answered. */
  const newest = new Map<string, object>();
  let count = 0;
  const remember = (panel: string, scene: Scene, earlier: Scene | undefined): string => {
    const id = String(++count);
    shown.delete(panel);
    shown.set(panel, { id, scene, ...(earlier && { earlier }) });
    const [oldest] = shown.keys();
    if (shown.size > MOST_PANELS && oldest !== undefined) shown.delete(oldest);
    return id;
  };

  /** What an earlier request of the same panel does is stopped at once, whether or not this one needs a layout. */
  async function latestPicture(params: PictureParams): Promise<PictureResult | ResponseError<void>> {
    const own = {};
    newest.set(params.panel, own);
    layouts.stop(params.panel);
    try {
      const snapshot = await reviewer.settled();
      if (newest.get(params.panel) !== own) throw new Superseded();
      return await picture(snapshot, params);
    } catch (error) {
      if (error instanceof Superseded) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      throw error;
    } finally {
      if (newest.get(params.panel) === own) newest.delete(params.panel);
    }
  }

  async function picture(snapshot: Snapshot, params: PictureParams): Promise<PictureResult> {
    const found = systemOf(snapshot, params);
    const before = shown.get(params.panel);
    const inPage = before && before.id === params.shown ? before : undefined;
    const syntax = found?.analysis.problems.filter(({ code, severity }) => severity === 'error' && (code === 'syntax' || code === 'unterminated-string')) ?? [];
    const stale = syntax.length > 0 ? `The text has ${syntax.length === 1 ? 'an error that hides' : `${syntax.length} errors that hide`} a part of the system${inPage ? '; this is the last picture' : ''}.` : undefined;
    if (stale !== undefined && inPage) return { kind: 'same', id: inPage.id, stale };
    if (!found) return inPage ? { kind: 'same', id: inPage.id, stale: 'The file declares no system now; this is the last picture.' } : { kind: 'none', because: 'This file belongs to no system: pictures show the components of a `system`.' };
    const context = contextOf(snapshot, found.system);
    const diagram = pictureOf(context, found.system.review, { ...params, date: snapshot.today });
    if ('because' in diagram) return { kind: 'none', because: diagram.because };
    const kept = before && inPlacesOf(before.scene, diagram);
    const notice = stale === undefined ? {} : { stale };
    if (kept && inPage) {
      const [nodes, edges] = [kept.nodes.filter((node, index) => !isSame(node, before.scene.nodes[index])), kept.edges.filter((edge, index) => !isSame(edge, before.scene.edges[index]))];
      const heading = kept.diagram.title === before.scene.diagram.title && kept.diagram.subtitle === before.scene.diagram.subtitle;
      if (nodes.length + edges.length === 0 && heading) return { kind: 'same', id: inPage.id, ...notice };
      return { kind: 'patch', id: remember(params.panel, kept, before.earlier), title: kept.diagram.title, subtitle: kept.diagram.subtitle, nodes, edges, ...notice };
    }
    const back = kept ? undefined : before?.earlier && inPlacesOf(before.earlier, diagram);
    const scene = kept ?? back ?? (await laidOutInTime(diagram, layouts.of(params.panel), isOfSame(before?.scene, diagram) ? before?.scene : undefined));
    const { components } = found.system.architecture;
    return { kind: 'scene', id: remember(params.panel, scene, kept ? before?.earlier : before?.scene), scene, systems: found.analysis.systems.map(({ architecture }) => architecture.system.name), focusable: [...components.keys()], ...notice, ...(scene.plain && { notice: PLAIN }) };
  }

  // `guarded` turns errors into an empty answer; one that was superseded is an answer of its own.
  connection.onRequest(PICTURE, guarded<PictureParams, PictureResult | ResponseError<void>>(report, 'picture', { kind: 'none', because: 'The picture could not be made; the log of the server says why.' }, latestPicture));
  connection.onRequest(TRAFFIC, guarded(report, 'traffic', null, async (params: TrafficParams) => trafficAt(await reviewer.settled(), params)));
  connection.onRequest(DETAILS, guarded(report, 'details', null, async (params: DetailsParams) => detailsOf(await reviewer.settled(), params)));
  connection.onRequest(NODE_SOURCE, guarded(report, 'source of a node', null, async (params: NodeSourceParams) => sourceOf(await reviewer.settled(), params)));
  connection.onRequest(NODE_AT, guarded(report, 'node at the cursor', {}, async (params: NodeAtParams) => nodeAt(await reviewer.settled(), params)));
  connection.onRequest(EXPORT, guarded(report, 'export', null, async (params: ExportParams): Promise<ExportResult | null> => {
    const snapshot = await reviewer.settled();
    const found = systemOf(snapshot, params);
    if (!found || (params.format === 'png' && !drawing.paintBox)) return null;
    const diagram = pictureOf(contextOf(snapshot, found.system), found.system.review, { ...params, date: snapshot.today });
    if ('because' in diagram) return null;
    const content = await documentOf(diagram, { format: params.format, theme: params.theme ?? 'light', scale: 2 }, layouts.of('export'), (svg) => (drawing.paintBox as (picture: string) => PaintBox)(svg));
    return typeof content === 'string' ? { content, encoding: 'utf8' } : { content: base64(content), encoding: 'base64' };
  }));
}

interface Found {
  readonly analysis: Analysis;
  readonly system: AnalysedSystem;
}

/** The system of a name, else the first, of the analyses that a file belongs to. */
function systemOf({ analyses }: Snapshot, { uri, system }: Pick<PictureOf, 'uri' | 'system'>): Found | undefined {
  const file = canonical(uri);
  const all = analyses.filter(({ files }) => files.has(file)).flatMap((analysis) => analysis.systems.map((found): Found => ({ analysis, system: found })));
  return all.find((found) => found.system.architecture.system.name === system) ?? all[0];
}

const contextOf = ({ today }: Snapshot, { architecture, settings }: AnalysedSystem): Context => ({ architecture, settings, today });

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function trafficAt(snapshot: Snapshot, params: TrafficParams): TrafficResult | null {
  const found = systemOf(snapshot, params);
  if (!found) return null;
  const { stations, bottleneck, cost } = estimate(contextOf(snapshot, found.system), [params.multiple]);
  const at = stations.flatMap((station) => (station.at[0] ? [{ name: station.component, ...station.at[0] }] : []));
  const costs = costByComponent(cost.tree);
  return {
    multiple: params.multiple,
    utilisation: Object.fromEntries(at.flatMap(({ name, utilisation }) => (utilisation ? [[name, utilisation.value]] : []))),
    latency: Object.fromEntries(at.flatMap(({ name, latency }) => (latency ? [[name, `p99 ${formatDuration(Number(latency.p99.value.toPrecision(2)))}`]] : []))),
    cost: Object.fromEntries([...costs].map(([name, { value, currency }]) => [name, `${formatNumber(Number(value.toPrecision(3)))} ${currency} a month`])),
    latencyShare: sharesOf(at.flatMap(({ name, latency }) => (latency ? [[name, latency.p99.value] as const] : []))),
    // Amounts in another currency than that of the bill cannot be compared with the others.
    costShare: sharesOf([...costs].flatMap(([name, { value, currency }]) => (currency === cost.total.currency ? [[name, value] as const] : []))),
    ...(bottleneck && { first: `${bottleneck.component} is full first, at ${formatNumber(Number(bottleneck.multiple.value.toPrecision(2)))} times today’s peak` }),
  };
}

/** Each as a share of the largest. */
function sharesOf(amounts: readonly (readonly [name: string, amount: number])[]): Record<string, number> {
  const most = Math.max(...amounts.map(([, amount]) => amount));
  return Object.fromEntries(amounts.map(([name, amount]) => [name, most > 0 ? Number((amount / most).toPrecision(3)) : 0]));
}

function detailsOf(snapshot: Snapshot, params: DetailsParams): DetailsResult | null {
  const found = systemOf(snapshot, params);
  const component = found?.system.architecture.components.get(ofOne(params.component));
  if (!found || !component) return null;
  const { review, architecture } = found.system;
  const name = `${architecture.system.name}.${component.name}`;
  const figures = review.figures().filter((figure) => figure.component === name);
  const findings = review.findings.filter((finding) => finding.component === name);
  return {
    lines: [
      { kind: 'heading', text: `${component.kind} ${component.name}` },
      ...(component.doc === undefined ? [] : [{ kind: 'text' as const, text: component.doc }]),
      ...figures.map((figure) => ({ kind: 'text' as const, text: `${figure.name}: ${figure.text} (${figure.provenance})` })),
      ...findings.map(({ rule, severity, message }) => ({ kind: 'finding' as const, text: `${rule} ${message}`, severity })),
    ],
  };
}

function sourceOf(snapshot: Snapshot, params: NodeSourceParams): NodeSourceResult | null {
  const found = systemOf(snapshot, params);
  if (!found) return null;
  const { components, flows } = found.system.architecture;
  const id = ofOne(params.id);
  const [from, to] = (id.split(':')[0] ?? '').split('->');
  const span: Span | undefined = components.get(id)?.nameSpan ?? flows.find((flow) => flow.from === from && flow.to === to)?.span ?? components.get(from ?? '')?.nameSpan;
  return span ? { uri: span.file, range: span.range } : null;
}

/** Whether a scene is an earlier state of the same picture. */
const isOfSame = (scene: Scene | undefined, { system, view, state }: Diagram): boolean => scene !== undefined && scene.diagram.system === system && scene.diagram.view === view && scene.diagram.state === state;

/** Where several components are drawn as one, the first of them speaks for all. */
const ofOne = (id: string): string => id.replaceAll('collapsed:', '');

function nodeAt({ analyses }: Snapshot, { uri, line, character }: NodeAtParams): NodeAtResult {
  const file = canonical(uri);
  const position = { line, character };
  const isAt = ({ span }: { readonly span: Span }): boolean => span.file === file && comparePositions(span.range.start, position) <= 0 && comparePositions(position, span.range.end) <= 0;
  const found = analyses.filter(({ files }) => files.has(file)).flatMap(({ systems }) => systems).flatMap(({ architecture }) => {
    const component = [...architecture.components.values()].find(isAt);
    return component ? [{ id: component.name, system: architecture.system.name }] : [];
  });
  const [first] = found;
  return first ? { id: first.id, systems: [...new Set(found.map(({ system }) => system))] } : {};
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}
