import * as vscode from 'vscode';
import { CloseAction, ErrorAction, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import { BUSY, REVIEWED, type BusyParams, type InitializationOptions } from '../../../protocol/messages.ts';
import type { Host } from '../../host.ts';
import { answerFileRequests } from './files.ts';
import { Restarts } from './restarts.ts';

/** The language server as the features see it. */
export interface Connection {
  readonly client: BaseLanguageClient;
  readonly output: vscode.LogOutputChannel;
  /** Resolves when the server answers, or could not be started, which has then been said. */
  readonly ready: Promise<void>;
  /** New results are there. */
  readonly onReviewed: vscode.Event<void>;
  /** An analysis begins or ends. */
  readonly onBusy: vscode.Event<boolean>;
  request<R>(method: string, params?: object): Promise<R>;
}

/** Starts the server and keeps it running; nothing waits for it. */
export function connect(context: vscode.ExtensionContext, host: Host, output: vscode.LogOutputChannel): Connection {
  const reviewed = new vscode.EventEmitter<void>();
  const busy = new vscode.EventEmitter<boolean>();
  const restarts = new Restarts();
  const options: LanguageClientOptions = {
    documentSelector: [{ language: 'mlarch' }],
    outputChannel: output,
    initializationOptions: { files: 'client', acceptRiskCommand: true, commands: true } satisfies InitializationOptions,
    // Content of a file never runs a command or shows HTML.
    markdown: { isTrusted: false, supportHtml: false },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        const again = restarts.mayRestart(Date.now());
        sayThatItStopped(again);
        return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = host.createClient(context, options);
  client.onNotification(REVIEWED, () => reviewed.fire());
  client.onNotification(BUSY, ({ busy: is }: BusyParams) => busy.fire(is));
  answerFileRequests(client);
  const ready = client.start().catch((error: unknown) => {
    output.error(error instanceof Error ? error : String(error));
    sayThatItStopped(false);
  });
  context.subscriptions.push(
    reviewed,
    busy,
    client,
    vscode.commands.registerCommand('mlarch.showOutput', () => output.show()),
    vscode.commands.registerCommand('mlarch.restartServer', async () => {
      restarts.forget();
      await client.stop();
      await client.start();
      reviewed.fire();
    }),
    vscode.commands.registerCommand('mlarch.refresh', () => reviewed.fire()),
  );
  return { client, output, ready, onReviewed: reviewed.event, onBusy: busy.event, request: async (method, params) => ready.then(() => client.sendRequest(method, params ?? {})) };
}

function sayThatItStopped(restarts: boolean): void {
  const showOutput = vscode.l10n.t('Show Output');
  const restart = vscode.l10n.t('Restart');
  const said = restarts
    ? vscode.window.showWarningMessage(vscode.l10n.t('The mlarch language server stopped and is started again.'), showOutput)
    : vscode.window.showErrorMessage(vscode.l10n.t('The mlarch language server stopped. Findings and completion are off until it runs again.'), restart, showOutput);
  void said.then((chosen) => {
    if (chosen === showOutput) void vscode.commands.executeCommand('mlarch.showOutput');
    if (chosen === restart) void vscode.commands.executeCommand('mlarch.restartServer');
  });
}
