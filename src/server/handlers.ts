import {
  CodeActionKind,
  MarkupKind,
  TextDocumentSyncKind,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { checklist, withCustomRules } from '../analysis/checklist.ts';
import type { Check } from '../analysis/rule.ts';
import { completionsAt } from '../language/editing/completion/completions.ts';
import { resolveCompletion } from '../language/editing/completion/resolve.ts';
import { hoverAt } from '../language/editing/hover.ts';
import { ACCEPT_RISK, EXPLAIN, REMEDY, REVIEWS, TOOL, type AcceptRiskParams, type ExplainParams, type RemedyParams, type ToolParams } from '../protocol/messages.ts';
import { explanationMarkdown, explanationOf } from '../report/explain.ts';
import { acceptRiskEdit } from './features/accept-risk.ts';
import { codeActions, FIX_ALL } from './features/code-actions.ts';
import { codeLenses } from './features/code-lenses.ts';
import { remedyEdit } from './features/edits.ts';
import { hoverExtras, ruleHover } from './features/hover-extras.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { reviewsResult } from './features/reviews.ts';
import { answerTool } from './features/tools.ts';
import { at, type FeatureHost } from './feature-host.ts';
import type { Snapshot } from './analysis.ts';
import { guarded } from './guard.ts';
import { CAPABILITIES as NAVIGATION, registerNavigation } from './navigation.ts';
import { canonical } from './uris.ts';

export const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  ...NAVIGATION,
  completionProvider: { triggerCharacters: [' ', ':', '>', '[', '"', '{'], resolveProvider: true },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
  codeLensProvider: {},
  inlayHintProvider: true,
};

/** Every check and rule, as `accept` may name it. */
const named = (checks: readonly Check[]) => checks.flatMap(({ id, title, rules }) => [{ id, title }, ...rules.map((rule) => ({ id: rule.id, title: rule.title }))]);

/** The checklist, with the rules of the team's own in all files; each once, though several systems may be under it. */
function checksKnown({ analyses }: Snapshot): readonly Check[] {
  const rules = [...new Map(analyses.flatMap((analysis) => analysis.rules.map((rule) => [rule.id, rule] as const))).values()];
  return withCustomRules(checklist, { rules });
}

/** The features that write text, and those that show an analysis. What needs exact places waits for the analysis of the latest text. */
export function registerFeatures(host: FeatureHost): void {
  const { connection, syntax, reviewer, report, options, capabilities } = host;
  registerNavigation(host);
  const snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
  connection.onCompletion(guarded(report, 'completion', null, (params) => at(host, params, (source, position) => completionsAt(syntax, source, position, { snippets, rules: named(checksKnown(reviewer.latest())) }), null)));
  connection.onCompletionResolve(async (item, token) => {
    const resolved = await guarded(report, 'completion', item, () => resolveCompletion(syntax, item))(item, token);
    return 'label' in resolved ? resolved : item;
  });
  connection.onHover(
    guarded(report, 'hover', null, (params) =>
      at(host, params, (source, position) => {
        const hover = hoverAt(syntax, source, position);
        if (!hover) return null;
        const { element, rule } = hover;
        const more = [...(element ? hoverExtras(reviewer.latest(), element.file, element.name) : []), ...(rule === undefined ? [] : [ruleHover(rule, checksKnown(reviewer.latest())) ?? ''])];
        return { range: hover.range, contents: { kind: MarkupKind.Markdown, value: [...hover.paragraphs, ...more].join('\n\n') } };
      }, null),
    ),
  );
  const client = {
    commands: options.commands === true,
    acceptRiskCommand: options.acceptRiskCommand === true,
    snippetEdits: capabilities.workspace?.workspaceEdit?.snippetEditSupport === true,
  };
  connection.onCodeAction(
    guarded(report, 'code actions', null, async ({ textDocument, range, context }) => codeActions(await reviewer.settled(), { uri: canonical(textDocument.uri), range, diagnostics: context.diagnostics, only: context.only }, { ...client, minSeverity: host.settings().minSeverity }, syntax)),
  );
  connection.onCodeLens(guarded(report, 'code lenses', null, async ({ textDocument }) => (host.settings().codeLens ? codeLenses(await reviewer.settled(), canonical(textDocument.uri), client.commands) : [])));
  connection.languages.inlayHint.on(guarded(report, 'inlay hints', null, async ({ textDocument, range }) => (host.settings().inlayHints ? inlayHints(await reviewer.settled(), canonical(textDocument.uri), range) : [])));

  connection.onRequest(REVIEWS, guarded(report, 'reviews', { systems: [], failures: [] }, async () => reviewsResult(await reviewer.settled())));
  connection.onRequest(ACCEPT_RISK, guarded(report, 'accepting a risk', null, async (params: AcceptRiskParams) => acceptRiskEdit(await reviewer.settled(), { ...params, uri: canonical(params.uri) }) ?? null));
  connection.onRequest(REMEDY, guarded(report, 'remedy', null, async ({ finding, uri }: RemedyParams) => remedyEdit(await reviewer.settled(), finding, canonical(uri)) ?? null));
  connection.onRequest(EXPLAIN, guarded(report, 'explanation', null, ({ id }: ExplainParams) => {
    const explanation = explanationOf(id, checksKnown(reviewer.latest()));
    return explanation ? explanationMarkdown(explanation) : null;
  }));
  connection.onRequest(TOOL, guarded(report, 'tool', null, async (params: ToolParams) => answerTool(await reviewer.settled(), params, host.folders)));
}
