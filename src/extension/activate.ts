import * as vscode from 'vscode';
import { REVIEWS, type ReviewsResult } from '../protocol/messages.ts';
import { registerTools } from './features/agents/tools.ts';
import { registerChecklist } from './features/checklist/checklist.ts';
import { connect } from './features/connection/connection.ts';
import { registerDiagrams } from './features/diagrams/diagram.ts';
import { fenceRenderer, type MarkdownIt } from './features/diagrams/markdown.ts';
import type { DiagramPanel } from './features/diagrams/panel.ts';
import { registerExplanations } from './features/explain/explain.ts';
import { registerFindings } from './features/findings/findings.ts';
import { registerGoToFinding } from './features/findings/go-to-finding.ts';
import { registerRisks } from './features/risks/accept-risk.ts';
import { registerSample } from './features/sample/sample.ts';
import { registerStatus } from './features/status/status.ts';
import type { Host } from './host.ts';

/** What the extension gives to tests and to other extensions. */
export interface Api {
  /** Resolves when the server answers. */
  readonly ready: Promise<void>;
  reviews(): Promise<ReviewsResult>;
  /** The diagrams that are open. */
  diagrams(): readonly DiagramPanel[];
  /** Called by the Markdown preview of VS Code. */
  extendMarkdownIt(markdown: MarkdownIt): MarkdownIt;
  /** Milliseconds until everything was registered; the server starts afterwards. */
  readonly activationMs: number;
}

export function activateWith(context: vscode.ExtensionContext, host: Host): Api {
  const begun = performance.now();
  const output = vscode.window.createOutputChannel('mlarch', { log: true });
  context.subscriptions.push(output);
  const connection = connect(context, host, output);
  registerFindings(context, connection);
  registerGoToFinding(context, connection);
  registerChecklist(context, connection);
  registerStatus(context, connection);
  registerRisks(context, connection);
  registerExplanations(context, connection);
  const diagrams = registerDiagrams(context, connection);
  const extendMarkdownIt = fenceRenderer(context, connection);
  registerSample(context);
  registerTools(context, connection);
  host.registerProcesses?.(context);
  connection.start();
  const activationMs = performance.now() - begun;
  output.info(`Activated in ${activationMs.toFixed(1)} ms.`);
  return { ready: connection.ready, reviews: () => connection.request<ReviewsResult>(REVIEWS), diagrams, extendMarkdownIt, activationMs };
}
