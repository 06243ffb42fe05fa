/**
 * Installs what the tests in a real VS Code need: the VS Code server that the npm package code-server carries, a Node 24,
 * and, with `--chromium`, Chromium from the packages of Debian where there is none. Asks nothing but the npm registry and Debian’s
 * mirrors, runs no install scripts and needs root only for Chromium. Does nothing where everything is there.
 *
 * Usage: node scripts/vscode-host/install.ts [--chromium] [FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath } from './chromium.ts';
import { hostFolder, isInstalled, nodeFolder, nodePackage, stamp, stampFile, versions, vscodeFolder } from './location.ts';

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** Runs a command and throws, with what it was for, when it fails or takes longer than the minutes. */
function run(purpose: string, command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; minutes?: number } = {}): void {
  console.log(`${purpose} …`);
  const minutes = options.minutes ?? 10;
  const result = spawnSync(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit', timeout: minutes * 60_000, shell: process.platform === 'win32' });
  if (result.error) throw new Error(`${purpose} failed: ${result.error.message}`);
  if (result.signal) throw new Error(`${purpose} was ended by ${result.signal} (at most ${minutes} min).`);
  if (result.status !== 0) throw new Error(`${purpose} failed with exit code ${result.status}.`);
}

const succeeds = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function installServer(folder: string): void {
  if (isInstalled(folder)) return console.log(`The VS Code server is in ${folder}.`);
  // An installation that was interrupted is not to be trusted; the folder is ours, its node_modules can go.
  rmSync(path.join(folder, 'node_modules'), { recursive: true, force: true });
  rmSync(stampFile(folder), { force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'vscode-host', private: true }));
  run(`Installing code-server ${versions['code-server']} and Node ${versions.node}`, 'npm',
    ['install', ...quiet, '--ignore-scripts', '--save-exact', `code-server@${versions['code-server']}`, `${nodePackage}@${versions.node}`], { cwd: folder });
  const vscode = vscodeFolder(folder);
  run('Installing the modules of the VS Code server', 'npm', ['ci', ...quiet, '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'], { cwd: vscode });
  // Without these two the server runs and complains at length of what it lacks. The headers come with the Node package.
  if (succeeds('g++', '--version') && succeeds('python3', '--version')) {
    const node = nodeFolder(folder);
    const env = { ...process.env, PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: node };
    run('Building the native modules of the VS Code server', 'npm', ['rebuild', ...quiet, '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: vscode, env });
  }
  writeFileSync(stampFile(folder), stamp);
  console.log(`The VS Code server is in ${folder}.`);
}

function installChromium(): void {
  const found = chromiumPath();
  if (found) return console.log(`Chromium is ${found}.`);
  const howto = 'Install Chromium, or name a Chromium or Chrome in the environment variable CHROMIUM.';
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`There is no Chromium, and no apt-get to install it with. ${howto}`);
  const root = process.getuid?.() === 0;
  if (!root && !succeeds('sudo', '-n', 'true')) throw new Error(`There is no Chromium, and neither root nor a sudo without password to install it with. ${howto}`);
  const apt = (purpose: string, ...args: string[]): void => (root ? run(purpose, 'apt-get', args) : run(purpose, 'sudo', ['-n', 'apt-get', ...args]));
  apt('Reading the package lists of Debian', 'update', '-q');
  apt('Installing Chromium from Debian', 'install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation');
  if (!chromiumPath()) throw new Error(`apt-get installed the package chromium, but it has no /usr/bin/chromium. ${howto}`);
}

try {
  const { values, positionals } = parseArgs({ options: { chromium: { type: 'boolean', default: false } }, allowPositionals: true });
  installServer(path.resolve(positionals[0] ?? hostFolder));
  if (values.chromium) installChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
