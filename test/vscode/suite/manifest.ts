import * as vscode from 'vscode';
import { equal, ok, test } from './harness.ts';
import { extension } from './workspace.ts';

interface Walkthrough {
  readonly steps: readonly { readonly id: string; readonly media: { readonly markdown?: string; readonly image?: string | Readonly<Record<string, string>>; readonly svg?: string } }[];
}

test('walkthrough: it is contributed, and every page and picture of it is there', async () => {
  const { contributes } = extension().packageJSON as { contributes: { walkthroughs?: readonly Walkthrough[] } };
  const steps = contributes.walkthroughs?.flatMap((walkthrough) => walkthrough.steps) ?? [];
  ok(steps.length > 0, 'There is no walkthrough.');
  for (const { id, media } of steps) {
    const files = [media.markdown, media.svg, ...(typeof media.image === 'object' ? Object.values(media.image) : [media.image])].filter((file) => file !== undefined);
    ok(files.length > 0, `Step ${id} shows nothing.`);
    for (const file of files) ok((await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension().extensionUri, file))).length > 0, `${file} of step ${id} is empty.`);
  }
});

test('manifest: it works in workspaces that are not trusted, and in virtual ones', () => {
  const { capabilities } = extension().packageJSON;
  equal(capabilities?.untrustedWorkspaces?.supported, true, 'Untrusted workspaces');
  equal(capabilities?.virtualWorkspaces === true || capabilities?.virtualWorkspaces?.supported === true, true, 'Virtual workspaces');
});
