/**
 * Runs the suite of test/vscode/suite inside the extension hosts of a real VS Code: the Node host, and the web worker
 * host, which runs what vscode.dev would run.
 *
 * Usage: node test/vscode/run.ts [--host code-server|electron] [--kind node|web] [--extension FOLDER] [--only TEXT] [--vscode VERSION]
 *   --host       code-server: the server of scripts/vscode-host in Chromium (default where it is installed); electron: a VS Code that
 *                @vscode/test-electron downloads
 *   --kind       only one of the two extension hosts
 *   --extension  the extension as it is packaged; default dist/extension
 *   --only       only tests whose name contains the text
 *   --vscode     the version for electron: 1.101.0 (default, the oldest supported), stable, insiders
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hostFolder, isInstalled } from '../../scripts/vscode-host/location.ts';
import { runInCodeServer } from './host/code-server.ts';
import { runInElectron } from './host/electron.ts';
import { stage, type HostKind } from './host/stage.ts';

const root = path.resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: process.env['MLARCH_VSCODE_HOST'] || isInstalled(hostFolder) ? 'code-server' : 'electron' },
      kind: { type: 'string' },
      extension: { type: 'string', default: path.join(root, 'dist/extension') },
      only: { type: 'string', default: '' },
      vscode: { type: 'string', default: '1.101.0' },
    },
  });
  if (values.host !== 'code-server' && values.host !== 'electron') throw new Error(`--host is code-server or electron, not ${values.host}.`);
  if (values.kind !== undefined && values.kind !== 'node' && values.kind !== 'web') throw new Error(`--kind is node or web, not ${values.kind}.`);
  const extension = path.resolve(values.extension);
  if (!existsSync(path.join(extension, 'package.json'))) throw new Error(`There is no extension in ${extension}. Build it with: npm run build`);
  const kinds: readonly HostKind[] = values.kind ? [values.kind] : ['node', 'web'];
  const failures: unknown[] = [];
  for (const kind of kinds) {
    const started = performance.now();
    const home = mkdtempSync(path.join(tmpdir(), `mlarch-vscode-${kind}-`));
    console.log(`── ${kind === 'node' ? 'Node' : 'Web worker'} extension host, ${values.host} ──`);
    try {
      const staged = await stage(home, { extension, kind, only: values.only });
      await (values.host === 'code-server' ? runInCodeServer(staged) : runInElectron(staged, values.vscode));
      rmSync(home, { recursive: true, force: true });
    } catch (error) {
      // The other host is tried all the same; what the run wrote stays where it is.
      console.error(error instanceof Error ? error.message : error);
      failures.push(error);
    }
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  if (failures.length > 0) throw new Error(`${failures.length} of ${kinds.length} extension hosts failed.`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
