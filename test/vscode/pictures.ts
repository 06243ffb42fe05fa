import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { changeTheme, command, openFile, viewItems, type Clip, type Theme, type Workbench } from './workbench.ts';

/** Takes the pictures of the README: the editor in two themes, the findings and the checklist. */
export async function takePictures(workbench: Workbench, home: string, folder: string, example: string): Promise<void> {
  const { page, step, picture } = workbench;
  mkdirSync(folder, { recursive: true });
  await step('the example as it was', async () => {
    await command(workbench, 'View: Close All Editors');
    await command(workbench, 'View: Hide Panel');
    await page.getByRole('tab', { name: 'Explorer' }).click();
    await openFile(workbench, example);
    await page.keyboard.press('Control+G');
    await page.keyboard.type('87:1');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'ML Architecture' }).click();
    await viewItems(workbench, 'Findings').filter({ hasText: 'ML09.3' }).first().waitFor();
    // Over the empty part of the editor the mouse shows nothing.
    await page.mouse.move(1150, 560);
  });
  for (const theme of ['dark', 'light'] as const satisfies readonly Theme[]) {
    await step(`picture of the editor, ${theme}`, async () => {
      await changeTheme(workbench, home, theme, { 'editor.minimap.enabled': false });
      await picture(path.join(folder, `editor-${theme}.png`));
    });
  }
  await step('the side bar is wide', async () => {
    const { x, width, height } = await sideBar(workbench);
    await page.mouse.move(x + width, height / 2);
    await page.mouse.down();
    await page.mouse.move(800, height / 2, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(1150, 560);
  });
  await step('picture of the findings', async () => {
    const finding = viewItems(workbench, 'Findings').filter({ hasText: 'ML01.2' }).first();
    await finding.click();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Checklist Section' }).click();
    await page.mouse.move(1150, 560);
    await picture(path.join(folder, 'findings.png'), await rowsOf(workbench, 'Findings'));
  });
  await step('picture of the checklist', async () => {
    await page.getByRole('button', { name: 'Checklist Section' }).click();
    await page.getByRole('button', { name: 'Findings Section' }).click();
    await page.mouse.move(1150, 560);
    await picture(path.join(folder, 'checklist.png'), await rowsOf(workbench, 'Checklist'));
  });
}

async function sideBar({ page }: Workbench): Promise<Clip> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no side bar.');
  return box;
}

/** The side bar down to the last row of a view that shows whole. */
async function rowsOf(workbench: Workbench, view: string): Promise<Clip> {
  const bar = await sideBar(workbench);
  const tree = await workbench.page.getByRole('tree', { name: view }).boundingBox();
  const rows = await Promise.all((await viewItems(workbench, view).all()).map((row) => row.boundingBox()));
  const ends = rows.flatMap((row) => (row ? [row.y + row.height] : [])).filter((end) => !tree || end <= tree.y + tree.height);
  return { ...bar, height: Math.max(...ends) + 2 - bar.y };
}
