import * as vscode from 'vscode';

/** What is wrong with an answer; undefined where it will do. The review knows more placeholders, and says so. */
export function fault(what: 'reason' | 'owner' | 'day', text: string, now = new Date()): string | undefined {
  const answer = text.trim();
  if (what === 'day') {
    if (!isDay(answer)) return vscode.l10n.t('A day such as 2027-03-31.');
    return answer < now.toISOString().slice(0, 10) ? vscode.l10n.t('This day is over; the finding would be back at once.') : undefined;
  }
  if (answer === '') return what === 'reason' ? vscode.l10n.t('An acceptance without a reason has no effect.') : vscode.l10n.t('An acceptance without an owner has no effect.');
  if (/^\W*(todo|tbd|fixme|xxx|n\/?a|reason|because|later|none|wip|explanation|\.*)\W*$/i.test(answer)) return vscode.l10n.t('“{0}” is a placeholder; the acceptance would have no effect.', answer);
  return undefined;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day so many months ahead. */
export function inMonths(now: Date, months: number): string {
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, Math.min(now.getDate(), 28))).toISOString().slice(0, 10);
}
