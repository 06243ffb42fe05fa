/**
 * Renders icon.svg as media/icon.png, 256 by 256, with Chromium.
 *
 * Usage: node extension/media-source/render.mjs
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../scripts/vscode-host/chromium.ts';

const svg = readFileSync(new URL('icon.svg', import.meta.url), 'utf8');
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
await page.screenshot({ path: fileURLToPath(new URL('../media/icon.png', import.meta.url)), omitBackground: true });
await browser.close();
