import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/vscode-host/chromium.ts';
import type { Diagram } from '../../src/diagram/diagram.ts';
import type { Scene } from '../../src/diagram/scene.ts';
import { choiceOf, isPageState, type Choice } from '../../src/protocol/page.ts';
import { diagramOfText } from '../diagram/pictures.ts';
import { sceneOf } from '../diagram/support.ts';
import { focused, placeOf, transform, usePage, type Opening, type OpenPage } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const withPage = (opening: Opening, use: (opened: OpenPage) => Promise<void>): Promise<void> => usePage(browser, opening, use);

describe('a large picture', () => {
  const LARGE = `system Large {\n  service Api : realtime { }\n  alert Page { }\n${Array.from({ length: 160 }, (_, index) => `  monitor M${index} : latency { watches Api alerts Page }\n`).join('')}}\n`;
  const largeScene = (choice: Choice): Promise<Scene> => sceneOf(diagramOfText(LARGE, choice));

  it('opens components that are drawn as one by a click or Enter, and closes them by a key', async () => {
    await withPage({ scene: largeScene }, async (opened) => {
      const { page, node, untilSent, received } = opened;
      expect(await page.locator('[data-node]').count()).toBe(3);
      const group = node('collapsed:M0');
      expect([await group.getAttribute('aria-expanded'), await group.getAttribute('aria-label')]).toEqual(['false', expect.stringContaining('stands for 160 components')]);
      await opened.picture('collapsed');
      const before = await placeOf(group);
      await group.click();
      await untilSent('choose', ({ choice }) => choice.opened?.join() === 'M0');
      await expect.poll(() => page.locator('[data-node]').count()).toBe(162);
      // A click on a group is no way to the source of one of its components.
      expect(received.some(({ type }) => type === 'reveal')).toBe(false);
      // The first of them is where the group was, and in focus.
      expect(await focused(opened)).toBe('M0');
      const after = await placeOf(node('M0'));
      // But for its frame, which is thicker now.
      expect(Math.max(Math.abs(after.x - before.x), Math.abs(after.y - before.y))).toBeLessThan(3);
      expect(await node('M7').getAttribute('aria-label')).toContain('of an opened group');
      await opened.picture('opened');
      await node('M7').focus();
      await page.keyboard.press('c');
      await expect.poll(() => page.locator('[data-node]').count()).toBe(3);
      expect(await focused(opened)).toBe('collapsed:M0');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('[data-node]').count()).toBe(162);
    });
  });

  it('has controls to open and close all, and is revived as it was', async () => {
    await withPage({}, async ({ page }) => expect(await page.getByTestId('expand-all').isVisible()).toBe(false));
    let kept: unknown;
    await withPage({ scene: largeScene }, async (opened) => {
      const { page } = opened;
      expect(await page.getByTestId('collapse-all').isVisible()).toBe(false);
      await page.getByTestId('expand-all').click();
      await expect.poll(() => page.locator('[data-node]').count()).toBe(162);
      expect(await page.getByTestId('expand-all').isVisible()).toBe(false);
      await page.getByTestId('collapse-all').click();
      await expect.poll(() => page.locator('[data-node]').count()).toBe(3);
      await opened.node('collapsed:M0').focus();
      await page.keyboard.press('i');
      await page.getByTestId('details').getByText('M0, M1, M2').waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(async () => { kept = await opened.kept(); return kept; }).toMatchObject({ opened: ['M0'] });
    });
    // What the extension reads from it to ask for the same picture again.
    expect(isPageState(kept) && choiceOf(kept)).toEqual({ view: 'system', state: 'current', opened: ['M0'] });
  });

  it('has a small one of itself in a corner', async () => {
    await withPage({}, async ({ page }) => expect(await page.locator('.minimap').isVisible()).toBe(false));
    const names = Array.from({ length: 80 }, (_, index) => `Component${index}`);
    const diagram: Diagram = {
      system: 'Large', view: 'system', state: 'current', title: 'Large', subtitle: '', lanes: [], groups: [],
      nodes: names.map((name) => ({ id: name, name, kind: 'service', detail: 'service', figures: [], badges: [], layer: 'serving' })),
      edges: names.slice(1).map((name, index) => ({ id: `edge${index}`, from: names[Math.floor(index / 3)]!, to: name, payload: 'request', mode: 'sync', label: '' })),
    };
    await withPage({ scene: await sceneOf(diagram) }, async (opened) => {
      const map = opened.page.locator('.minimap');
      expect(await map.isVisible()).toBe(true);
      await opened.page.getByTestId('actual').click();
      const { x, y, width, height } = await placeOf(map);
      const before = await transform(opened);
      await opened.page.mouse.click(x + width * 0.1, y + height * 0.9);
      expect(await transform(opened)).not.toBe(before);
      await opened.picture('minimap');
    });
  });
});
