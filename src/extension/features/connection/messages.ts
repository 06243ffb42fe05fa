import * as vscode from 'vscode';

/** `restarts`: the server is started again by itself. */
export function sayThatItStopped(restarts: boolean): void {
  const showOutput = vscode.l10n.t('Show Output');
  const restart = vscode.l10n.t('Restart');
  const said = restarts
    ? vscode.window.showWarningMessage(vscode.l10n.t('The mlarch language server stopped and is started again.'), showOutput)
    : vscode.window.showErrorMessage(vscode.l10n.t('The mlarch language server stopped. Findings and completion are off until it runs again.'), restart, showOutput);
  void said.then((chosen) => {
    if (chosen === showOutput) void vscode.commands.executeCommand('mlarch.showOutput');
    if (chosen === restart) void vscode.commands.executeCommand('mlarch.restartServer');
  });
}

/** A client whose start has failed once does not start again. */
export function sayThatItCannotStart(): void {
  const showOutput = vscode.l10n.t('Show Output');
  const reload = vscode.l10n.t('Reload Window');
  void vscode.window.showErrorMessage(vscode.l10n.t('The mlarch language server could not be started. The output says why; reloading the window tries again.'), reload, showOutput).then((chosen) => {
    if (chosen === showOutput) void vscode.commands.executeCommand('mlarch.showOutput');
    if (chosen === reload) void vscode.commands.executeCommand('workbench.action.reloadWindow');
  });
}
