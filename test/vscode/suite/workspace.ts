import * as vscode from 'vscode';
import type { ReviewsResult } from '../../../src/protocol/messages.ts';
import { equal, ok, until } from './harness.ts';

declare const EXTENSION_ID: string;

/** A diagram that is open: what its page was last sent of each sort, and a way to send in its place. */
export interface OpenDiagram {
  readonly uri: string;
  readonly panel: vscode.WebviewPanel;
  readonly sent: ReadonlyMap<string, unknown>;
  receive(message: unknown): Promise<void>;
  refresh(): void;
}

/** What `activate` of the extension gives. */
export interface ExtensionApi {
  readonly ready: Promise<void>;
  reviews(): Promise<ReviewsResult>;
  diagrams(): readonly OpenDiagram[];
  /** Milliseconds that `activate` took. */
  readonly activationMs: number;
}

export function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>(EXTENSION_ID);
  ok(found, `The extension ${EXTENSION_ID} is not installed.`);
  return found;
}

/** The started extension, its server answering. */
export async function api(): Promise<ExtensionApi> {
  const started = await extension().activate();
  await started.ready;
  return started;
}

/** A file of the workspace. */
export function uri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  ok(folder, 'No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Shows a file of the workspace, with the extension started. */
export async function open(name: string): Promise<vscode.TextDocument> {
  await api();
  const document = await vscode.workspace.openTextDocument(uri(name));
  await vscode.window.showTextDocument(document);
  equal(document.languageId, 'mlarch', `${name} has another language`);
  return document;
}

/** The position `offset` characters after the start of the nth occurrence of the text. */
export function at(document: vscode.TextDocument, text: string, offset = 0, occurrence = 1): vscode.Position {
  let index = -1;
  for (let count = 0; count < occurrence; count++) index = document.getText().indexOf(text, index + 1);
  ok(index >= 0, `“${text}” does not occur ${occurrence} times in ${document.fileName}.`);
  return document.positionAt(index + offset);
}

/** The occurrence of the text as a range. */
export const rangeOf = (document: vscode.TextDocument, text: string, occurrence = 1): vscode.Range =>
  new vscode.Range(at(document, text, 0, occurrence), at(document, text, text.length, occurrence));

export const codeOf = (diagnostic: vscode.Diagnostic): string =>
  String(typeof diagnostic.code === 'object' ? diagnostic.code.value : (diagnostic.code ?? ''));

/** The diagnostics of a file that have the code, now. */
export const diagnosticsWith = (file: vscode.Uri, code: string): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(file).filter((diagnostic) => codeOf(diagnostic) === code);

/** Waits until the file has as many diagnostics of the code, and gives them. */
export function untilDiagnostics(file: vscode.Uri, code: string, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} diagnostics ${code} in ${file.path}`, () => {
    const found = diagnosticsWith(file, code);
    equal(found.length, count, `Diagnostics now: ${vscode.languages.getDiagnostics(file).map(codeOf).join(', ') || 'none'}`);
    return found;
  });
}

/** Replaces a range of a file, as an edit by hand would. */
export async function replace(document: vscode.TextDocument, range: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  ok(await vscode.workspace.applyEdit(edit), `${document.fileName} could not be edited.`);
}

/** Puts the text with `|` for the cursor into the file, and gives the cursor’s position. */
export async function write(document: vscode.TextDocument, textWithCursor: string): Promise<vscode.Position> {
  const cursor = textWithCursor.indexOf('|');
  await replace(document, new vscode.Range(0, 0, document.lineCount, 0), textWithCursor.replace('|', ''));
  return document.positionAt(Math.max(cursor, 0));
}

/** Throws away what a test changed, so that the next begins with the files as they are on disk. */
export async function revertAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The end of what the extension wrote to its output, which only the editor can show. */
export async function extensionLog(): Promise<string> {
  await vscode.commands.executeCommand('mlarch.showOutput').then(undefined, () => undefined);
  const output = await until('the output of the extension', () => vscode.workspace.textDocuments.find(({ uri: { scheme, path } }) => scheme === 'output' && path.includes('mlarch')), 3_000).catch(() => undefined);
  return output ? `Output of the extension:\n${output.getText().split('\n').slice(-40).join('\n')}` : 'The extension has written no output.';
}

/** Runs `body` while a function of an object of the editor answers as told, for example `vscode.window` `showInputBox`. */
export async function withStub<T>(target: object, name: string, answer: (...args: never[]) => unknown, body: () => Promise<T>): Promise<T> {
  const original = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value: answer, configurable: true, writable: true });
  try {
    return await body();
  } finally {
    if (original) Object.defineProperty(target, name, original);
    else Reflect.deleteProperty(target, name);
  }
}

/** Sets a setting for the run of `body`. */
export async function withSetting<T>(key: string, value: unknown, body: () => Promise<T>): Promise<T> {
  const settings = vscode.workspace.getConfiguration('mlarch');
  await settings.update(key, value, vscode.ConfigurationTarget.Global);
  try {
    return await body();
  } finally {
    await settings.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}
