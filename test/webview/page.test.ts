import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/vscode-host/chromium.ts';
import { THEME_KINDS } from '../../src/webview/page-theme.ts';
import { HOSTILE, hostileDiagram, sceneOf } from '../diagram/support.ts';
import { architecture, exampleScene, focused, openPage, placeOf, scaleOf, transform, usePage, type Opening, type OpenPage } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const SYSTEM = { view: 'system', state: 'current' } as const;

const withPage = (opening: Opening, use: (opened: OpenPage) => Promise<void>): Promise<void> => usePage(browser, opening, use);

describe('the picture', () => {
  it('has every component and flow of the system, each component a button with its findings in its name', async () => {
    await withPage({}, async (opened) => {
      const scene = await exampleScene(SYSTEM);
      expect(await opened.page.locator('[data-node]').count()).toBe(scene.nodes.length);
      expect(await opened.page.locator('[data-edge]').count()).toBe(scene.edges.length);
      expect(await opened.page.getByRole('button', { name: /^service Scorer, 1 high finding/ }).count()).toBe(1);
      expect(await opened.page.locator('[data-node][role=button]').count()).toBe(scene.nodes.length);
      await opened.picture('system-dark');
    });
  });

  it('is whole on the page at first, in its middle', async () => {
    await withPage({}, async (opened) => {
      const { page, node } = opened;
      const stage = await placeOf(page.getByTestId('stage'));
      const left = Number(/translate\(([-\d.]+)/.exec(await transform(opened))?.[1]);
      expect(2 * left + (await exampleScene(SYSTEM)).width * (await scaleOf(opened))).toBeCloseTo(stage.width, 3);
      for (const { node: { id } } of (await exampleScene(SYSTEM)).nodes) {
        const { x, y, width, height } = await placeOf(node(id));
        expect(x >= stage.x && y >= stage.y && x + width <= stage.x + stage.width && y + height <= stage.y + stage.height, id).toBe(true);
      }
    });
  });

  it('draws what is hostile in a file as text', async () => {
    for (const boxes of ['lanes', 'groups'] as const) {
      const scene = await sceneOf(hostileDiagram(boxes));
      await withPage({ scene }, async (opened) => {
        expect(await opened.page.locator('[data-node]').count()).toBe(HOSTILE.length);
        expect(await opened.page.locator('script').count()).toBe(1);
        expect(await opened.page.locator('img, iframe, foreignObject').count()).toBe(0);
        for (const overlay of ['ownership', 'data']) await opened.page.getByTestId('overlay').selectOption(overlay);
        await opened.page.getByTestId('legend').click();
        await opened.node('<script>alert(1)</script>').focus();
        await opened.page.keyboard.press('i');
        await opened.page.getByTestId('details').getByText('<b>no canary</b>').waitFor();
        expect(await opened.page.locator('script').count()).toBe(1);
        await opened.picture(`hostile-${boxes}`);
      });
    }
  });

  it('changes by a patch only where it is told to, and keeps place, focus and selection', async () => {
    await withPage({}, async (opened) => {
      const { page, node, send } = opened;
      const scene = await exampleScene(SYSTEM);
      await node('Scorer').click();
      await page.evaluate("for (const element of document.querySelectorAll('[data-node]')) element.drawnBefore = true");
      const [before, first] = [await transform(opened), scene.nodes.find((placed) => placed.node.id === 'Scorer')!];
      const changed = { ...first, node: { ...first.node, badges: [] }, card: { ...first.card, badges: [], figures: ['9 req/s'] } };
      await send({ type: 'picture', uri: 'file:///a', choice: SYSTEM, base: 'picture 1', result: { kind: 'patch', id: 'next', subtitle: 'as of now', nodes: [changed], edges: [] } });
      await page.getByTestId('heading').getByText('as of now').waitFor();
      await node('Scorer').getByText('9 req/s').waitFor();
      expect(await page.evaluate("[...document.querySelectorAll('[data-node]')].filter((element) => !element.drawnBefore).map((element) => element.dataset.node)")).toEqual(['Scorer']);
      expect(await node('Scorer').getAttribute('aria-label')).toBe('service Scorer');
      expect(await focused(opened)).toBe('Scorer');
      expect(await node('Scorer').getAttribute('aria-current')).toBe('true');
      expect(await transform(opened)).toBe(before);
    });
  });

  it('asks for the whole picture where a patch is of another', async () => {
    await withPage({}, async ({ send, untilSent }) => {
      await send({ type: 'picture', uri: 'file:///a', choice: SYSTEM, base: 'unknown', result: { kind: 'patch', id: 'next', nodes: [], edges: [] } });
      await untilSent('lost');
    });
  });

  it('stays through errors of the text, and says so', async () => {
    await withPage({}, async (opened) => {
      const { page, send } = opened;
      const count = await page.locator('[data-node]').count();
      await send({ type: 'picture', uri: 'file:///a', choice: SYSTEM, base: 'picture 1', result: { kind: 'same', id: 'picture 1', stale: 'The text has an error.' } });
      await page.getByTestId('stale').getByText('The text has an error.').waitFor();
      await opened.picture('stale');
      await send({ type: 'picture', uri: 'file:///a', choice: SYSTEM, result: { kind: 'none', because: 'There is no system.' } });
      await page.getByTestId('fault').getByText('There is no system.').waitFor();
      await send({ type: 'failed', message: 'It stopped.' });
      await page.getByTestId('fault').getByText('It stopped.').waitFor();
      expect(await page.locator('[data-node]').count()).toBe(count);
      await send({ type: 'picture', uri: 'file:///a', choice: SYSTEM, base: 'picture 1', result: { kind: 'same', id: 'picture 1' } });
      await page.getByTestId('stale').waitFor({ state: 'hidden' });
    });
  });

  it('says why there is none', async () => {
    const opened = await openPage(browser, { answer: ({ type }) => (type === 'ready' ? { type: 'picture', uri: 'file:///a', choice: SYSTEM, result: { kind: 'none', because: 'This file belongs to no system.' } } : undefined) });
    await opened.page.getByText('This file belongs to no system.').waitFor();
    expect(opened.faults).toEqual([]);
    await opened.page.close();
  });

  it('takes no notice of what is no message', async () => {
    await withPage({}, async ({ page, send }) => {
      for (const message of [{}, { type: 'picture' }, { type: 'picture', uri: 'a', choice: SYSTEM, result: { kind: 'scene', id: '1', scene: { nodes: [{}] } } }, { type: 'traffic', result: { multiple: '<b>' } }, { type: 'cursor', id: 7 }]) await send(message);
      expect(await page.locator('[data-node]').count()).toBe((await exampleScene(SYSTEM)).nodes.length);
    });
  });
});

describe('the controls', () => {
  it('choose view and state, and show all of the new picture', async () => {
    await withPage({}, async (opened) => {
      const { page, untilSent } = opened;
      for (const view of ['training', 'serving', 'feedback', 'deployment'] as const) {
        await page.getByTestId('view').selectOption(view);
        await untilSent('choose', ({ choice }) => choice.view === view);
        const { nodes } = await exampleScene({ view, state: 'current' });
        await expect.poll(() => page.locator('[data-node]').count()).toBe(nodes.length);
        await opened.picture(`view-${view}`);
      }
      await page.getByTestId('state').selectOption('diff');
      await untilSent('choose', ({ choice }) => choice.view === 'deployment' && choice.state === 'diff');
      await expect.poll(() => page.getByTestId('state').inputValue()).toBe('diff');
      await opened.picture('state-diff');
    });
  });

  it('show the picture around a component', async () => {
    await withPage({}, async ({ page, node, untilSent }) => {
      expect(await page.getByTestId('component').isVisible()).toBe(false);
      await node('FraudNet').click();
      await page.getByTestId('view').selectOption('focus');
      await untilSent('choose', ({ choice }) => choice.view === 'focus' && choice.focus === 'FraudNet');
      await expect.poll(() => page.getByTestId('component').isVisible()).toBe(true);
      await page.getByTestId('component').selectOption('Scorer');
      await untilSent('choose', ({ choice }) => choice.focus === 'Scorer');
    });
  });

  it('zoom, fit, and show the actual size', async () => {
    await withPage({}, async (opened) => {
      const { page } = opened;
      const whole = await transform(opened);
      const first = await scaleOf(opened);
      await page.getByTestId('zoom-in').click();
      expect(await scaleOf(opened)).toBeCloseTo(first * 1.25, 5);
      await page.getByTestId('zoom-out').click();
      expect(await scaleOf(opened)).toBeCloseTo(first, 5);
      await page.getByTestId('actual').click();
      expect(await scaleOf(opened)).toBe(1);
      expect(await page.getByTestId('percent').textContent()).toBe('100 %');
      await page.getByTestId('fit').click();
      expect(await transform(opened)).toBe(whole);
    });
  });

  it('overlays say in words what they say in colours', async () => {
    await withPage({}, async (opened) => {
      const { page, node } = opened;
      for (const overlay of ['findings', 'utilisation', 'latency', 'cost', 'ownership', 'data']) {
        await page.getByTestId('overlay').selectOption(overlay);
        await page.locator('.tag').first().waitFor();
        expect(await page.locator('.tag').count()).toBe(await page.locator('.tagged').count());
        expect(await page.locator('.tag text').evaluateAll((words) => words.every(({ textContent }) => (textContent ?? '') !== ''))).toBe(true);
        await opened.picture(`overlay-${overlay}`);
      }
      await page.getByTestId('overlay').selectOption('findings');
      expect(await node('Scorer').getAttribute('aria-description')).toBe('1 high');
      expect(await page.getByTestId('overlay-legend').textContent()).toContain('critical');
      await page.getByTestId('overlay').selectOption('none');
      expect(await page.locator('.tag').count()).toBe(0);
      expect(await page.getByTestId('overlay-legend').isVisible()).toBe(false);
    });
  });

  it('the traffic slider shows what is overloaded, and what breaks first', async () => {
    await withPage({}, async (opened) => {
      const { page, untilSent } = opened;
      const slider = page.getByTestId('traffic');
      await slider.fill('50');
      await untilSent('traffic', ({ multiple }) => multiple === 10);
      expect(await slider.getAttribute('aria-valuetext')).toBe('10 times');
      expect(await page.getByTestId('multiple').textContent()).toBe('10×');
      expect(await page.getByTestId('overlay').inputValue()).toBe('utilisation');
      await page.getByTestId('first').getByText('is full first').waitFor();
      await page.locator('.tag.level-3').first().waitFor();
      expect(await page.locator('.tag.level-3 text').first().textContent()).toMatch(/^overloaded: \d+ %$/);
      await slider.fill('100');
      await untilSent('traffic', ({ multiple }) => multiple === 100);
      await opened.picture('traffic');
    });
  });

  it('search finds, counts and goes from one to the next', async () => {
    await withPage({}, async (opened) => {
      const { page } = opened;
      await page.getByTestId('search').fill('monitor');
      expect(await page.getByTestId('search-count').textContent()).toBe('1 of 2');
      expect(await page.locator('.found').count()).toBe(2);
      await page.keyboard.press('Enter');
      expect(await page.getByTestId('search-count').textContent()).toBe('2 of 2');
      await opened.picture('search');
      await page.getByTestId('search').fill('no such thing');
      expect(await page.getByTestId('search-count').textContent()).toBe('none');
      await page.keyboard.press('Escape');
      expect(await page.locator('.searching').count()).toBe(0);
      expect(await focused(opened)).toBe('stage');
    });
  });

  it('export each format, in the theme of the page unless another is chosen', async () => {
    await withPage({ theme: 'vscode-light' }, async (opened) => {
      const { page, untilSent } = opened;
      await page.getByTestId('export').click();
      await opened.picture('export');
      for (const format of ['svg', 'png', 'mermaid', 'drawio', 'json'] as const) {
        await page.getByTestId(`export-${format}`).click();
        await untilSent('export', (message) => message.format === format && message.theme === 'light');
      }
      await page.getByTestId('theme').selectOption('print');
      await page.getByTestId('export-svg').click();
      await untilSent('export', ({ theme }) => theme === 'print');
      await page.keyboard.press('Escape');
      expect(await page.getByTestId('export-svg').isVisible()).toBe(false);
    });
  });

  it('paints a PNG where the server cannot', async () => {
    await withPage({}, async ({ send, untilSent }) => {
      await send({ type: 'paint', svg: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="red"/></svg>' });
      const png = Buffer.from((await untilSent('painted')).png ?? '', 'base64');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([80, 60]);
      await send({ type: 'paint', svg: 'no picture' });
      await untilSent('painted', ({ png: none }) => none === undefined);
    });
  });

  it('the legend explains what is in the picture', async () => {
    await withPage({}, async (opened) => {
      await opened.page.getByTestId('legend').click();
      await opened.page.getByTestId('legend-content').getByText('the caller waits').waitFor();
      await opened.picture('legend');
      await opened.page.mouse.click(640, 700);
      expect(await opened.page.getByTestId('legend-content').isVisible()).toBe(false);
    });
  });
});

describe('the mouse', () => {
  it('one click selects and shows the source, two go there', async () => {
    await withPage({}, async (opened) => {
      await opened.node('FraudNet').click();
      await opened.untilSent('reveal', ({ id, open }) => id === 'FraudNet' && !open);
      expect(await opened.node('FraudNet').getAttribute('aria-current')).toBe('true');
      expect(await opened.page.locator('.linked').count()).toBeGreaterThan(0);
      await opened.node('Scorer').dblclick();
      await opened.untilSent('reveal', ({ id, open }) => id === 'Scorer' && open);
      await opened.picture('selected');
      const stage = await placeOf(opened.page.getByTestId('stage'));
      await opened.page.mouse.click(stage.x + 5, stage.y + stage.height - 5);
      expect(await opened.page.locator('.selected').count()).toBe(0);
    });
  });

  it('a click on a flow shows where it is written', async () => {
    await withPage({}, async (opened) => {
      const [first] = (await exampleScene(SYSTEM)).edges;
      await opened.page.locator(`[data-edge=${JSON.stringify(first!.edge.id)}] .hit`).dispatchEvent('click', { bubbles: true });
      await opened.untilSent('reveal', ({ id }) => id === first!.edge.id);
    });
  });

  it('a drag moves the picture and selects nothing', async () => {
    await withPage({}, async (opened) => {
      const { x, y, width, height } = await placeOf(opened.node('Scorer'));
      const [from, above] = [Math.round(x + width / 2), Math.round(y + height / 2)];
      await opened.page.mouse.move(from, above);
      await opened.page.mouse.down();
      await opened.page.mouse.move(from + 60, above + 40, { steps: 4 });
      await opened.page.mouse.up();
      const after = await placeOf(opened.node('Scorer'));
      expect([after.x - x, after.y - y].map(Math.round)).toEqual([60, 40]);
      expect(await opened.page.locator('.selected').count()).toBe(0);
    });
  });

  it('the wheel moves, and with Control it zooms about the pointer', async () => {
    await withPage({}, async (opened) => {
      const { page, node } = opened;
      const before = await placeOf(node('Scorer'));
      await page.mouse.move(before.x, before.y);
      await page.mouse.wheel(0, 50);
      await expect.poll(async () => Math.round((await placeOf(node('Scorer'))).y - before.y)).toBe(-50);
      const scale = await scaleOf(opened);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -100);
      await page.keyboard.up('Control');
      await expect.poll(() => scaleOf(opened)).toBeGreaterThan(scale);
    });
  });

  it('two fingers zoom', async () => {
    await withPage({}, async (opened) => {
      const scale = await scaleOf(opened);
      await opened.page.evaluate(`{
        const stage = document.querySelector('.stage');
        const finger = (type, pointerId, clientX, clientY) => stage.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY, pointerType: 'touch', bubbles: true }));
        stage.setPointerCapture = () => undefined;
        finger('pointerdown', 11, 600, 400); finger('pointerdown', 12, 700, 400);
        finger('pointermove', 12, 800, 400);
        finger('pointerup', 11, 600, 400); finger('pointerup', 12, 800, 400);
      }`);
      expect(await scaleOf(opened)).toBeCloseTo(scale * 2, 5);
    });
  });

  it('a card opens over a node, with its figures and findings as text, and Escape closes it', async () => {
    await withPage({}, async (opened) => {
      await opened.node('Scorer').hover();
      const card = opened.page.getByTestId('details');
      await card.getByText('utilisation at the peak: 41 %').waitFor();
      expect(await card.textContent()).toContain('<b>no canary</b>');
      await opened.picture('details');
      await opened.page.keyboard.press('Escape');
      expect(await card.isVisible()).toBe(false);
    });
  });

  it('goes to the place that the cursor of the editor is in', async () => {
    await withPage({}, async ({ node, send, page }) => {
      await send({ type: 'cursor', id: 'Registry' });
      await page.locator('.at-cursor').waitFor();
      expect(await node('Registry').getAttribute('class')).toContain('at-cursor');
      await send({ type: 'cursor' });
      await page.locator('.at-cursor').waitFor({ state: 'detached' });
      // A component of that name in another system of the file is another one.
      await send({ type: 'cursor', id: 'Registry', systems: ['CardFraud'] });
      await page.locator('.at-cursor').waitFor();
      await send({ type: 'cursor', id: 'Registry', systems: ['Other'] });
      await page.locator('.at-cursor').waitFor({ state: 'detached' });
    });
  });
});

describe('the keyboard alone', () => {
  it('reaches every control, the picture and a component', async () => {
    await withPage({}, async (opened) => {
      const reached = new Set<string | null>();
      for (let press = 0; press < 20; press++) {
        await opened.page.keyboard.press('Tab');
        reached.add(await focused(opened));
      }
      for (const control of ['view', 'state', 'overlay', 'traffic', 'search', 'zoom-out', 'zoom-in', 'fit', 'actual', 'legend', 'export', 'help', 'stage']) expect([...reached]).toContain(control);
      expect([...reached].some((name) => name !== null && architecture.components.has(name))).toBe(true);
    });
  });

  it('moves from component to component, selects and opens', async () => {
    await withPage({}, async (opened) => {
      const { page, node, untilSent } = opened;
      await node('AuthStream').focus();
      await page.keyboard.press('ArrowDown');
      expect(await focused(opened)).toBe('AuthGate');
      await untilSent('reveal', ({ id, open }) => id === 'AuthGate' && !open);
      await page.keyboard.press('ArrowUp');
      expect(await focused(opened)).toBe('AuthStream');
      await page.keyboard.press('Space');
      await untilSent('reveal', ({ id, open }) => id === 'AuthStream' && !open);
      await page.keyboard.press('Enter');
      await untilSent('reveal', ({ id, open }) => id === 'AuthStream' && open);
      await opened.picture('keyboard-focus');
      await page.keyboard.press('i');
      await page.getByTestId('details').getByText('utilisation').waitFor();
      await page.keyboard.press('f');
      await untilSent('choose', ({ choice }) => choice.view === 'focus' && choice.focus === 'AuthStream');
    });
  });

  it('reaches every component by arrows', async () => {
    await withPage({}, async (opened) => {
      const { nodes } = await exampleScene(SYSTEM);
      const start = nodes[0]!.node.id;
      const seen = new Set([start]);
      const open = [start];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
          await opened.node(id).focus();
          await opened.page.keyboard.press(key);
          const next = await focused(opened);
          if (next === null || seen.has(next)) continue;
          seen.add(next);
          open.push(next);
        }
      }
      expect([...seen].sort()).toEqual(nodes.map(({ node }) => node.id).sort());
    });
  });

  it('moves and zooms the picture', async () => {
    await withPage({}, async (opened) => {
      const { page } = opened;
      await page.getByTestId('stage').focus();
      const [whole, scale] = [await transform(opened), await scaleOf(opened)];
      await page.keyboard.press('ArrowRight');
      expect(await transform(opened)).not.toBe(whole);
      await page.keyboard.press('+');
      expect(await scaleOf(opened)).toBeGreaterThan(scale);
      await page.keyboard.press('0');
      expect(await transform(opened)).toBe(whole);
      await page.keyboard.press('/');
      expect(await focused(opened)).toBe('search');
      await page.keyboard.type('scorer');
      await expect.poll(() => page.locator('.current').count()).toBe(1);
    });
  });
});

describe('themes', () => {
  it.each(THEME_KINDS)('%s', async (kind) => {
    await withPage({}, async (opened) => {
      const { page } = opened;
      await opened.theme(kind);
      await page.getByTestId('overlay').selectOption('utilisation');
      await page.locator('.tag').first().waitFor();
      await opened.node('Scorer').focus();
      await page.keyboard.press('i');
      await page.getByTestId('details').getByText('utilisation').waitFor();
      await opened.picture(`theme-${kind}`);
      const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      const card = await page.evaluate("getComputedStyle(document.querySelector('[data-node]:not(.tagged) > rect')).fill");
      expect(card).toBe(ground);
      if (!kind.startsWith('vscode-high-contrast')) return;
      // No shades and no dimming: whatever has a ground has that of the editor or of a widget.
      const grounds: string[] = await page.evaluate("[...new Set([...document.querySelectorAll('.drawing rect')].map((rect) => getComputedStyle(rect).fill))]");
      expect(grounds.every((fill) => !fill.includes('rgba') && !fill.includes('color('))).toBe(true);
      expect(await page.evaluate("getComputedStyle(document.querySelector('.details')).borderTopStyle")).toBe('solid');
      await page.getByTestId('export').click();
      expect(await page.getByTestId('theme').inputValue()).toBe(kind === 'vscode-high-contrast' ? 'high-contrast' : 'print');
    });
  });

  it('nothing moves for those who want nothing to move', async () => {
    await withPage({}, async ({ page }) => {
      const animation = (): Promise<string> => page.evaluate("(() => { const stage = document.querySelector('.stage'); stage.setAttribute('aria-busy', 'true'); return getComputedStyle(stage, '::after').animationName; })()");
      expect(await animation()).toBe('busy');
      await page.evaluate("document.body.classList.add('vscode-reduce-motion')");
      expect(await animation()).toBe('none');
      await page.evaluate("document.body.classList.remove('vscode-reduce-motion')");
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await animation()).toBe('none');
    });
  });
});

describe('what is kept', () => {
  it('is the file, what is shown of it, and where; and a page that is revived shows the same', async () => {
    let kept: unknown;
    let place = '';
    await withPage({}, async (opened) => {
      await opened.page.getByTestId('zoom-in').click();
      await expect.poll(async () => { kept = await opened.kept(); return kept; }).toMatchObject({ uri: 'file:///card-fraud.mlarch', view: 'system', state: 'current', viewport: { scale: await scaleOf(opened) } });
      expect(Object.keys(kept as object).sort()).toEqual(['state', 'uri', 'view', 'viewport']);
      place = await transform(opened);
    });
    await withPage({ state: kept }, async (opened) => expect(await transform(opened)).toBe(place));
  });

  it('of an older version is no hindrance', async () => {
    await withPage({ state: { uri: 7, viewport: 'x' } }, async (opened) => expect(await scaleOf(opened)).toBeLessThanOrEqual(1));
  });
});
