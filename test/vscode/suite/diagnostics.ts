import * as vscode from 'vscode';
import { equal, includes, ok, test, until } from './harness.ts';
import { codeOf, open, rangeOf, replace, untilDiagnostics } from './workspace.ts';

test('diagnostics: a finding has its rule as code, with a link to its page', async () => {
  const document = await open('loans.mlarch');
  const [finding] = await untilDiagnostics(document.uri, 'ML09.3', 1);
  ok(finding, 'There is no finding.');
  equal(document.lineAt(finding.range.start.line).text.trim(), 'replicas 1', 'The finding stands elsewhere');
  equal(finding.source, 'mlarch', 'The source of the finding');
  includes(finding.message, 'One replica of Decisions', 'The message of the finding');
  ok(typeof finding.code === 'object', 'The code has no link.');
  includes(finding.code.target.toString(), 'ml09', 'The link leads elsewhere');
});

test('diagnostics: a finding goes when its cause goes, and comes back with it', async () => {
  const document = await open('loans.mlarch');
  await untilDiagnostics(document.uri, 'ML09.3', 1);
  await replace(document, rangeOf(document, 'replicas 1'), 'replicas 2');
  await untilDiagnostics(document.uri, 'ML09.3', 0);
  await replace(document, rangeOf(document, 'replicas 2'), 'replicas 1');
  await untilDiagnostics(document.uri, 'ML09.3', 1);
});

test('diagnostics: a syntax error is shown, and the rest of the file is still reviewed', async () => {
  const document = await open('broken.mlarch');
  const errors = await until('a syntax error', () => {
    const all = vscode.languages.getDiagnostics(document.uri);
    const found = all.filter((diagnostic) => codeOf(diagnostic) === 'syntax');
    ok(found.length > 0, `Diagnostics: ${all.map(codeOf).join(', ') || 'none'}`);
    return found;
  });
  for (const { severity, range } of errors) {
    equal(severity, vscode.DiagnosticSeverity.Error, 'Severity');
    ok(document.validatePosition(range.start).isEqual(range.start), `The error stands outside the file: ${JSON.stringify(range)}`);
  }
  await untilDiagnostics(document.uri, 'ML09.3', 1);
});
