import './activation.ts';
import './manifest.ts';
import './commands.ts';
import './diagnostics.ts';
import './quick-fixes.ts';
import './accepted-risk.ts';
import './rename.ts';
import './completion.ts';
import './hover.ts';
import './definition.ts';
import './references.ts';
import './symbols.ts';
import './folding.ts';
import './formatting.ts';
import './semantic-tokens.ts';
import './inlay-hints.ts';
import './code-lenses.ts';
import './document-links.ts';
import './call-hierarchy.ts';
import './reviews.ts';
import './diagram.ts';
import './settings.ts';
import './tasks.ts';
import './restart.ts';
import { runTests } from './harness.ts';
import { extensionLog, revertAll } from './workspace.ts';

/** Called by VS Code in the extension host. */
export const run = (): Promise<void> => runTests({ cleanUp: revertAll, explain: extensionLog });
