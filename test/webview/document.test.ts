import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/vscode-host/chromium.ts';
import type { Document } from '../../src/report/document/block.ts';
import { htmlOf } from '../../src/report/document/html.ts';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { elkLayouter } from '../../src/diagram/layout/elk.ts';
import { reportPictures } from '../../src/report/review-report/pictures.ts';
import { reviewReport } from '../../src/report/review-report/sections.ts';
import { loadExample } from '../support/examples.ts';
import { subjectOf } from '../report/review-report/subject.ts';
import { HOSTILE_TEXTS, hostileDocument } from '../report/document/hostile.ts';
import { sample } from '../report/document/sample.ts';

const pictures = process.env['MLARCH_PICTURES'];

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

type Look = { readonly colorScheme?: 'light' | 'dark'; readonly media?: 'screen' | 'print'; readonly width?: number };

/** Opens a document as a page of the web, and holds it to: nothing asked of anybody, nothing complained of. */
async function withDocument(document: Document, { colorScheme = 'light', media = 'screen', width = 1280 }: Look, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const faults: string[] = [];
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.href === 'http://page.test/') return route.fulfill({ contentType: 'text/html', body: htmlOf(document) });
    if (url.pathname !== '/favicon.ico') faults.push(`network: ${url.href}`);
    return route.abort();
  });
  try {
    await page.emulateMedia({ media });
    await page.goto('http://page.test/');
    await use(page);
    expect(faults).toEqual([]);
  } finally {
    await page.close();
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong, all of its rules on. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`).slice(0, 3).join(' | ')}`);
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

describe('a document in a browser', () => {
  it.each<readonly [name: string, look: Look]>([['light', {}], ['dark', { colorScheme: 'dark' }], ['narrow', { width: 360 }], ['print', { media: 'print' }]])('has nothing that axe finds wrong: %s', async (name, look) => {
    await withDocument(await sample(), look, async (page) => {
      await picture(page, `document-${name}`);
      expect(await violations(page)).toEqual([]);
    });
  });

  it.each(['examples/card-fraud/main.mlarch', 'examples/published/startup-on-one-machine.mlarch'])('has nothing that axe finds wrong in the report of %s', async (file) => {
    const [architecture] = loadExample(file).architectures;
    if (!architecture) throw new Error('no system');
    const context = { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
    const report = reviewReport(subjectOf(architecture, { pictures: await reportPictures(context, review(architecture, context), elkLayouter()) }));
    for (const look of [{}, { width: 360 }] as readonly Look[]) {
      await withDocument(report, look, async (page) => {
        expect(await violations(page)).toEqual([]);
        if ('width' in look) expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width ?? 0);
      });
    }
  });

  it('finds what is wrong where something is', async () => {
    await withDocument(await sample(), {}, async (page) => {
      await page.evaluate("document.documentElement.removeAttribute('lang')");
      expect((await violations(page)).join()).toContain('html-has-lang');
    });
  });

  it('stands in a narrow window without being moved sideways', async () => {
    await withDocument(await sample(), { width: 360 }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    });
  });

  it('leads from its contents and its links to what they name', async () => {
    await withDocument(await sample(), {}, async (page) => {
      const lost = await page.evaluate<readonly string[]>("[...document.querySelectorAll('a[href^=\"#\"]')].filter((link) => !document.getElementById(link.getAttribute('href').slice(1))).map((link) => link.outerHTML)");
      expect(lost).toEqual([]);
      expect(await page.getByRole('link', { name: 'the findings' }).getAttribute('href')).toBe('#d-findings');
    });
  });

  it('lets no text of a file become markup, run or ask for anything', async () => {
    await withDocument(hostileDocument(), {}, async (page) => {
      expect(await page.evaluate('document.querySelectorAll("script, img, iframe, object, [onerror], [onload]").length')).toBe(0);
      expect(await page.locator('main > section > h2').count()).toBe(HOSTILE_TEXTS.length);
      expect(await page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')).filter((href) => !href.startsWith('#') && !href.startsWith('https://'))")).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
    });
  });
});
