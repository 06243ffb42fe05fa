import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import type { Diagram } from '../../src/diagram/diagram.ts';
import { pictureOf } from '../../src/diagram/picture.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { pageHtml } from '../../src/extension/features/diagrams/page-html.ts';
import type { PictureResult } from '../../src/protocol/diagram.ts';
import { isFromPage, type Choice, type FromPage, type ToPage } from '../../src/protocol/page.ts';
import { sceneOf, TODAY } from '../diagram/support.ts';
import { loadExample } from '../support/examples.ts';

const built = path.resolve(import.meta.dirname, '../../dist/extension/dist/webview');
const pictures = process.env['MLARCH_PICTURES'];

export type ThemeKind = 'vscode-light' | 'vscode-dark' | 'vscode-high-contrast' | 'vscode-high-contrast-light';

/** Colours that VS Code gives to a page, from its default themes. */
const COLOURS: Readonly<Record<ThemeKind, Readonly<Record<string, string>>>> = {
  'vscode-light': { 'editor-background': '#ffffff', 'editor-foreground': '#3b3b3b', 'sideBar-background': '#f8f8f8', 'descriptionForeground': '#717171', 'focusBorder': '#005fb8', 'dropdown-background': '#ffffff', 'dropdown-foreground': '#3b3b3b', 'dropdown-border': '#cecece', 'input-background': '#ffffff', 'input-foreground': '#3b3b3b', 'input-border': '#cecece', 'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'editorWidget-background': '#f8f8f8', 'widget-border': '#e5e5e5', 'editorHoverWidget-background': '#f8f8f8', 'editorHoverWidget-border': '#e5e5e5', 'panel-border': '#e5e5e5', 'charts-blue': '#1a85ff', 'charts-yellow': '#bf8803', 'charts-orange': '#d18616', 'charts-red': '#e51400', 'charts-green': '#388a34', 'charts-purple': '#652d90', 'inputValidation-warningBackground': '#f6f5d2', 'inputValidation-errorBackground': '#f2dede', 'errorForeground': '#f85149', 'progressBar-background': '#005fb8' },
  'vscode-dark': { 'editor-background': '#1f1f1f', 'editor-foreground': '#cccccc', 'sideBar-background': '#181818', 'descriptionForeground': '#9d9d9d', 'focusBorder': '#0078d4', 'dropdown-background': '#313131', 'dropdown-foreground': '#cccccc', 'dropdown-border': '#3c3c3c', 'input-background': '#313131', 'input-foreground': '#cccccc', 'input-border': '#3c3c3c', 'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'editorWidget-background': '#202020', 'widget-border': '#313131', 'editorHoverWidget-background': '#202020', 'editorHoverWidget-border': '#454545', 'panel-border': '#2b2b2b', 'charts-blue': '#59a4f9', 'charts-yellow': '#cca700', 'charts-orange': '#d18616', 'charts-red': '#f14c4c', 'charts-green': '#89d185', 'charts-purple': '#b180d7', 'inputValidation-warningBackground': '#352a05', 'inputValidation-errorBackground': '#5a1d1d', 'errorForeground': '#f85149', 'progressBar-background': '#0078d4' },
  'vscode-high-contrast': { 'editor-background': '#000000', 'editor-foreground': '#ffffff', 'sideBar-background': '#000000', 'descriptionForeground': '#ffffff', 'focusBorder': '#f38518', 'contrastBorder': '#6fc3df', 'contrastActiveBorder': '#f38518', 'editorWidget-background': '#0c141f', 'charts-blue': '#59a4f9', 'charts-yellow': '#ffd370', 'charts-orange': '#d18616', 'charts-red': '#f48771', 'charts-green': '#89d185', 'charts-purple': '#b180d7', 'errorForeground': '#f48771', 'progressBar-background': '#6fc3df' },
  'vscode-high-contrast-light': { 'editor-background': '#ffffff', 'editor-foreground': '#292929', 'sideBar-background': '#ffffff', 'descriptionForeground': '#292929', 'focusBorder': '#006bbd', 'contrastBorder': '#0f4a85', 'contrastActiveBorder': '#006bbd', 'editorWidget-background': '#ffffff', 'charts-blue': '#1a5cad', 'charts-yellow': '#895503', 'charts-orange': '#a34e00', 'charts-red': '#b5200d', 'charts-green': '#374e06', 'charts-purple': '#652d90', 'errorForeground': '#b5200d', 'progressBar-background': '#0f4a85' },
};

const { architectures: [fraud] } = loadExample('examples/card-fraud/main.mlarch');
if (!fraud) throw new Error('examples/card-fraud/main.mlarch has no system.');
export const architecture = fraud;
const reviewed = review(fraud, { today: TODAY });

/** A picture of the card-fraud example, as the server would make it. */
export function diagramOf(choice: Choice): Diagram {
  const diagram = pictureOf({ architecture, settings: DEFAULT_SETTINGS, today: TODAY }, reviewed, { ...choice, date: TODAY });
  if ('because' in diagram) throw new Error(diagram.because);
  return diagram;
}

const scenes = new Map<string, Promise<Scene>>();
export function exampleScene(choice: Choice): Promise<Scene> {
  const key = JSON.stringify(choice);
  const scene = scenes.get(key) ?? sceneOf(diagramOf(choice));
  scenes.set(key, scene);
  return scene;
}

/** The page with an extension behind it that answers from the example; what a test changes of it, it says. */
export interface OpenPage {
  readonly page: Page;
  /** Everything that the page has sent. */
  readonly received: FromPage[];
  /** What it asked of the network, and what its console and its policy complained of: nothing. */
  readonly faults: string[];
  send(message: ToPage | object): Promise<void>;
  node(id: string): Locator;
  /** Waits until the page has sent such a message, and gives it. */
  untilSent<T extends FromPage['type']>(type: T, matching?: (message: Extract<FromPage, { type: T }>) => boolean): Promise<Extract<FromPage, { type: T }>>;
  theme(kind: ThemeKind): Promise<void>;
  kept(): Promise<unknown>;
  /** A picture for the eye, where the environment says where to. */
  picture(name: string): Promise<void>;
}

export interface Opening {
  /** Instead of the example. */
  readonly scene?: Scene | ((choice: Choice) => Promise<Scene>);
  readonly state?: unknown;
  readonly theme?: ThemeKind;
  readonly answer?: (message: FromPage) => ToPage | undefined | Promise<ToPage | undefined>;
}

const URI = 'file:///card-fraud.mlarch';
const NONCE = '3b9d4f0e-0000-4000-8000-000000000000';

export async function openPage(browser: Browser, { scene, state, theme = 'vscode-dark', answer }: Opening = {}): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.setDefaultTimeout(15_000);
  const [received, faults]: [FromPage[], string[]] = [[], []];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  const html = pageHtml({ script: 'http://page.test/page.js', style: 'http://page.test/page.css', source: 'http://page.test', nonce: NONCE });
  await page.route('**/*', (route) => {
    const { pathname, host } = new URL(route.request().url());
    if (host === 'page.test' && pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (host === 'page.test' && (pathname === '/page.js' || pathname === '/page.css')) return route.fulfill({ contentType: pathname.endsWith('js') ? 'text/javascript' : 'text/css', body: readFileSync(path.join(built, pathname)) });
    if (pathname !== '/favicon.ico') faults.push(`network: ${route.request().url()}`);
    return route.abort();
  });
  const send = async (message: object): Promise<void> => page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
  let choice: Choice = { view: 'system', state: 'current' };
  let pictured = 0;
  const pictureMessage = async (): Promise<ToPage> => {
    const result: PictureResult = { kind: 'scene', id: `picture ${++pictured}`, scene: typeof scene === 'function' ? await scene(choice) : (scene ?? (await exampleScene(choice))), systems: [architecture.system.name], focusable: [...architecture.components.keys()] };
    return { type: 'picture', uri: URI, choice, result };
  };
  const usual = async (message: FromPage): Promise<ToPage | undefined> => {
    switch (message.type) {
      case 'choose':
        choice = message.choice;
        return pictureMessage();
      case 'ready':
      case 'lost':
        return pictureMessage();
      case 'details':
        return { type: 'details', component: message.component, result: { lines: [{ kind: 'heading', text: message.component }, { kind: 'text', text: 'utilisation at the peak: 41 %' }, { kind: 'finding', severity: 'high', text: 'ML05.2 <b>no canary</b>' }] } };
      case 'traffic': {
        const names = [...architecture.components.keys()];
        return { type: 'traffic', result: { multiple: message.multiple, utilisation: Object.fromEntries(names.slice(0, 9).map((name, index) => [name, (0.05 * (index + 1) ** 1.5 * message.multiple) / 2])), latency: { [names[3] ?? '']: 'p99 45 ms' }, latencyShare: { [names[3] ?? '']: 1 }, cost: { [names[4] ?? '']: '120 USD a month' }, first: `${names[8]} is full first, at 1.5 times today’s peak` } };
      }
      default:
        return undefined;
    }
  };
  await page.exposeFunction('toExtension', async (message: unknown) => {
    if (!isFromPage(message)) return void faults.push(`no message: ${JSON.stringify(message)}`);
    received.push(message);
    const reply = (await answer?.(message)) ?? (await usual(message));
    if (reply) await send(reply);
  });
  await page.addInitScript(`
    window.kept = ${JSON.stringify(state ?? null)};
    window.acquireVsCodeApi = () => ({ postMessage: (message) => void window.toExtension(message), getState: () => window.kept ?? undefined, setState: (state) => { window.kept = state; } });
    document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective));
    window.setTheme = (kind, colours) => {
      document.body.className = kind === 'vscode-high-contrast-light' ? 'vscode-high-contrast vscode-high-contrast-light' : kind;
      for (const name of [...document.documentElement.style]) document.documentElement.style.removeProperty(name);
      for (const [name, colour] of Object.entries(colours)) document.documentElement.style.setProperty('--vscode-' + name, colour);
      document.body.dataset.vscodeThemeKind = kind;
    };
    new MutationObserver((_, observer) => { if (document.body) { observer.disconnect(); window.setTheme(${JSON.stringify(theme)}, ${JSON.stringify(COLOURS[theme])}); } }).observe(document, { childList: true, subtree: true });`);
  await page.goto('http://page.test/');
  const opened: OpenPage = {
    page,
    received,
    faults,
    send,
    node: (id) => page.locator(`[data-node=${JSON.stringify(id)}]`),
    untilSent: async (type, matching = () => true) => {
      for (const end = Date.now() + 15_000; Date.now() < end; ) {
        const found = received.find((message): message is Extract<FromPage, { type: typeof type }> => message.type === type && matching(message as Extract<FromPage, { type: typeof type }>));
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`The page sent no such ${type}: ${JSON.stringify(received)}`);
    },
    theme: (kind) => page.evaluate(`setTheme(${JSON.stringify(kind)}, ${JSON.stringify(COLOURS[kind])})`),
    kept: () => page.evaluate('window.kept'),
    picture: async (name) => {
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: path.join(pictures, `${name}.png`), animations: 'disabled' });
    },
  };
  return opened;
}

/** Runs with an open page that shows its picture, and holds it to: nothing asked of the network, nothing wrong. */
export async function usePage(browser: Browser, opening: Opening, use: (opened: OpenPage) => Promise<void>): Promise<void> {
  const opened = await openPage(browser, opening);
  try {
    await opened.page.locator('[data-node]').first().waitFor();
    await use(opened);
    expect(opened.faults).toEqual([]);
  } finally {
    await opened.page.close();
  }
}

export const transform = ({ page }: OpenPage): Promise<string> => page.evaluate("document.querySelector('.drawing > g').getAttribute('transform')");
export const scaleOf = async (opened: OpenPage): Promise<number> => Number(/scale\(([\d.]+)\)/.exec(await transform(opened))?.[1]);
export const placeOf = async (element: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
  const box = await element.boundingBox();
  if (!box) throw new Error('It does not show.');
  return box;
};
export const focused = ({ page }: OpenPage): Promise<string | null> => page.evaluate("document.activeElement?.getAttribute('data-node') ?? document.activeElement?.getAttribute('data-testid')");
