import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { serve } from './server.ts';
import { version } from './version.ts';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

/** Timers of a worker wait at least some milliseconds after a few turns; a message to oneself does not. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
(channel.port1 as unknown as { onmessage: () => void }).onmessage = () => waiting.shift()?.();

/** The server as a worker of a web page. */
serve(createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  version,
  pause: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(undefined);
    }),
});
