import * as vscode from 'vscode';
import { DETAILS, NODE_AT, NODE_SOURCE, PICTURE, TRAFFIC, type DetailsParams, type DetailsResult, type NodeAtParams, type NodeAtResult, type NodeSourceParams, type NodeSourceResult, type PictureOf, type PictureParams, type PictureResult, type TrafficParams, type TrafficResult } from '../../../protocol/diagram.ts';
import { choiceOf, isFromPage, type Choice, type FromPage, type ToPage } from '../../../protocol/page.ts';
import type { Connection } from '../connection/connection.ts';
import { exportPicture } from './export.ts';
import { pageHtml } from './page-html.ts';
import { showSource } from './source.ts';

export const VIEW_TYPE = 'mlarch.diagram';

/** A panel with the diagram of a file. */
export interface DiagramPanel {
  readonly uri: string;
  readonly panel: vscode.WebviewPanel;
  /** What the page was last sent of each sort; what tests look at. */
  readonly sent: ReadonlyMap<ToPage['type'], ToPage>;
  /** As if the page had sent it. */
  receive(message: unknown): Promise<void>;
  /** Shows this system of the file, unless it does. */
  chooseSystem(name: string): void;
  /** The text, or what is known of it, has changed. */
  refresh(): void;
  /** The cursor of an editor is here. */
  cursorAt(uri: string, position: vscode.Position): void;
}

export const webviewOptions = ({ extensionUri }: vscode.ExtensionContext): vscode.WebviewOptions => ({ enableScripts: true, enableForms: false, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist/webview')] });

/** Fills a panel, new or revived. The page asks for everything: it is thrown away while it is hidden, and says `ready` again when it is back. */
export function fillPanel(context: vscode.ExtensionContext, connection: Connection, panel: vscode.WebviewPanel, uri: string, start: Choice): DiagramPanel {
  const { webview } = panel;
  const name = crypto.randomUUID();
  const sent = new Map<ToPage['type'], ToPage>();
  let choice = start;
  /** The latest choice that there was a picture of. */
  let drawn: Choice | undefined;
  /** The system that it was of. */
  let drawnSystem: string | undefined;
  let ready = false;
  let revealing = Promise.resolve();
  /** The picture that the page shows. */
  let shown: string | undefined;
  /** Counts requests: only the answer to the latest is of use. */
  let [pictures, cursors] = [0, 0];

  const post = (message: ToPage): void => {
    sent.set(message.type, message);
    if (ready) void webview.postMessage(message);
  };
  const failed = (error: unknown): void => {
    connection.output.warn(`Diagram: ${String(error)}`);
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  };
  const of = (): PictureOf => ({ uri, ...choice });
  const own = (): { uri: string; system?: string } => ({ uri, ...(choice.system !== undefined && { system: choice.system }) });

  const picture = async (): Promise<void> => {
    const [number, base, wanted] = [++pictures, shown, choice];
    try {
      const result = await connection.request<PictureResult>(PICTURE, { ...of(), panel: name, ...(base !== undefined && { shown: base }) } satisfies PictureParams);
      if (number !== pictures) return;
      // What cannot be drawn is not what the page shows; it goes on with what it has.
      if (result.kind === 'none') choice = drawn ?? choice;
      else [shown, drawn] = [result.id, wanted];
      if (result.kind === 'scene') drawnSystem = result.scene.diagram.system;
      post({ type: 'picture', uri, choice: wanted, ...(base !== undefined && { base }), result });
    } catch (error) {
      // One that a later one has stopped says nothing.
      if (number === pictures) failed(error);
    }
  };

  let painted: ((png: string | undefined) => void) | undefined;
  const paint = (svg: string): Promise<string | undefined> =>
    new Promise((resolve) => {
      painted?.(undefined);
      painted = resolve;
      post({ type: 'paint', svg });
    });

  const receive = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        ready = true;
        shown = undefined;
        return picture();
      case 'lost':
        shown = undefined;
        return picture();
      case 'choose':
        // A patch is one of the same view.
        choice = choiceOf(message.choice);
        shown = undefined;
        return picture();
      case 'reveal': {
        const { id, open } = message;
        const show = async (): Promise<void> => {
          const place = await connection.request<NodeSourceResult | null>(NODE_SOURCE, { ...own(), id } satisfies NodeSourceParams);
          if (place) await showSource(place, open, panel.viewColumn);
        };
        // One after the other: what only shows must not come after what opens, and take the focus back.
        revealing = revealing.then(show, show);
        return revealing;
      }
      case 'details': {
        const result = await connection.request<DetailsResult | null>(DETAILS, { ...own(), component: message.component } satisfies DetailsParams);
        if (result) post({ type: 'details', component: message.component, result });
        return;
      }
      case 'traffic': {
        const result = await connection.request<TrafficResult | null>(TRAFFIC, { ...own(), multiple: message.multiple } satisfies TrafficParams);
        if (result) post({ type: 'traffic', result });
        return;
      }
      case 'export':
        await exportPicture(connection, of(), message.format, message.theme, paint);
        return;
      case 'painted':
        painted?.(message.png);
        painted = undefined;
    }
  };

  const checked = async (message: unknown): Promise<void> => {
    if (!isFromPage(message)) return connection.output.warn('Diagram: the page sent something that is no message.');
    await receive(message).catch(failed);
  };

  const files = vscode.Uri.joinPath(context.extensionUri, 'dist/webview');
  const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, file)).toString();
  panel.iconPath = { light: vscode.Uri.joinPath(context.extensionUri, 'media/file-light.svg'), dark: vscode.Uri.joinPath(context.extensionUri, 'media/file-dark.svg') };
  webview.onDidReceiveMessage(checked);
  panel.onDidChangeViewState(() => {
    // A hidden page is gone.
    if (!panel.visible) ready = false;
  });
  panel.onDidDispose(() => {
    ready = false;
    pictures++;
    cursors++;
    painted?.(undefined);
  });
  webview.html = pageHtml({ script: address('page.js'), style: address('page.css'), source: webview.cspSource, nonce: crypto.randomUUID() });

  return {
    uri,
    panel,
    sent,
    receive: checked,
    chooseSystem: (name) => {
      if ((choice.system ?? drawnSystem) === name) return;
      const { view, state } = choice;
      // The components that it was about are of another system.
      choice = { system: name, view: view === 'focus' ? 'system' : view, state };
      shown = undefined;
      if (ready) void picture();
    },
    refresh: () => {
      if (ready) void picture();
    },
    cursorAt: (file, { line, character }) => {
      if (!ready) return;
      const number = ++cursors;
      connection.request<NodeAtResult | null>(NODE_AT, { uri: file, line, character } satisfies NodeAtParams).then(
        (result) => {
          if (number === cursors) post({ type: 'cursor', ...result });
        },
        () => undefined,
      );
    },
  };
}
