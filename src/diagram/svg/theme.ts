import type { Payload } from '../../model/graph/payloads.ts';
import type { Layer } from '../../model/vocabulary/kind.ts';
import type { Mark } from '../diagram.ts';
import type { Severity } from '../../analysis/finding.ts';

export const THEMES = ['light', 'dark', 'high-contrast', 'print'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface Theme {
  readonly background: string;
  readonly text: string;
  /** Text of less weight. */
  readonly quiet: string;
  readonly card: string;
  readonly border: string;
  /** Lanes in turn. */
  readonly lanes: readonly [string, string];
  readonly group: string;
  readonly layers: Readonly<Record<Layer, string>>;
  readonly payloads: Readonly<Record<Payload, string>>;
  readonly severities: Readonly<Record<Severity, { readonly fill: string; readonly text: string }>>;
  readonly marks: Readonly<Record<Mark, string>>;
}

/**
 * Colours after Okabe and Ito, which people with any common colour-blindness tell apart; darker where they stand on
 * white. No meaning hangs on colour alone: payloads differ in their dashes and ends, severities and marks in their signs.
 */
const light: Theme = {
  background: '#ffffff',
  text: '#1b1f24',
  quiet: '#57606a',
  card: '#ffffff',
  border: '#6e7781',
  lanes: ['#f6f8fa', '#eef1f4'],
  group: '#f6f8fa',
  layers: { demand: '#57606a', data: '#0072b2', model: '#8250df', infrastructure: '#6e5a00', serving: '#00795c', observability: '#b35900', governance: '#a0387b' },
  payloads: { data: '#0072b2', features: '#0089a7', labels: '#b35900', predictions: '#00795c', artifact: '#8250df', config: '#6e5a00', events: '#6e7781', request: '#1b1f24', feedback: '#a0387b' },
  severities: { critical: { fill: '#a40e26', text: '#ffffff' }, high: { fill: '#c4501b', text: '#ffffff' }, medium: { fill: '#f2cc60', text: '#1b1f24' }, low: { fill: '#d0d7de', text: '#1b1f24' } },
  marks: { added: '#00795c', changed: '#0072b2', removed: '#a40e26' },
};

const dark: Theme = {
  background: '#1b1f24',
  text: '#f0f3f6',
  quiet: '#b1bac4',
  card: '#262c33',
  border: '#8b949e',
  lanes: ['#20252b', '#262c33'],
  group: '#20252b',
  layers: { demand: '#b1bac4', data: '#56b4e9', model: '#c8a6ff', infrastructure: '#e3c95f', serving: '#3fd0a4', observability: '#ff9d4d', governance: '#ee9ccb' },
  payloads: { data: '#56b4e9', features: '#6fd3e6', labels: '#ff9d4d', predictions: '#3fd0a4', artifact: '#c8a6ff', config: '#e3c95f', events: '#9ea7b3', request: '#f0f3f6', feedback: '#ee9ccb' },
  severities: { critical: { fill: '#ff7b86', text: '#1b1f24' }, high: { fill: '#ff9d4d', text: '#1b1f24' }, medium: { fill: '#f2cc60', text: '#1b1f24' }, low: { fill: '#6e7781', text: '#ffffff' } },
  marks: { added: '#3fd0a4', changed: '#56b4e9', removed: '#ff7b86' },
};

const everywhere = <K extends string>(keys: readonly K[], colour: string): Record<K, string> => Object.fromEntries(keys.map((key) => [key, colour])) as Record<K, string>;
const LAYERS = Object.keys(light.layers) as Layer[];
const PAYLOADS = Object.keys(light.payloads) as Payload[];

const highContrast: Theme = {
  background: '#000000',
  text: '#ffffff',
  quiet: '#ffffff',
  card: '#000000',
  border: '#ffffff',
  lanes: ['#000000', '#000000'],
  group: '#000000',
  layers: everywhere(LAYERS, '#ffffff'),
  payloads: { ...dark.payloads, events: '#ffffff', request: '#ffffff' },
  severities: { critical: { fill: '#ffffff', text: '#000000' }, high: { fill: '#ffffff', text: '#000000' }, medium: { fill: '#000000', text: '#ffffff' }, low: { fill: '#000000', text: '#ffffff' } },
  marks: everywhere(['added', 'changed', 'removed'], '#ffffff'),
};

const print: Theme = {
  background: '#ffffff',
  text: '#000000',
  quiet: '#333333',
  card: '#ffffff',
  border: '#000000',
  lanes: ['#ffffff', '#f2f2f2'],
  group: '#ffffff',
  layers: everywhere(LAYERS, '#000000'),
  payloads: everywhere(PAYLOADS, '#000000'),
  severities: { critical: { fill: '#000000', text: '#ffffff' }, high: { fill: '#444444', text: '#ffffff' }, medium: { fill: '#ffffff', text: '#000000' }, low: { fill: '#ffffff', text: '#000000' } },
  marks: everywhere(['added', 'changed', 'removed'], '#000000'),
};

export const themes: Readonly<Record<ThemeName, Theme>> = { light, dark, 'high-contrast': highContrast, print };

/** Dashes by payload, so that a picture in grey still tells them apart. */
export const DASHES: Readonly<Record<Payload, string>> = { data: '', features: '', labels: '7 3', predictions: '', artifact: '10 3 2 3', config: '2 3', events: '1.5 3', request: '', feedback: '7 3 2 3' };

/** Widths by mode. */
export const STROKES = { sync: 1.7, async: 1.2, batch: 2.6, stream: 1.7 } as const;
