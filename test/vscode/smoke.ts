/**
 * Installs the packaged extension in a real VS Code in Chromium and uses it as a person would: opens an example, finds the
 * findings in the Problems panel, fixes one with the keyboard, and takes a picture of each theme.
 *
 * Usage: node test/vscode/smoke.ts [--vsix FILE] [--out FOLDER] [--pictures]
 *   --vsix      default: the newest dist/mlarch-*.vsix
 *   --out       where the pictures of the themes go; default: a new temporary folder
 *   --pictures  also takes the pictures of the README, into docs/images
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../../scripts/vscode-host/chromium.ts';
import { locateHost } from '../../scripts/vscode-host/location.ts';
import { installExtension, startCodeServer } from '../../scripts/vscode-host/server.ts';
import { takePictures } from './pictures.ts';
import { changeTheme, command, frameWith, openFile, openWorkbench, problems, quickFixMenu, THEMES, viewItems, type Theme, type Workbench } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const example = 'startup-on-one-machine.mlarch';
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { vsix: { type: 'string' }, out: { type: 'string' }, pictures: { type: 'boolean', default: false } } });
  const vsix = path.resolve(values.vsix ?? newestPackage());
  const out = path.resolve(values.out ?? mkdtempSync(path.join(tmpdir(), 'mlarch-pictures-')));
  mkdirSync(out, { recursive: true });
  const home = mkdtempSync(path.join(tmpdir(), 'mlarch-smoke-'));
  const workspace = path.join(home, 'workspace');
  mkdirSync(workspace);
  copyFileSync(path.join(root, 'examples/published', example), path.join(workspace, example));

  const host = locateHost();
  await installExtension(host, home, vsix);
  const server = await startCodeServer(host, home, { 'workbench.colorTheme': THEMES.light });
  const browser = await launchChromium().catch(async (error: unknown) => { await server.stop(); throw error; });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const workbench = await openWorkbench(page, server.url, workspace, out);
    await use(workbench, path.join(workspace, example));
    await photograph(workbench, home, out);
    console.log(`Pictures: ${out}`);
    if (values.pictures) {
      copyFileSync(path.join(root, 'examples/published', example), path.join(workspace, example));
      await takePictures(workbench, home, path.join(root, 'docs/images'), example);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The story of the test. */
async function use(workbench: Workbench, file: string): Promise<void> {
  const { page, step } = workbench;
  const finding = problems(workbench).filter({ hasText: 'ML09.3' });
  const filter = page.getByRole('textbox', { name: 'Filter problems' });
  await step('the example opens', () => openFile(workbench, example));
  await step('its findings are in the Problems panel', async () => {
    await command(workbench, 'Problems: Focus on Problems View');
    await problems(workbench).filter({ hasText: 'ML01.1' }).first().waitFor();
    // The panel makes only the rows that show.
    await filter.fill('ML09.3');
    await finding.first().waitFor();
  });
  await step('its findings and the 20 checks are in the side bar', async () => {
    await page.getByRole('tab', { name: 'ML Architecture' }).click();
    await viewItems(workbench, 'Findings').first().waitFor();
    await viewItems(workbench, 'Checklist').first().waitFor();
  });
  await step('a finding leads to its line', () => finding.first().dblclick());
  await step('its fix is offered and applied by the keyboard', async () => {
    const menu = await quickFixMenu(workbench);
    await page.keyboard.press('Enter');
    await menu.waitFor({ state: 'hidden' });
  });
  await step('the finding is gone', () => finding.first().waitFor({ state: 'detached' }));
  await step('the file has changed', async () => {
    await page.keyboard.press('Control+S');
    await until('“replicas 2” in the file on disk', () => /replicas +2/.test(readFileSync(file, 'utf8')));
  });
  await step('its diagram opens beside the text, in a page that may load nothing', async () => {
    await command(workbench, 'mlarch: Show Diagram to the Side');
    const diagram = await frameWith(workbench, '[data-node]');
    const [name, line] = firstComponent(readFileSync(file, 'utf8'));
    // While the diagram has the focus, the status bar tells no line.
    await diagram.locator(`[data-node="${name}"]`).dblclick();
    await page.getByRole('button', { name: new RegExp(`Ln ${line},`) }).waitFor();
  });
  await step('the other findings are still there', async () => {
    await filter.fill('');
    await problems(workbench).filter({ hasText: 'ML01.1' }).first().waitFor();
  });
  await step('the diagram is there again after a reload', async () => {
    // The command writes down what is open; a reload by the browser need not.
    await Promise.all([page.waitForEvent('load'), command(workbench, 'Developer: Reload Window')]);
    await frameWith(workbench, '[data-node]');
    await problems(workbench).first().waitFor();
  });
}

/** The name of the first service, and its line. */
function firstComponent(text: string): readonly [name: string, line: number] {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => /^ *service \w+/.test(line));
  return [/service (\w+)/.exec(lines[index] ?? '')?.[1] ?? '', index + 1];
}

/** One picture of each theme. */
async function photograph(workbench: Workbench, home: string, out: string): Promise<void> {
  for (const theme of Object.keys(THEMES) as Theme[]) {
    // Over the empty part of the editor the mouse shows nothing.
    await workbench.page.mouse.move(1150, 500);
    await workbench.step(`picture of ${theme}`, async () => {
      await changeTheme(workbench, home, theme);
      await workbench.picture(path.join(out, `${theme}.png`));
    });
  }
}

function newestPackage(): string {
  const folder = path.join(root, 'dist');
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => /^mlarch-.*\.vsix$/.test(name)).map((name) => path.join(folder, name)) : [];
  const newest = found.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (!newest) throw new Error('There is no dist/mlarch-*.vsix. Make it with: npm run package');
  return newest;
}

async function until(what: string, look: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!look()) {
    if (Date.now() > end) throw new Error(`Waited 20 s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
