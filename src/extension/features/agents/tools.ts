import * as vscode from 'vscode';
import { TOOL, type ToolParams } from '../../../protocol/messages.ts';
import { TOOL_NAMES } from '../../../protocol/tools.ts';
import type { Connection } from '../connection/connection.ts';

/** Tools that language models in the editor may call; the manifest describes them. */
export function registerTools(context: vscode.ExtensionContext, connection: Connection): void {
  // Editors that are built on VS Code may lack the interface.
  if (typeof (vscode as Partial<typeof vscode>).lm?.registerTool !== 'function') return;
  for (const name of TOOL_NAMES) {
    context.subscriptions.push(
      vscode.lm.registerTool<Record<string, unknown>>(name, {
        invoke: async ({ input }) => {
          const answer = await connection.request<{ text: string; isError: boolean } | null>(TOOL, { name, arguments: input } satisfies ToolParams);
          if (answer === null) throw new Error(vscode.l10n.t('mlarch could not answer; its output says why.'));
          if (answer.isError) throw new Error(answer.text);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer.text)]);
        },
      }),
    );
  }
}
