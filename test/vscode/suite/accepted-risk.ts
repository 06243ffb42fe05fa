import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/protocol/messages.ts';
import { equal, includes, ok, test, until } from './harness.ts';
import { api, open, untilDiagnostics, withStub } from './workspace.ts';

test('accepted risks: reason, owner and date are asked for, and the finding is accepted', async () => {
  const document = await open('loans.mlarch');
  await untilDiagnostics(document.uri, 'ML09.3', 1);
  const { reviews } = await api();
  const finding = (await reviews()).systems.flatMap(({ findings }) => findings).find(({ rule }) => rule === 'ML09.3');
  ok(finding?.acceptable, 'The finding cannot be accepted.');

  const asked: string[] = [];
  const answers: Readonly<Record<string, string>> = { because: 'Office hours only until the pilot ends', by: 'Lending', until: '2099-03-31' };
  const showInputBox = (options?: vscode.InputBoxOptions): Promise<string | undefined> => {
    const question = `${options?.title ?? ''} ${options?.prompt ?? ''} ${options?.placeHolder ?? ''}`;
    asked.push(question);
    if (/until|date|yyyy/i.test(question)) return Promise.resolve(answers['until']);
    if (/who|owner|\bby\b/i.test(question)) return Promise.resolve(answers['by']);
    return Promise.resolve(answers['because']);
  };
  await withStub(vscode.window, 'showInputBox', showInputBox, async () => {
    await vscode.commands.executeCommand(COMMANDS.acceptRisk, finding.id, document.uri.toString());
  });
  equal(asked.length, 3, `Asked: ${asked.join(' | ')}`);

  await untilDiagnostics(document.uri, 'ML09.3', 0);
  for (const part of ['accept ML09.3', ...Object.values(answers)]) includes(document.getText(), part, 'The file');
  await until('the risk among the accepted', async () => {
    const accepted = (await reviews()).systems.flatMap((system) => system.accepted).find(({ rule }) => rule === 'ML09.3');
    ok(accepted, 'It is not there.');
    equal([accepted.because, accepted.by, accepted.until], [answers['because'], answers['by'], answers['until']]);
    return accepted;
  });
});

test('accepted risks: nothing changes when the questions are dismissed', async () => {
  const document = await open('loans.mlarch');
  await untilDiagnostics(document.uri, 'ML09.3', 1);
  const before = document.getText();
  const finding = (await (await api()).reviews()).systems.flatMap(({ findings }) => findings).find(({ rule }) => rule === 'ML09.3');
  ok(finding, 'There is no finding.');
  await withStub(vscode.window, 'showInputBox', () => Promise.resolve(undefined), async () => {
    await vscode.commands.executeCommand(COMMANDS.acceptRisk, finding.id, document.uri.toString());
  });
  equal(document.getText(), before, 'The file has changed');
});
