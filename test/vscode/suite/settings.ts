import * as vscode from 'vscode';
import { equal, ok, test, until } from './harness.ts';
import { open, untilDiagnostics, withSetting } from './workspace.ts';

const questionsOf = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Hint || severity === vscode.DiagnosticSeverity.Information);

test('settings: the defaults', () => {
  const settings = vscode.workspace.getConfiguration('mlarch');
  equal(
    ['review.scope', 'minSeverity', 'questions', 'codeLens.enabled', 'inlayHints.enabled'].map((key) => settings.get(key)),
    ['workspace', 'low', true, true, true],
  );
});

test('settings: without questions there are only findings', async () => {
  const document = await open('loans.mlarch');
  await until('questions', () => questionsOf(document).length > 0);
  await withSetting('questions', false, async () => {
    await until('no questions', () => questionsOf(document).length === 0);
    await untilDiagnostics(document.uri, 'ML09.3', 1);
  });
  await until('questions again', () => questionsOf(document).length > 0);
});

test('settings: findings below the least severity are not shown', async () => {
  const document = await open('loans.mlarch');
  const [medium] = await untilDiagnostics(document.uri, 'ML03.6', 2);
  ok(medium, 'There is no finding of medium severity.');
  await withSetting('minSeverity', 'high', async () => {
    await untilDiagnostics(document.uri, 'ML03.6', 0);
    await untilDiagnostics(document.uri, 'ML09.3', 1);
  });
});
