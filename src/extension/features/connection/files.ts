import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LIST_FILES, READ_FILE, STAT, type ListFilesResult, type ReadFileParams, type StatResult } from '../../../protocol/messages.ts';

const MOST_BYTES = 10_000_000;

/** The server reads files through the editor, so that it sees virtual workspaces as well, and the web. */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest(LIST_FILES, async (): Promise<ListFilesResult> => (await vscode.workspace.findFiles('**/*.mlarch', '**/node_modules/**')).map(String));
  client.onRequest(READ_FILE, ({ uri }: ReadFileParams) => read(vscode.Uri.parse(uri, true)));
  client.onRequest(STAT, ({ uri }: ReadFileParams) => stat(vscode.Uri.parse(uri, true)));
}

async function read(uri: vscode.Uri): Promise<string | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) return null;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

async function stat(uri: vscode.Uri): Promise<StatResult> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) === 0 ? 'file' : 'folder';
  } catch {
    return null;
  }
}
