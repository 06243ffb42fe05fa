import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { writeSettings } from '../../scripts/vscode-host/server.ts';

/** The workbench as a user sees it: by role, name and text, never by what the editor is made of inside. */
export interface Workbench {
  readonly page: Page;
  /** Runs a step. When it fails, the message says which it was and where a picture of that moment lies. */
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** Takes a picture of all or a part, once nothing changes any more. */
  picture(file: string, clip?: Clip): Promise<void>;
}

/** In pixels of the page. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How long a step may take; the first one starts the language server on a machine that may be busy. */
const limit = 60_000;

export async function openWorkbench(page: Page, url: string, folder: string, pictures: string): Promise<Workbench> {
  page.setDefaultTimeout(limit);
  const picture = async (file: string, clip?: Clip): Promise<void> => writeFileSync(file, await stillPicture(page, clip));
  const step = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      const result = await work();
      console.log(`ok ${what} (${Math.round(performance.now() - started)} ms)`);
      return result;
    } catch (error) {
      const file = path.join(pictures, 'failed.png');
      const seen = await page.screenshot({ path: file }).then(() => file, () => 'none could be taken');
      throw new Error(`Failed: ${what}. Picture: ${seen}\n${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await step('the workbench opens', async () => {
    await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
    await page.getByRole('tree', { name: 'Files Explorer' }).waitFor();
  });
  return { page, step, picture };
}

/** A picture that is the same as the one a second before: colours, lenses and trees come one after the other. */
async function stillPicture(page: Page, clip?: Clip): Promise<Buffer> {
  const take = (): Promise<Buffer> => page.screenshot({ animations: 'disabled', ...(clip ? { clip } : {}) });
  let before = await take();
  for (const end = Date.now() + limit; Date.now() < end; ) {
    await page.waitForTimeout(1_000);
    const now = await take();
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error(`The workbench did not come to rest within ${limit / 1000} s.`);
}

/** Opens a file from the explorer. */
export async function openFile({ page }: Workbench, name: string): Promise<void> {
  await page.getByRole('tree', { name: 'Files Explorer' }).getByRole('treeitem', { name }).dblclick();
  await page.getByRole('tab', { name }).waitFor();
}

/** Runs a command of the command palette by its whole title. */
export async function command({ page }: Workbench, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.getByRole('textbox', { name: /Type the name of a command/ }).or(page.getByPlaceholder(/Type the name of a command/));
  await input.first().fill(`>${title}`);
  await page.getByRole('option', { name: title }).first().waitFor();
  await page.keyboard.press('Enter');
  await input.first().waitFor({ state: 'hidden' });
}

/** The rows of the Problems panel. */
export const problems = ({ page }: Workbench): Locator => page.locator('.markers-panel').getByRole('treeitem');

/** Opens the menu of quick fixes at the cursor. The first key may come before the editor has the focus. */
export async function quickFixMenu({ page }: Workbench): Promise<Locator> {
  const menu = page.getByRole('listbox', { name: 'Action Widget' });
  for (const end = Date.now() + limit; Date.now() < end; ) {
    await page.keyboard.press('Control+.');
    const shown = await menu.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    if (shown) return menu;
    // In a menu that is only late, the same key would accept.
    await page.keyboard.press('Escape');
  }
  throw new Error(`No menu of quick fixes opened within ${limit / 1000} s.`);
}

/** The rows of a view of the side bar. */
export const viewItems = ({ page }: Workbench, name: string): Locator => page.getByRole('tree', { name }).getByRole('treeitem');

/** The page of a webview, found by what is in it: the frames around it have no names to rely on. */
export async function frameWith({ page }: Workbench, selector: string): Promise<Frame> {
  for (const end = Date.now() + limit; Date.now() < end; ) {
    for (const frame of page.frames()) {
      // A frame may go while it is asked.
      if ((await frame.locator(selector).count().catch(() => 0)) > 0) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited ${limit / 1000} s for a page with ${selector}.`);
}

/** The four kinds of themes: the setting, and what the workbench calls the kind. */
export const THEMES = {
  'light': 'Default Light Modern',
  'dark': 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;
export type Theme = keyof typeof THEMES;

const KINDS: Readonly<Record<Theme, string>> = { 'light': 'vs', 'dark': 'vs-dark', 'high-contrast': 'hc-black', 'high-contrast-light': 'hc-light' };

/** Changes the theme in the settings of the running server, and waits until the workbench shows it. */
export async function changeTheme({ page }: Workbench, home: string, theme: Theme, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  writeSettings(home, { 'workbench.colorTheme': THEMES[theme], ...settings });
  await page.locator(`.monaco-workbench.${KINDS[theme]}`).waitFor();
}
