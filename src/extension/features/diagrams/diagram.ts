import * as vscode from 'vscode';
import { COMMANDS } from '../../../protocol/messages.ts';
import { choiceOf, isPageState, type Choice } from '../../../protocol/page.ts';
import type { Connection } from '../connection/connection.ts';
import { fillPanel, VIEW_TYPE, webviewOptions, type DiagramPanel } from './panel.ts';

const CURSOR_MS = 80;
const FIRST: Choice = { view: 'system', state: 'current' };

/** The diagrams of .mlarch files, beside their text or in its place; gives those that are open. */
export function registerDiagrams(context: vscode.ExtensionContext, connection: Connection): () => readonly DiagramPanel[] {
  const open = new Map<string, DiagramPanel>();
  const add = (panel: vscode.WebviewPanel, uri: string, choice: Choice): void => {
    const diagram = fillPanel(context, connection, panel, uri, choice);
    open.set(uri, diagram);
    panel.onDidDispose(() => {
      if (open.get(uri) === diagram) open.delete(uri);
    });
  };
  const show = (given: unknown, system: unknown, column: vscode.ViewColumn): void => {
    const uri = fileOf(given, connection);
    if (!uri) return void vscode.window.showInformationMessage(vscode.l10n.t('Open a .mlarch file to see its diagram.'));
    const before = open.get(uri.toString());
    // A menu gives other things in second place.
    const wanted = typeof system === 'string' ? system : undefined;
    if (before) {
      if (wanted !== undefined) before.chooseSystem(wanted);
      return before.panel.reveal(before.panel.viewColumn ?? column, column === vscode.ViewColumn.Beside);
    }
    const title = vscode.l10n.t('Diagram: {0}', uri.path.split('/').at(-1) ?? '');
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, { viewColumn: column, preserveFocus: column === vscode.ViewColumn.Beside }, webviewOptions(context));
    add(panel, uri.toString(), { ...FIRST, ...(wanted !== undefined && { system: wanted }) });
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  context.subscriptions.push(
    vscode.commands.registerCommand(COMMANDS.showDiagram, (uri?: unknown, system?: unknown) => show(uri, system, vscode.ViewColumn.Beside)),
    vscode.commands.registerCommand('mlarch.showDiagramHere', (uri?: unknown) => show(uri, undefined, vscode.ViewColumn.Active)),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        // Of an older version, or never filled: there is nothing to show.
        if (!isPageState(state)) panel.dispose();
        else {
          panel.webview.options = webviewOptions(context);
          add(panel, state.uri, choiceOf(state));
        }
        return Promise.resolve();
      },
    }),
    connection.onReviewed(() => open.forEach((diagram) => diagram.refresh())),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections }) => {
      const [selection] = selections;
      if (document.languageId !== 'mlarch' || !selection || open.size === 0) return;
      clearTimeout(timer);
      timer = setTimeout(() => open.forEach((diagram) => diagram.cursorAt(document.uri.toString(), selection.active)), CURSOR_MS);
    }),
    { dispose: () => clearTimeout(timer) },
  );
  return () => [...open.values()];
}

/** The file that a command is about: the one it was called on, that of the editor, or the first that has a system. */
function fileOf(given: unknown, connection: Connection): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  if (typeof given === 'string') return vscode.Uri.parse(given, true);
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'mlarch') return document.uri;
  const first = connection.results.latest().systems[0]?.location.uri;
  return first === undefined ? undefined : vscode.Uri.parse(first, true);
}
