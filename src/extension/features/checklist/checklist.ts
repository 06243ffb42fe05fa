import * as vscode from 'vscode';
import type { CheckItem, ReviewsResult, SystemReview, Verdict } from '../../../protocol/messages.ts';
import type { Connection } from '../connection/connection.ts';

interface CheckNode {
  /** Id of the check or rule that the line is about. */
  readonly explains?: string;
  readonly item: vscode.TreeItem;
  readonly children: readonly CheckNode[];
}

/** Icon, colour and word of a verdict: none is told by colour alone. */
function looks(verdict: Verdict): readonly [icon: string, colour: string, word: string] {
  switch (verdict) {
    case 'satisfied':
      return ['pass', 'testing.iconPassed', vscode.l10n.t('satisfied')];
    case 'finding':
      return ['error', 'list.errorForeground', vscode.l10n.t('finding')];
    case 'question':
      return ['question', 'list.warningForeground', vscode.l10n.t('open question')];
    case 'accepted':
      return ['shield', 'descriptionForeground', vscode.l10n.t('accepted')];
    case 'failed':
      return ['bug', 'list.errorForeground', vscode.l10n.t('could not be checked')];
    case 'not-applicable':
      return ['circle-slash', 'disabledForeground', vscode.l10n.t('not applicable')];
  }
}

/** The 20 checks of each system, with what the review says of each. */
export function registerChecklist(context: vscode.ExtensionContext, connection: Connection): void {
  const changed = new vscode.EventEmitter<void>();
  let roots: readonly CheckNode[] = [];
  const provider: vscode.TreeDataProvider<CheckNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: ({ item }) => item,
    getChildren: (node) => [...(node ? node.children : roots)],
  };
  const update = ({ systems }: ReviewsResult): void => {
    const [only, ...others] = systems;
    roots = only && others.length === 0 ? categories(only) : systems.map((system) => systemNode(system));
    changed.fire();
  };
  context.subscriptions.push(
    changed,
    vscode.window.createTreeView('mlarch.checklist', { treeDataProvider: provider, showCollapseAll: true }),
    connection.results.onChanged(update),
  );
}

function systemNode(system: SystemReview): CheckNode {
  const item = new vscode.TreeItem(system.name, vscode.TreeItemCollapsibleState.Expanded);
  item.description = system.score.headline;
  item.iconPath = new vscode.ThemeIcon('symbol-structure');
  item.id = system.location.uri + system.name;
  return { item, children: categories(system) };
}

function categories(system: SystemReview): CheckNode[] {
  const names = [...new Set(system.checks.map(({ category }) => category))];
  return names.map((name) => {
    const checks = system.checks.filter(({ category }) => category === name);
    const met = checks.filter(({ verdict }) => verdict === 'satisfied' || verdict === 'accepted').length;
    const applicable = checks.filter(({ verdict }) => verdict !== 'not-applicable').length;
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
    item.id = `${system.location.uri} ${system.name} ${name}`;
    item.description = vscode.l10n.t('{0} of {1}', met, applicable);
    return { item, children: checks.map((check) => checkNode(system, check)) };
  });
}

function checkNode(system: SystemReview, check: CheckItem): CheckNode {
  const rules = check.rules.map(({ id, title, verdict, because }) => ({ explains: id, item: verdictItem(`${system.location.uri} ${system.name} ${id}`, `${id} ${title}`, id, verdict, because), children: [] }));
  const item = verdictItem(`${system.location.uri} ${system.name} ${check.id}`, `${check.id} ${check.title}`, check.id, check.verdict, check.question);
  item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  return { explains: check.id, item, children: rules };
}

function verdictItem(key: string, label: string, id: string, verdict: Verdict, because: string | undefined): vscode.TreeItem {
  const [icon, colour, word] = looks(verdict);
  const item = new vscode.TreeItem(label);
  item.id = key;
  item.description = word;
  item.tooltip = because === undefined ? `${label}: ${word}` : `${label}: ${word}\n\n${because}`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.contextValue = 'explained';
  item.command = { title: vscode.l10n.t('Explain'), command: 'mlarch.explain', arguments: [id] };
  item.accessibilityInformation = { label: `${label}: ${word}` };
  return item;
}
