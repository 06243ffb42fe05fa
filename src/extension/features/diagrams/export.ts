import * as vscode from 'vscode';
import { EXPORT, type ExportParams, type ExportResult, type PictureOf } from '../../../protocol/diagram.ts';
import type { ExportTheme, Format } from '../../../protocol/page.ts';
import type { Connection } from '../connection/connection.ts';

const EXTENSIONS: Readonly<Record<Format, string>> = { svg: 'svg', png: 'png', mermaid: 'mmd', drawio: 'drawio', json: 'json' };

/** Makes a picture as a document, and writes it where the user says. `paint` makes a PNG of an SVG, where the server cannot. */
export async function exportPicture(connection: Connection, of: PictureOf, format: Format, theme: ExportTheme, paint: (svg: string) => Promise<string | undefined>): Promise<vscode.Uri | undefined> {
  const extension = EXTENSIONS[format];
  const file = await vscode.window.showSaveDialog({
    defaultUri: defaultFile(vscode.Uri.parse(of.uri, true), `${nameOf(of)}.${extension}`),
    filters: { [format.toUpperCase()]: [extension] },
    title: vscode.l10n.t('Export diagram'),
  });
  if (!file) return undefined;
  const made = (await exported(connection, { ...of, format, theme })) ?? (format === 'png' ? await paintedPng(connection, { ...of, theme }, paint) : undefined);
  if (!made) throw new Error(vscode.l10n.t('The diagram could not be exported; the output of mlarch says why.'));
  await vscode.workspace.fs.writeFile(file, made.encoding === 'base64' ? bytesOf(made.content) : new TextEncoder().encode(made.content));
  const open = vscode.l10n.t('Open');
  void vscode.window.showInformationMessage(vscode.l10n.t('Exported to {0}.', vscode.workspace.asRelativePath(file)), open).then((chosen) => {
    if (chosen === open) void vscode.commands.executeCommand('vscode.open', file);
  });
  return file;
}

const exported = (connection: Connection, params: ExportParams): Promise<ExportResult | null> => connection.request<ExportResult | null>(EXPORT, params);

async function paintedPng(connection: Connection, of: Omit<ExportParams, 'format'>, paint: (svg: string) => Promise<string | undefined>): Promise<ExportResult | undefined> {
  const picture = await exported(connection, { ...of, format: 'svg' });
  const content = picture ? await paint(picture.content) : undefined;
  return content === undefined ? undefined : { content, encoding: 'base64' };
}

/** `card-fraud-serving-target`: the file, and what the picture shows of it. */
function nameOf({ uri, view, state, focus }: PictureOf): string {
  const file = decodeURIComponent(uri.split('/').at(-1) ?? '').replace(/\.mlarch$/, '');
  return [file, view, ...(view === 'focus' && focus !== undefined ? [focus] : []), ...(state === 'current' ? [] : [state])].join('-').replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-');
}

/** Beside the file; a file that is not saved yet lies nowhere. */
function defaultFile(uri: vscode.Uri, name: string): vscode.Uri | undefined {
  if (uri.scheme !== 'untitled') return vscode.Uri.joinPath(uri, '..', name);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, name);
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
