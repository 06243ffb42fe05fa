import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles } from './disk-files.ts';
import { serve } from './server.ts';
import { version } from './version.ts';

/** The server as a process of its own: over standard input and output, or the channel that VS Code opens. */
serve(createConnection(ProposedFeatures.all), {
  version,
  files: diskFiles,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});
