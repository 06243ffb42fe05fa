import * as vscode from 'vscode';
import { CloseAction, ErrorAction, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import { BUSY, REVIEWED, type BusyParams, type InitializationOptions, type ReviewsResult } from '../../../protocol/messages.ts';
import type { Host } from '../../host.ts';
import { answerFileRequests } from './files.ts';
import { sayThatItCannotStart, sayThatItStopped } from './messages.ts';
import { Restarts } from './restarts.ts';
import { followResults, type Results } from './results.ts';

/** The language server as the features see it. */
export interface Connection {
  readonly client: BaseLanguageClient;
  readonly output: vscode.LogOutputChannel;
  readonly results: Results;
  /** Resolves when the server answers, or could not be started, which has then been said. */
  readonly ready: Promise<void>;
  /** An analysis begins or ends. */
  readonly onBusy: vscode.Event<boolean>;
  /** New results are there on the server, whether or not they were asked for. */
  readonly onReviewed: vscode.Event<void>;
  /** Starts the server, and does not wait for it. */
  start(): void;
  /** Waits for the server. Rejects where it does not run. */
  request<R>(method: string, params?: object): Promise<R>;
}

/** The server, kept running once it is started. */
export function connect(context: vscode.ExtensionContext, host: Host, output: vscode.LogOutputChannel): Connection {
  const busy = new vscode.EventEmitter<boolean>();
  const reviewed = new vscode.EventEmitter<void>();
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
        busy.fire(false);
        sayThatItStopped(again);
        return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = host.createClient(context, options);
  let started: (value: Promise<void>) => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    started = resolve;
  });
  const start = (): Promise<void> =>
    client.start().catch((error: unknown) => {
      output.error(error instanceof Error ? error : String(error));
      busy.fire(false);
      sayThatItCannotStart();
    });
  const request = <R>(method: string, params: object = {}): Promise<R> => ready.then(() => client.sendRequest<R>(method, params));
  const results = followResults((method) => request<ReviewsResult>(method), output);
  client.onNotification(REVIEWED, () => {
    reviewed.fire();
    results.refresh();
  });
  client.onNotification(BUSY, ({ busy: is }: BusyParams) => busy.fire(is));
  answerFileRequests(client);
  context.subscriptions.push(
    results,
    busy,
    reviewed,
    // One that could not be started cannot be stopped either.
    { dispose: () => client.dispose().catch(() => undefined) },
    vscode.commands.registerCommand('mlarch.showOutput', () => output.show()),
    vscode.commands.registerCommand('mlarch.restartServer', async () => {
      restarts.forget();
      // One that does not run, or no longer answers, cannot be stopped in order.
      await client.stop().catch((error: unknown) => output.warn(`Stopping the language server: ${String(error)}`));
      await start();
    }),
    vscode.commands.registerCommand('mlarch.refresh', () => results.refresh()),
  );
  return { client, output, results, ready, onBusy: busy.event, onReviewed: reviewed.event, start: () => started(start()), request };
}
