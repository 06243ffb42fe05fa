import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Staged } from './stage.ts';

/** Downloads VS Code where it is not there yet, and runs the tests in it. Throws when one fails. */
export async function runInElectron(staged: Staged, version: string): Promise<void> {
  const code = await runTests({
    version,
    extensionDevelopmentPath: staged.extension,
    extensionTestsPath: path.join(staged.extension, staged.tests),
    launchArgs: [
      staged.workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--user-data-dir', path.join(staged.home, 'data'),
      ...(staged.kind === 'web' ? ['--extensionDevelopmentKind=web'] : []),
    ],
  });
  if (code !== 0) throw new Error(`The tests failed with exit code ${code}.`);
}
