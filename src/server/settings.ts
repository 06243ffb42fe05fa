import type { Connection } from 'vscode-languageserver';
import type { ServerSettings, Severity } from '../protocol/messages.ts';

export const DEFAULT_SERVER_SETTINGS: ServerSettings = { reviewScope: 'workspace', minSeverity: 'low', questions: true, codeLens: true, inlayHints: true };

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The settings as the client has them; what it does not know or has wrong is as by default. */
export async function fetchSettings(connection: Connection): Promise<ServerSettings> {
  return settingsFrom(await connection.workspace.getConfiguration('mlarch'));
}

export function settingsFrom(value: unknown): ServerSettings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const flag = (key: 'questions' | 'codeLens' | 'inlayHints'): boolean => (typeof given[key] === 'boolean' ? given[key] : DEFAULT_SERVER_SETTINGS[key]);
  return {
    reviewScope: given['reviewScope'] === 'openFiles' ? 'openFiles' : 'workspace',
    minSeverity: SEVERITIES.find((known) => known === given['minSeverity']) ?? DEFAULT_SERVER_SETTINGS.minSeverity,
    questions: flag('questions'),
    codeLens: flag('codeLens'),
    inlayHints: flag('inlayHints'),
  };
}
