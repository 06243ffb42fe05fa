import type { Connection } from 'vscode-languageserver';
import { LIST_FILES, READ_FILE, STAT, type ListFilesResult, type StatResult } from '../protocol/messages.ts';
import type { Files } from './files.ts';

/** Files as the client sees them: also those of virtual workspaces, and on the web. */
export function clientFiles(connection: Connection): Files {
  return {
    list: () => connection.sendRequest<ListFilesResult>(LIST_FILES),
    read: async (uri) => (await connection.sendRequest<string | null>(READ_FILE, { uri })) ?? undefined,
    stat: async (uri) => (await connection.sendRequest<StatResult>(STAT, { uri })) ?? undefined,
  };
}
