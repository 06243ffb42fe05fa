import * as vscode from 'vscode';
import type { Severity, SystemReview } from '../../../protocol/messages.ts';
import type { Connection } from '../connection/connection.ts';

/** The language status of .mlarch files: the score of the system that the file belongs to, and whether work is going on. */
export function registerStatus(context: vscode.ExtensionContext, connection: Connection): void {
  const status = vscode.languages.createLanguageStatusItem('mlarch.score', { language: 'mlarch' });
  status.name = vscode.l10n.t('ML architecture review');
  status.text = vscode.l10n.t('No review yet');
  status.busy = true;
  status.command = { title: vscode.l10n.t('Show findings'), command: 'mlarch.showFindings' };
  const show = (): void => {
    const { systems } = connection.results.latest();
    const file = vscode.window.activeTextEditor?.document.uri.toString();
    const own = systems.find((system) => file !== undefined && system.files.includes(file)) ?? systems[0];
    if (!own) {
      status.text = vscode.l10n.t('No system is declared');
      status.detail = '';
      status.severity = vscode.LanguageStatusSeverity.Information;
      return;
    }
    const { headline, assured, potential } = own.score;
    const counts = countsOf(own);
    status.text = `${own.name}: ${headline}`;
    status.detail = [vscode.l10n.t('readiness {0} to {1} of 4', assured.toFixed(1), potential.toFixed(1)), ...counts].join(', ');
    status.severity = own.findings.some(({ severity }) => severity === 'critical') ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    status.accessibilityInformation = { label: `${status.text}, ${status.detail}` };
  };
  context.subscriptions.push(
    status,
    connection.onBusy((busy) => {
      status.busy = busy;
    }),
    connection.results.onChanged(show),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
}

function countsOf({ findings, questions }: SystemReview): string[] {
  const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
  const counts = severities.map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const);
  return [...counts.flatMap(([count, severity]) => (count > 0 ? [`${count} ${severity}`] : [])), ...(questions.length > 0 ? [vscode.l10n.t('{0} questions', questions.length)] : [])];
}
