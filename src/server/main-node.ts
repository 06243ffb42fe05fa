import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles } from './disk-files.ts';
import { nodeLayoutThread } from './node-layout-thread.ts';
import { serve } from './server.ts';
import { version } from './version.ts';

// An editor shares its machine: what an analysis leaves behind is collected soon, instead of letting the heap grow.
for (const flag of ['--heap-growing-percent=30', '--semi-space-growth-factor=1']) setFlagsFromString(flag);

/** The server as a process of its own: over standard input and output, or the channel that VS Code opens. */
serve(createConnection(ProposedFeatures.all), {
  version,
  files: diskFiles,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  drawing: { startLayoutThread: nodeLayoutThread },
});
