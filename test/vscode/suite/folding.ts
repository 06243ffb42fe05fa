import * as vscode from 'vscode';
import { ok, test, until } from './harness.ts';
import { at, open } from './workspace.ts';

test('folding: a block folds from its head to the line before its brace', async () => {
  const document = await open('shop.mlarch');
  const start = at(document, 'service Ranker').line;
  const brace = at(document, '}', 0, 3).line;
  await until('the folds', async () => {
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    const fold = folds.find((range) => range.start === start);
    ok(fold, `Folds: ${folds.map((range) => `${range.start}-${range.end}`).join(', ')}`);
    ok(fold.end === brace - 1 || fold.end === brace, `Ranker folds to line ${fold.end + 1}; its brace is in line ${brace + 1}.`);
    return fold;
  });
});
