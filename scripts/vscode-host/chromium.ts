import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The browser that shows the workbench: the one that the environment variable CHROMIUM names, or one of the usual places. */
export function chromiumPath(): string | undefined {
  return process.env['CHROMIUM'] || candidates.find((file) => existsSync(file));
}

/** Starts a headless Chromium that talks to nobody but the page it is given. Throws where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('There is no Chromium. Install it with: node scripts/vscode-host/install.ts --chromium');
  return chromium.launch({
    executablePath,
    timeout: 60_000,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
