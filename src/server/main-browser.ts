import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { browserLayoutThread } from './browser-layout-thread.ts';
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
  drawing: {
    startLayoutThread: ({ layoutScript }) => {
      if (layoutScript === undefined) throw new Error('Pictures need the script that lays them out: the client gives its address as layoutScript.');
      return browserLayoutThread(layoutScript);
    },
  },
  pause: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(undefined);
    }),
});
