import { STATES, VIEWS, type DiagramState, type ViewName } from '../diagram/diagram.ts';
import { EXPORT_THEMES, FORMATS, type Change, type Choice, type ExportTheme, type Format } from '../protocol/page.ts';
import { html } from './element.ts';
import { OVERLAY_TITLES, OVERLAYS, type OverlayName } from './overlays.ts';
import { createPopover } from './popover.ts';

const VIEW_TITLES: Readonly<Record<ViewName, string>> = { system: 'System', training: 'Training path', serving: 'Serving path', feedback: 'Feedback loop', deployment: 'Deployment and trust', focus: 'Around a component' };
const STATE_TITLES: Readonly<Record<DiagramState, string>> = { current: 'Current', target: 'Target', diff: 'Difference' };
const FORMAT_TITLES: Readonly<Record<Format, string>> = { svg: 'SVG', png: 'PNG', mermaid: 'Mermaid', drawio: 'draw.io', json: 'JSON' };
const THEME_TITLES: Readonly<Record<ExportTheme, string>> = { light: 'Light', dark: 'Dark', 'high-contrast': 'High contrast', print: 'Print' };

export interface ToolbarEvents {
  choose(change: Change): void;
  overlay(name: OverlayName): void;
  zoom(key: '+' | '-' | '0' | '1'): void;
  export(format: Format, theme: ExportTheme): void;
}

/** Whether the picture has groups of components that are alike, drawn as one and drawn one by one. */
export interface Groups {
  readonly closed: boolean;
  readonly open: boolean;
}

export interface Toolbar {
  readonly element: HTMLElement;
  overlay(): OverlayName;
  setOverlay(name: OverlayName): void;
  /** Shows what is chosen, and what could be. */
  show(choice: Choice, systems: readonly string[], focusable: readonly string[], groups: Groups): void;
  zoomed(scale: number): void;
  exportTheme(theme: ExportTheme): void;
}

/** The controls over the picture; each has a name for screen readers, and the keys are in the titles. */
export function createToolbar(events: ToolbarEvents, parts: { readonly search: HTMLElement; readonly traffic: HTMLElement; readonly legend: HTMLElement }): Toolbar {
  const system = select('System', [], (name) => events.choose({ system: name }));
  const view = select('View', VIEWS.map((name) => [name, VIEW_TITLES[name]]), (name) => events.choose({ view: name as ViewName }));
  const focus = select('Component', [], (name) => events.choose({ view: 'focus', focus: name }));
  const state = select('State', STATES.map((name) => [name, STATE_TITLES[name]]), (name) => events.choose({ state: name as DiagramState }));
  const overlay = select('Overlay', OVERLAYS.map((name) => [name, OVERLAY_TITLES[name]]), (name) => events.overlay(name as OverlayName));
  const theme = select('Theme', EXPORT_THEMES.map((name) => [name, THEME_TITLES[name]]), () => undefined);
  const expand = button('Expand all', 'expand-all', 'Show components that are alike one by one', () => events.choose({ collapse: 'never', opened: undefined }));
  const collapse = button('Collapse all', 'collapse-all', 'Show components that are alike as one', () => events.choose({ collapse: undefined, opened: undefined }));
  const alike = group('Components that are alike', expand, collapse);
  const percent = html('span', { class: 'percent', 'data-testid': 'percent' }, '100 %');
  const formats = FORMATS.map((format) => button(FORMAT_TITLES[format], `export-${format}`, `Export as ${FORMAT_TITLES[format]}`, () => events.export(format, theme.field.value as ExportTheme)));
  const exporting = createPopover('Export', 'export', html('div', { class: 'formats', role: 'group', 'aria-label': 'Format' }, ...formats), theme.element, html('p', { class: 'quiet' }, 'The theme is that of SVG and PNG.'));
  const legend = createPopover('Legend', 'legend', parts.legend);
  const help = createPopover('Keys', 'help', helpOf());
  const element = html(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Diagram' },
    group('Picture', system.element, view.element, focus.element, state.element),
    alike,
    group('Overlay', overlay.element, parts.traffic),
    group('Search', parts.search),
    group('Zoom', button('−', 'zoom-out', 'Zoom out (-)', () => events.zoom('-')), percent, button('+', 'zoom-in', 'Zoom in (+)', () => events.zoom('+')), button('Fit', 'fit', 'Fit to page (0)', () => events.zoom('0')), button('1:1', 'actual', 'Actual size (1)', () => events.zoom('1'))),
    group('More', legend, exporting, help),
  );
  return {
    element,
    overlay: () => overlay.field.value as OverlayName,
    setOverlay: (name) => {
      overlay.field.value = name;
    },
    show: (choice, systems, focusable, { closed, open }) => {
      alike.hidden = !closed && !open;
      expand.hidden = !closed;
      collapse.hidden = !open;
      system.element.hidden = systems.length < 2;
      fill(system.field, systems, choice.system ?? systems[0]);
      focus.element.hidden = choice.view !== 'focus';
      fill(focus.field, focusable, choice.focus);
      view.field.value = choice.view;
      state.field.value = choice.state;
    },
    zoomed: (scale) => {
      percent.textContent = `${Math.round(scale * 100)} %`;
    },
    exportTheme: (name) => {
      theme.field.value = name;
    },
  };
}

const group = (name: string, ...children: readonly HTMLElement[]): HTMLElement => html('div', { class: 'group', role: 'group', 'aria-label': name }, ...children);

function button(text: string, id: string, title: string, act: () => void): HTMLElement {
  const element = html('button', { type: 'button', title, 'aria-label': title, 'data-testid': id }, text);
  element.addEventListener('click', act);
  return element;
}

function select(name: string, options: readonly (readonly [value: string, title: string])[], chosen: (value: string) => void): { readonly element: HTMLElement; readonly field: HTMLSelectElement } {
  const field = html('select', { 'aria-label': name, title: name, 'data-testid': name.toLowerCase() }, ...options.map(([value, title]) => html('option', { value }, title)));
  field.addEventListener('change', () => chosen(field.value));
  return { field, element: html('label', { class: 'choice' }, html('span', { class: 'caption' }, name), field) };
}

/** Names as options, made anew only where they are others. */
function fill(field: HTMLSelectElement, names: readonly string[], current: string | undefined): void {
  const now = [...field.options].map(({ value }) => value);
  if (now.join('\n') !== names.join('\n')) field.replaceChildren(...names.map((name) => html('option', { value: name }, name)));
  if (current !== undefined) field.value = current;
}

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Tab', 'from the controls to the picture, and to its selected component'],
  ['arrows', 'on the picture: move it; on a component: to the next one in that direction'],
  ['Space, click', 'select, and show where it is written'],
  ['Enter, double click', 'go to where it is written'],
  ['Enter, click', 'on components that are drawn as one: show them one by one; c on one of them: as one again'],
  ['i', 'figures and findings of the component'],
  ['f', 'the picture around the component'],
  ['/', 'search; Enter and Shift+Enter for the next and the one before'],
  ['+  −  0  1', 'zoom in, zoom out, fit, actual size; or the wheel with Ctrl'],
  ['Escape', 'close, and let go'],
];

const helpOf = (): HTMLElement => html('dl', { class: 'keys' }, ...KEYS.flatMap(([keys, what]) => [html('dt', {}, keys), html('dd', {}, what)]));
