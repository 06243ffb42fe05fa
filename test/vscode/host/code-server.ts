import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../../scripts/vscode-host/chromium.ts';
import { locateHost } from '../../../scripts/vscode-host/location.ts';
import { startServer } from '../../../scripts/vscode-host/server.ts';
import { serve } from './static-server.ts';
import type { Staged } from './stage.ts';

/** Seconds until the suite says something, and for all of it. */
const limits = { start: 120, end: 300 } as const;

/** What the suite writes begins with this; the workbench logs much else. */
const ours = '[mlarch] ';

/** Opens the workbench in Chromium, which starts the extension and its tests. Throws when a test fails or the time is over. */
export async function runInCodeServer(staged: Staged): Promise<void> {
  const host = locateHost();
  const log = path.join(staged.home, 'workbench.log');
  const logged = createWriteStream(log);
  const files = await serve(staged.extension);
  const server = await startServer(host, staged.home);
  const browser = await launchChromium().catch(async (error: unknown) => { await server.stop(); throw error; });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, bypassCSP: true });
    let last: string | undefined;
    const finished = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
      const line = args.map(String).join(' ');
      logged.write(`[${type}] ${line}\n`);
      if (!line.startsWith(ours)) return;
      console.log(line.slice(ours.length));
      last = line.slice(ours.length).split('\n')[0];
    });
    await open(page, server.url, files.url, staged);
    const code = await inTime(finished, page, () => last, staged.home);
    if (code !== 0) throw new Error(`Tests failed (exit code ${code}). Log of the workbench: ${log}`);
  } finally {
    await browser.close();
    await server.stop();
    files.close();
    logged.end();
  }
}

/**
 * Opens the page that runs the tests. The Node host takes an extension of the server’s disk, named in the page’s address (the
 * authority of those files is the word “remote”). The web worker host takes one that comes over HTTP, named in the
 * configuration that the server writes into the page.
 */
async function open(page: Page, url: string, files: string, staged: Staged): Promise<void> {
  const address = new URL(url);
  address.searchParams.set('folder', staged.workspace);
  if (staged.kind === 'node') {
    const base = `vscode-remote://remote${staged.extension}`;
    address.searchParams.set('payload', JSON.stringify([['extensionDevelopmentPath', base], ['extensionTestsPath', `${base}/${staged.tests}`]]));
  } else {
    const { protocol, host } = new URL(files);
    const location = (at: string): object => ({ scheme: protocol.replace(':', ''), authority: host, path: at });
    await page.addInitScript(addDevelopmentOptions({ extensions: [location('/')], extensionTestsPath: location(`/${staged.tests}`) }));
  }
  await page.goto(address.href);
}

/**
 * Text of a script for the page. The configuration of the workbench is JSON in an attribute of the page, which its scripts
 * read after the whole page is there: the script changes the attribute as soon as it appears. (A changed page in place of
 * the server’s own would do too, but Chromium forbids it to connect to this machine.)
 */
function addDevelopmentOptions(options: object): string {
  return `new MutationObserver((_, observer) => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (!element) return;
    observer.disconnect();
    const configuration = JSON.parse(element.dataset.settings);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...${JSON.stringify(options)} };
    element.dataset.settings = JSON.stringify(configuration);
  }).observe(document, { childList: true, subtree: true });`;
}

/** Throws, with a picture of the workbench, when the suite has not begun or not ended in time. */
async function inTime<T>(work: Promise<T>, page: Page, lastLine: () => string | undefined, home: string): Promise<T> {
  const timers: NodeJS.Timeout[] = [];
  const over = new Promise<never>((_, reject) => {
    const giveUp = async (seconds: number, waitedFor: string): Promise<void> => {
      const picture = path.join(home, 'timed-out.png');
      const seen = await page.screenshot({ path: picture, timeout: 10_000 }).then(() => picture, () => 'none could be taken');
      reject(new Error(`Waited ${seconds} s for ${waitedFor}. Picture: ${seen}. Log of the workbench: ${path.join(home, 'workbench.log')}`));
    };
    page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
    page.once('close', () => reject(new Error('The browser was closed before the suite had ended.')));
    timers.push(
      setTimeout(() => { if (lastLine() === undefined) void giveUp(limits.start, 'the first line of the suite'); }, limits.start * 1000),
      setTimeout(() => void giveUp(limits.end, `the end of the suite; its last line was “${lastLine() ?? ''}”`), limits.end * 1000),
    );
  });
  return Promise.race([work, over]).finally(() => timers.forEach(clearTimeout));
}
