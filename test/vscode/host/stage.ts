import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Which extension host runs the extension: Node, or the web worker of a browser. */
export type HostKind = 'node' | 'web';

export interface Staged {
  readonly kind: HostKind;
  /** A folder of its own for everything that the run writes. */
  readonly home: string;
  readonly extension: string;
  /** Path of the tests in the extension, without its .js: so both run in the same host and share one `vscode`. */
  readonly tests: string;
  readonly workspace: string;
}

const folder = path.resolve(import.meta.dirname, '..');

/** Copies the extension, the bundled tests and the workspace, which the tests change, into the folder. */
export async function stage(home: string, options: { extension: string; kind: HostKind; only: string }): Promise<Staged> {
  const extension = path.join(home, 'extension');
  const workspace = path.join(home, 'workspace');
  cpSync(options.extension, extension, { recursive: true });
  cpSync(path.join(folder, 'workspace'), workspace, { recursive: true });
  const file = path.join(extension, 'package.json');
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  // VS Code prefers the Node host wherever there is one. Without `main` only the web worker host is left.
  if (options.kind === 'web') delete manifest['main'];
  writeFileSync(file, JSON.stringify(manifest, null, 2));
  await build({
    entryPoints: { index: path.join(folder, 'suite/index.ts') },
    outdir: path.join(extension, 'suite'),
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
    define: {
      EXTENSION_ID: JSON.stringify(`${String(manifest['publisher'])}.${String(manifest['name'])}`),
      HOST_KIND: JSON.stringify(options.kind),
      ONLY: JSON.stringify(options.only),
    },
    logLevel: 'warning',
  });
  return { kind: options.kind, home, extension, workspace, tests: 'suite/index' };
}
