import type { Connection } from 'vscode-languageserver';
import type { ServerSettings, Severity } from '../protocol/messages.ts';

export const DEFAULT_SERVER_SETTINGS: ServerSettings = { reviewScope: 'workspace', minSeverity: 'low', questions: true, codeLens: true, inlayHints: true };

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The settings as the client has them; what it does not know or has wrong is as by default. */
export async function fetchSettings(connection: Connection): Promise<ServerSettings> {
  return settingsFrom(await connection.workspace.getConfiguration('mlarch'));
}

export function settingsFrom(value: unknown): ServerSettings {
  const at = (...keys: string[]): unknown => keys.reduce<unknown>((outer, key) => (typeof outer === 'object' && outer !== null ? (outer as Record<string, unknown>)[key] : undefined), value);
  const flag = (found: unknown, otherwise: boolean): boolean => (typeof found === 'boolean' ? found : otherwise);
  return {
    reviewScope: at('review', 'scope') === 'openFiles' ? 'openFiles' : 'workspace',
    minSeverity: SEVERITIES.find((known) => known === at('minSeverity')) ?? DEFAULT_SERVER_SETTINGS.minSeverity,
    questions: flag(at('questions'), DEFAULT_SERVER_SETTINGS.questions),
    codeLens: flag(at('codeLens', 'enabled'), DEFAULT_SERVER_SETTINGS.codeLens),
    inlayHints: flag(at('inlayHints', 'enabled'), DEFAULT_SERVER_SETTINGS.inlayHints),
  };
}
