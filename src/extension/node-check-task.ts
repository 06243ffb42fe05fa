import * as vscode from 'vscode';

interface CheckTask extends vscode.TaskDefinition {
  readonly path?: string;
  readonly failOn?: string;
}

/** The review as a task: the command line that ships with the extension, run by the Node of VS Code. */
export function registerCheckTask(context: vscode.ExtensionContext): void {
  const taskOf = (definition: CheckTask, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task => {
    const command = [cliOf(context), 'check', definition.path ?? '.', '--format', 'compact', ...(definition.failOn === undefined ? [] : ['--fail-on', definition.failOn])];
    const task = new vscode.Task(definition, scope, 'check', 'mlarch', new vscode.ProcessExecution(process.execPath, command, { env: { ELECTRON_RUN_AS_NODE: '1' } }), '$mlarch');
    task.group = vscode.TaskGroup.Test;
    task.detail = vscode.l10n.t('Review the architectures of the folder against the 20 checks');
    return task;
  };
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider('mlarch', {
      provideTasks: () => (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map((folder) => taskOf({ type: 'mlarch' }, folder)),
      resolveTask: (task) => taskOf(task.definition as CheckTask, task.scope === undefined || task.scope === vscode.TaskScope.Global ? vscode.TaskScope.Workspace : task.scope),
    }),
  );
}

export const cliOf = ({ extensionPath }: vscode.ExtensionContext): string => `${extensionPath}/dist/mlarch.mjs`;
