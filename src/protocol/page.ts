import { COLLAPSES, STATES, VIEWS, type Collapse, type DiagramState, type ViewName } from '../diagram/diagram.ts';
import type { Scene } from '../diagram/scene.ts';
import type { DetailsResult, ExportParams, PictureResult, TrafficResult } from './diagram.ts';

/**
 * Messages between the diagram page and the extension. Each end checks what it gets: the page may be of an older version
 * that was revived, and whatever runs in it must not make the extension do anything but this.
 */

export const FORMATS = ['svg', 'png', 'mermaid', 'drawio', 'json'] as const satisfies readonly ExportParams['format'][];
export type Format = (typeof FORMATS)[number];
export const EXPORT_THEMES = ['light', 'dark', 'high-contrast', 'print'] as const satisfies readonly NonNullable<ExportParams['theme']>[];
export type ExportTheme = (typeof EXPORT_THEMES)[number];

/** What a page shows of its file. */
export interface Choice {
  readonly system?: string;
  readonly view: ViewName;
  readonly state: DiagramState;
  /** The component in the middle of a focus view. */
  readonly focus?: string;
  /** Whether a large picture shows components that are alike as one. */
  readonly collapse?: Collapse;
  /** Components whose group was opened. */
  readonly opened?: readonly string[];
}

/** What is to be another; undefined where it is to be as at first. */
export type Change = { readonly [K in keyof Choice]?: Choice[K] | undefined };

/** The part of the picture that shows: the place of its corner in pixels of the page, and how large it is drawn. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** What a page leaves behind, so that it can be revived: nothing of the file but its address. */
export interface PageState extends Choice {
  readonly uri: string;
  readonly viewport?: Viewport;
}

export type FromPage =
  /** The page listens; sent again whenever it was loaded anew. */
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly choice: Choice }
  /** A patch was of another picture than the one that shows: the whole scene, please. */
  | { readonly type: 'lost' }
  /** Where a node or an edge is written; `open` moves the cursor there. */
  | { readonly type: 'reveal'; readonly id: string; readonly open: boolean }
  | { readonly type: 'details'; readonly component: string }
  | { readonly type: 'traffic'; readonly multiple: number }
  | { readonly type: 'export'; readonly format: Format; readonly theme: ExportTheme }
  /** What became of `paint`: a PNG as base64, or nothing. */
  | { readonly type: 'painted'; readonly png?: string };

export type ToPage =
  /** `base`: the picture that a patch is of. */
  | { readonly type: 'picture'; readonly uri: string; readonly choice: Choice; readonly base?: string; readonly result: PictureResult }
  /** The node that the cursor is in, and the systems that it is part of; none outside of all. */
  | { readonly type: 'cursor'; readonly id?: string; readonly systems?: readonly string[] }
  | { readonly type: 'details'; readonly component: string; readonly result: DetailsResult }
  | { readonly type: 'traffic'; readonly result: TrafficResult }
  /** A picture to make a PNG of, where the server cannot: in a browser the page does it. */
  | { readonly type: 'paint'; readonly svg: string }
  /** Something asked for could not be had. */
  | { readonly type: 'failed'; readonly message: string };

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isOptional = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);
const isListOf = (value: unknown, is: (value: unknown) => boolean): value is readonly unknown[] => Array.isArray(value) && value.every(is);
const isRecordOf = (value: unknown, is: (value: unknown) => boolean): boolean => isObject(value) && Object.values(value).every(is);
const isOneOf = <T extends string>(all: readonly T[], value: unknown): value is T => (all as readonly unknown[]).includes(value);

export const isView = (value: unknown): value is ViewName => isOneOf(VIEWS, value);
export const isState = (value: unknown): value is DiagramState => isOneOf(STATES, value);

const isCollapse = (value: unknown): value is Collapse => isOneOf(COLLAPSES, value);

export const isChoice = (value: unknown): value is Choice => isObject(value) && isOptional(value['system'], isText) && isView(value['view']) && isState(value['state']) && isOptional(value['focus'], isText) && isOptional(value['collapse'], isCollapse) && isOptional(value['opened'], (names) => isListOf(names, isText));

/** The choice alone, without what is undefined and whatever else came with it. */
export const choiceOf = ({ system, view, state, focus, collapse, opened }: Change & Pick<Choice, 'view' | 'state'>): Choice => ({
  view,
  state,
  ...(system !== undefined && { system }),
  ...(focus !== undefined && { focus }),
  ...(collapse !== undefined && { collapse }),
  ...(opened !== undefined && { opened }),
});

const isViewport = (value: unknown): value is Viewport => isObject(value) && isNumber(value['x']) && isNumber(value['y']) && isNumber(value['scale']) && value['scale'] > 0;

/** What a revived page says of itself; it may be of any age. */
export const isPageState = (value: unknown): value is PageState => isChoice(value) && isText((value as unknown as Loose)['uri']) && isOptional((value as unknown as Loose)['viewport'], isViewport);

export function isFromPage(value: unknown): value is FromPage {
  if (!isObject(value)) return false;
  switch (value['type']) {
    case 'ready':
    case 'lost':
      return true;
    case 'choose':
      return isChoice(value['choice']);
    case 'reveal':
      return isText(value['id']) && typeof value['open'] === 'boolean';
    case 'details':
      return isText(value['component']);
    case 'traffic':
      return isNumber(value['multiple']) && value['multiple'] > 0 && value['multiple'] <= 1000;
    case 'export':
      return isOneOf(FORMATS, value['format']) && isOneOf(EXPORT_THEMES, value['theme']);
    case 'painted':
      return isOptional(value['png'], (png) => isText(png) && /^[A-Za-z0-9+/]*={0,2}$/.test(png));
    default:
      return false;
  }
}

export function isToPage(value: unknown): value is ToPage {
  if (!isObject(value)) return false;
  switch (value['type']) {
    case 'picture':
      return isText(value['uri']) && isChoice(value['choice']) && isOptional(value['base'], isText) && isPictureResult(value['result']);
    case 'cursor':
      return isOptional(value['id'], isText) && isOptional(value['systems'], (names) => isListOf(names, isText));
    case 'details':
      return isText(value['component']) && isDetails(value['result']);
    case 'traffic':
      return isTraffic(value['result']);
    case 'paint':
      return isText(value['svg']);
    case 'failed':
      return isText(value['message']);
    default:
      return false;
  }
}

function isPictureResult(value: unknown): value is PictureResult {
  if (!isObject(value)) return false;
  if (value['kind'] === 'none') return isText(value['because']);
  if (!isText(value['id']) || !isOptional(value['stale'], isText)) return false;
  switch (value['kind']) {
    case 'scene':
      return isScene(value['scene']) && isListOf(value['systems'], isText) && isListOf(value['focusable'], isText) && isOptional(value['notice'], isText);
    case 'patch':
      return isListOf(value['nodes'], isPlacedNode) && isListOf(value['edges'], isPlacedEdge) && isOptional(value['title'], isText) && isOptional(value['subtitle'], isText);
    default:
      return value['kind'] === 'same';
  }
}

const isBox = (value: unknown): value is Loose => isObject(value) && ['x', 'y', 'width', 'height'].every((side) => isNumber(value[side]));
const isPoint = (value: unknown): boolean => isObject(value) && isNumber(value['x']) && isNumber(value['y']);

function isScene(value: unknown): value is Scene {
  if (!isObject(value) || !isNumber(value['width']) || !isNumber(value['height'])) return false;
  const diagram = value['diagram'];
  if (!isObject(diagram) || !isText(diagram['title']) || !isText(diagram['subtitle']) || !isText(diagram['system'])) return false;
  return isListOf(value['nodes'], isPlacedNode) && isListOf(value['edges'], isPlacedEdge) && isListOf(value['lanes'], isBox) && isListOf(value['groups'], isBox);
}

function isPlacedNode(value: unknown): boolean {
  if (!isBox(value) || !isObject(value['node']) || !isObject(value['card'])) return false;
  const { node, card } = value as { node: Loose; card: Loose };
  return [node['id'], node['name'], node['kind'], node['layer'], node['detail']].every(isText) && isOptional(node['stands'], (names) => isListOf(names, isText)) && isOptional(node['opened'], isText) && isListOf(node['badges'], isObject) && [card['name'], card['detail'], card['figures']].every((lines) => isListOf(lines, isText)) && isListOf(card['badges'], isObject);
}

function isPlacedEdge(value: unknown): boolean {
  if (!isObject(value) || !isListOf(value['points'], isPoint) || !isOptional(value['label'], isBox)) return false;
  const edge = value['edge'];
  return isObject(edge) && [edge['id'], edge['from'], edge['to'], edge['payload'], edge['mode']].every(isText);
}

const isDetails = (value: unknown): value is DetailsResult => isObject(value) && isListOf(value['lines'], (line) => isObject(line) && isOneOf(['heading', 'text', 'finding'], line['kind']) && isText(line['text']) && isOptional(line['severity'], isText));

const isTraffic = (value: unknown): value is TrafficResult =>
  isObject(value) && isNumber(value['multiple']) && isRecordOf(value['utilisation'], isNumber) && isRecordOf(value['latency'], isText) && isRecordOf(value['cost'], isText) && isOptional(value['latencyShare'], (all) => isRecordOf(all, isNumber)) && isOptional(value['costShare'], (all) => isRecordOf(all, isNumber)) && isOptional(value['first'], isText);
