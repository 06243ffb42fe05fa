import * as vscode from 'vscode';
import { ok, test, until } from './harness.ts';
import { open, rangeOf, replace, untilDiagnostics } from './workspace.ts';

declare const HOST_KIND: 'node' | 'web';

/** What the Node host knows of a process that it started. */
interface Child {
  readonly pid: number;
  readonly spawnargs: readonly string[];
  kill(signal: string): boolean;
}

/** The process of the language server; in the web worker host there is none. */
function serverProcess(): Child | undefined {
  const { process } = globalThis as { process?: { _getActiveHandles?(): readonly Partial<Child>[] } };
  return process?._getActiveHandles?.().find((handle): handle is Child => handle.spawnargs?.some((argument) => argument.includes('server')) === true);
}

test('restart: the server comes back by the command, and reviews again', async () => {
  const document = await open('loans.mlarch');
  await untilDiagnostics(document.uri, 'ML09.3', 1);
  await vscode.commands.executeCommand('mlarch.restartServer');
  await replace(document, rangeOf(document, 'replicas 1'), 'replicas 2');
  await untilDiagnostics(document.uri, 'ML09.3', 0);
});

// A worker cannot be ended from outside of what started it.
if (HOST_KIND === 'node') {
  test('restart: the server comes back by itself when its process is killed', async () => {
    const document = await open('loans.mlarch');
    await untilDiagnostics(document.uri, 'ML09.3', 1);
    const killed = serverProcess();
    ok(killed, 'The server has no process.');
    killed.kill('SIGKILL');
    await until('another process of the server', () => {
      const present = serverProcess();
      return present !== undefined && present.pid !== killed.pid;
    });
    await replace(document, rangeOf(document, 'replicas 1'), 'replicas 2');
    await untilDiagnostics(document.uri, 'ML09.3', 0);
  });
}
