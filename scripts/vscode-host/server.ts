import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { VscodeHost } from './location.ts';

export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has written so far, for the message of a failure. */
  log(): string;
  /** Ends it, and the extension hosts that it started. */
  stop(): Promise<void>;
}

/** A first window without chat, welcome page, update checks or pop-ups: what shows is the extension. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/** Writes the settings of the user and the machine; a running server takes them over. */
export function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): void {
  for (const folder of ['Machine', 'User']) {
    mkdirSync(path.join(home, 'data', folder), { recursive: true });
    writeFileSync(path.join(home, 'data', folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  }
}

/** Options that keep everything of the server in its home. */
const folders = (home: string): string[] => ['--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')];
const configuration = (home: string): string[] => ['--config', path.join(home, 'code-server.yaml')];

/** Starts the VS Code server alone, which takes an extension and its tests from the address of the page. */
export function startServer(host: VscodeHost, home: string, settings: Readonly<Record<string, unknown>> = {}): Promise<RunningServer> {
  writeSettings(home, settings);
  const args = [host.server, '--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms',
    '--enable-smoke-test-driver', '--disable-workspace-trust', '--telemetry-level', 'off', '--server-data-dir', home, ...folders(home)];
  return start('the VS Code server', host.node, args, home, /listening on (\d+)/);
}

/** Starts code-server, as a user does: extensions come from its folder of extensions. */
export function startCodeServer(host: VscodeHost, home: string, settings: Readonly<Record<string, unknown>> = {}): Promise<RunningServer> {
  writeSettings(home, settings);
  const args = [host.codeServer, '--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override',
    ...configuration(home), ...folders(home)];
  return start('code-server', host.node, args, home, /listening on http:\/\/127\.0\.0\.1:(\d+)/);
}

/** Installs a .vsix file for startCodeServer with the same home. */
export async function installExtension(host: VscodeHost, home: string, vsix: string): Promise<void> {
  const child = spawn(host.node, [host.codeServer, ...configuration(home), ...folders(home), '--install-extension', vsix], { env: environment(home), stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  const output = collect(child);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`Installing ${vsix} failed with exit code ${code}:\n${output()}`);
}

/** Nothing of the VS Code that may have started this process reaches the one that is started; its home is its own. */
function environment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER|npm_)/.test(name));
  return { ...Object.fromEntries(inherited), HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), XDG_DATA_HOME: path.join(home, '.local') };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    // The start says what went wrong, the end what ended it: keep a bounded piece.
    stream?.on('data', (chunk: string) => { text = (text + chunk).slice(-200_000); });
  }
  return () => text;
}

async function start(what: string, node: string, args: readonly string[], home: string, ready: RegExp): Promise<RunningServer> {
  // A process group of its own, so that extension hosts and language servers end with it.
  const child = spawn(node, args, { env: environment(home), stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  const log = collect(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // A group of its own does not end with this process by itself.
  process.once('exit', () => signal(child, 'SIGKILL'));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signal(child, 'SIGTERM');
    const killer = setTimeout(() => signal(child, 'SIGKILL'), 5_000);
    await exited;
    clearTimeout(killer);
  };
  const port = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} was not ready after 60 s:\n${log()}`)), 60_000);
    const look = (): void => {
      const match = ready.exec(log());
      if (match?.[1]) { clearTimeout(timer); resolve(match[1]); }
    };
    child.stdout?.on('data', look);
    child.once('error', (error) => { clearTimeout(timer); reject(new Error(`${what} could not be started: ${error.message}`)); });
    child.once('exit', (code) => { clearTimeout(timer); reject(new Error(`${what} ended with exit code ${code}:\n${log()}`)); });
  }).catch(async (error: unknown) => { await stop(); throw error; });
  return { url: `http://127.0.0.1:${port}`, process: child, log, stop };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It has ended by itself.
  }
}
