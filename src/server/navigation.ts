import { ResponseError, LSPErrorCodes, type DocumentLink, type SemanticTokens, type SemanticTokensDelta, type SemanticTokensDeltaParams, type SemanticTokensEdit, type ServerCapabilities, type TextDocumentIdentifier } from 'vscode-languageserver';
import { incomingFlows, outgoingFlows, prepareCallHierarchy } from '../language/editing/call-hierarchy.ts';
import { definitionAt } from '../language/editing/definition.ts';
import { documentLinks } from '../language/editing/document-links.ts';
import { foldingRanges } from '../language/editing/folding.ts';
import { formattingEdits } from '../language/editing/formatting-edits.ts';
import { onTypeEdits } from '../language/editing/on-type-edits.ts';
import { highlightsAt, referencesAt } from '../language/editing/references.ts';
import { prepareRenameAt, renameAt } from '../language/editing/rename.ts';
import { selectionRangesAt } from '../language/editing/selection.ts';
import { semanticTokens, semanticTokensLegend } from '../language/editing/semantic-tokens.ts';
import { documentSymbols, workspaceSymbols } from '../language/editing/symbols.ts';
import { docsUrl } from '../report/links.ts';
import { guarded } from './guard.ts';
import { at, inFile, type FeatureHost } from './feature-host.ts';
import { canonical } from './uris.ts';

const MOST_SYMBOLS = 200;

export const CAPABILITIES: ServerCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: { legend: semanticTokensLegend, full: { delta: true }, range: true },
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
  callHierarchyProvider: true,
};

/** The features that read the text alone: they answer from the syntax trees as they are now and wait for nothing. */
export function registerNavigation(host: FeatureHost): void {
  const { connection, syntax, report } = host;
  const { linkSupport } = host.capabilities.textDocument?.definition ?? {};

  connection.onDefinition(
    guarded(report, 'definition', null, (params) =>
      at(host, params, (source, position) => {
        const links = definitionAt(syntax, source, position);
        return linkSupport ? links : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
      }, null),
    ),
  );
  connection.onReferences(guarded(report, 'references', null, (params) => at(host, params, (source, position) => referencesAt(syntax, source, position, params.context), null)));
  connection.onDocumentHighlight(guarded(report, 'highlights', null, (params) => at(host, params, (source, position) => highlightsAt(syntax, source, position), null)));
  connection.onPrepareRename((params, token) =>
    guarded(report, 'rename', null, () => at(host, params, (source, position) => {
      const prepared = prepareRenameAt(syntax, source, position);
      return typeof prepared === 'string' ? new Refused(prepared) : prepared;
    }, null))(params, token).then((result) => (result instanceof Refused ? refusal(result.reason) : result)),
  );
  connection.onRenameRequest((params, token) =>
    guarded(report, 'rename', null, () => at(host, params, (source, position) => {
      const renamed = renameAt(syntax, source, position, params.newName);
      return 'error' in renamed ? new Refused(renamed.error) : renamed;
    }, null))(params, token).then((result) => (result instanceof Refused ? refusal(result.reason) : result)),
  );
  connection.onDocumentSymbol(guarded(report, 'outline', null, (params) => inFile(host, params, documentSymbols, null)));
  connection.onWorkspaceSymbol(guarded(report, 'symbols', null, async ({ query }) => {
      await host.reviewer.loaded;
      return workspaceSymbols(syntax, query, MOST_SYMBOLS);
    }));
  connection.onFoldingRanges(guarded(report, 'folding', null, (params) => inFile(host, params, foldingRanges, null)));
  connection.onSelectionRanges(guarded(report, 'selection', null, (params) => inFile(host, params, (source) => selectionRangesAt(source, params.positions), null)));
  connection.onDocumentLinks(guarded(report, 'links', null, (params) => inFile(host, params, (source) => documentLinks(syntax, source).map(({ range, target, rule }): DocumentLink => ({ range, target: rule === undefined ? target : docsUrl(rule) })), null)));

  connection.onDocumentFormatting(guarded(report, 'formatting', null, (params) => inFile(host, params, ({ text }) => formattingEdits(syntax.lexer, text), null)));
  connection.onDocumentRangeFormatting(guarded(report, 'formatting', null, (params) => inFile(host, params, ({ text }) => formattingEdits(syntax.lexer, text, { range: params.range }), null)));
  connection.onDocumentOnTypeFormatting(guarded(report, 'formatting', null, (params) => at(host, params, ({ text }, position) => onTypeEdits(syntax.lexer, text, position, params.ch), null)));

  registerSemanticTokens(host);
  const calls = connection.languages.callHierarchy;
  calls.onPrepare(guarded(report, 'flows', null, (params) => at(host, params, (source, position) => prepareCallHierarchy(syntax, source, position), null)));
  calls.onIncomingCalls(guarded(report, 'flows', null, ({ item }) => incomingFlows(syntax, item)));
  calls.onOutgoingCalls(guarded(report, 'flows', null, ({ item }) => outgoingFlows(syntax, item)));
}

/** A rename that cannot be, with the reason for its author. */
class Refused {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const refusal = (reason: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, reason);

const NO_TOKENS = { resultId: '0', data: [] as number[] };

/** The tokens that a client was given last are kept, so that the next answer is what has changed. */
function registerSemanticTokens(host: FeatureHost): void {
  const { connection, syntax, report } = host;
  const given = new Map<string, { readonly id: string; readonly data: number[] }>();
  let count = 0;
  const full = (params: { textDocument: TextDocumentIdentifier }): Promise<{ resultId: string; data: number[] }> =>
    inFile(host, params, (source) => {
      const data = semanticTokens(syntax, source);
      const id = String((count += 1));
      given.set(source.file, { id, data });
      return { resultId: id, data };
    }, NO_TOKENS);
  const tokens = connection.languages.semanticTokens;
  tokens.on(guarded(report, 'colours', NO_TOKENS, full));
  tokens.onDelta(
    guarded<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>(report, 'colours', NO_TOKENS, async (params) => {
      const before = given.get(canonical(params.textDocument.uri));
      const now = await full(params);
      return before?.id === params.previousResultId ? { resultId: now.resultId, edits: difference(before.data, now.data) } : now;
    }),
  );
  tokens.onRange(guarded(report, 'colours', { data: [] }, (params) => inFile(host, params, (source) => ({ data: semanticTokens(syntax, source, params.range) }), { data: [] })));
}

/** What is to be put in place of what, between the tokens that both have at the start and at the end. */
function difference(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  let start = 0;
  while (start < before.length && before[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, now.length) - start && before.at(-1 - end) === now.at(-1 - end)) end += 1;
  if (start === before.length && start === now.length) return [];
  return [{ start, deleteCount: before.length - start - end, data: now.slice(start, now.length - end) }];
}
