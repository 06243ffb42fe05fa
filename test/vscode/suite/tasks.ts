import * as vscode from 'vscode';
import { equal, ok, test } from './harness.ts';
import { api } from './workspace.ts';

declare const HOST_KIND: 'node' | 'web';

test('tasks: the review of the folder, where there are processes', async () => {
  await api();
  const tasks = await vscode.tasks.fetchTasks({ type: 'mlarch' });
  equal(tasks.map(({ name }) => name), HOST_KIND === 'node' ? ['check'] : [], 'Tasks');
  for (const { execution, problemMatchers } of tasks) {
    ok(execution instanceof vscode.ProcessExecution, 'It is no process.');
    const [script, ...args] = execution.args;
    equal(args, ['check', '.', '--format', 'compact'], 'Arguments');
    equal(execution.options?.env?.['ELECTRON_RUN_AS_NODE'], '1', 'Run as Node');
    ok(script && (await vscode.workspace.fs.stat(vscode.Uri.file(script))).size > 0, 'The command line is not there.');
    equal(problemMatchers, ['$mlarch'], 'Problem matchers');
  }
});
