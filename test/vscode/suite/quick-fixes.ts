import * as vscode from 'vscode';
import { equal, includes, ok, test, until } from './harness.ts';
import { open, untilDiagnostics, write } from './workspace.ts';

const CODE_ACTIONS = 'vscode.executeCodeActionProvider';

/** The code actions at a place, once there is one that the test asks for. Edits are resolved. */
function actionAt(document: vscode.TextDocument, range: vscode.Range, kind: vscode.CodeActionKind, wanted: (action: vscode.CodeAction) => boolean): Promise<vscode.CodeAction> {
  let offered: readonly vscode.CodeAction[] = [];
  return until(`a code action of kind ${kind.value}`, async () => {
    offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(CODE_ACTIONS, document.uri, range, kind.value, 50);
    const found = offered.find(wanted);
    ok(found, `Offered: ${offered.map(({ title }) => title).join(' | ') || 'nothing'}`);
    return found;
  });
}

/** Does what a click on the action does. */
async function apply(action: vscode.CodeAction): Promise<void> {
  ok(action.edit ?? action.command, `“${action.title}” has neither an edit nor a command.`);
  if (action.edit) ok(await vscode.workspace.applyEdit(action.edit), `The edit of “${action.title}” was refused.`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

test('quick fixes: the fix of a finding changes the file, and the finding is gone', async () => {
  const document = await open('loans.mlarch');
  const [finding] = await untilDiagnostics(document.uri, 'ML09.3', 1);
  ok(finding, 'There is no finding.');
  await apply(await actionAt(document, finding.range, vscode.CodeActionKind.QuickFix, ({ edit }) => edit !== undefined));
  includes(document.getText(), 'replicas 2', 'The file');
  await untilDiagnostics(document.uri, 'ML09.3', 0);
});

test('quick fixes: one fix for every finding of a rule', async () => {
  const document = await open('loans.mlarch');
  const [finding] = await untilDiagnostics(document.uri, 'ML03.6', 2);
  ok(finding, 'There is no finding.');
  await apply(await actionAt(document, finding.range, vscode.CodeActionKind.QuickFix, ({ title }) => /\ball\b/i.test(title) && title.includes('ML03.6')));
  equal(document.getText().split('fixed').length - 1, 2, 'Both seeds are fixed');
  await untilDiagnostics(document.uri, 'ML03.6', 0);
});

test('quick fixes: what corrects only the writing is done all at once, as on save', async () => {
  const document = await open('loans.mlarch');
  await write(document, 'system Loans {\n  stage producton\n  criticality critcal\n}\n');
  await untilDiagnostics(document.uri, 'unknown-word', 2);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  await apply(await actionAt(document, whole, vscode.CodeActionKind.SourceFixAll.append('mlarch'), () => true));
  equal(document.getText(), 'system Loans {\n  stage production\n  criticality critical\n}\n', 'The file');
  await untilDiagnostics(document.uri, 'unknown-word', 0);
});
