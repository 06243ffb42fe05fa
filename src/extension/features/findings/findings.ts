import * as vscode from 'vscode';
import { REMEDY, type FindingItem, type ReviewsResult, type SystemReview } from '../../../protocol/messages.ts';
import type { Connection } from '../connection/connection.ts';
import { applyEdit } from '../../apply-edit.ts';
import { plainText } from '../../plain-text.ts';
import { GROUPINGS, type Filter, type Grouping } from './model.ts';
import { FindingsTree, type FindingNode } from './tree.ts';

/** The tree of findings with its groupings, filters and actions. */
export function registerFindings(context: vscode.ExtensionContext, connection: Connection): void {
  const tree = new FindingsTree();
  const view = vscode.window.createTreeView('mlarch.findings', { treeDataProvider: tree, showCollapseAll: true });
  const update = ({ systems }: ReviewsResult): void => {
    tree.show(systems);
    void showCounts(view, systems);
  };
  const filter = ({ filter: shown, label }: FilterItem): void => {
    tree.filter(shown);
    view.description = shown === 'all' ? '' : label;
  };
  const regroup = (): void => tree.group(vscode.workspace.getConfiguration('mlarch').get<Grouping>('findings.groupBy', 'severity'));
  regroup();
  context.subscriptions.push(
    view,
    connection.results.onChanged(update),
    tree.onDidChangeTreeData(() => {
      view.message = tree.isEmptied ? vscode.l10n.t('No finding passes the filter.') : '';
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mlarch.findings.groupBy')) regroup();
    }),
    vscode.window.onDidChangeActiveTextEditor(() => tree.editorChanged()),
    ...GROUPINGS.map(({ grouping, command }) => vscode.commands.registerCommand(command, () => setGrouping(grouping))),
    vscode.commands.registerCommand('mlarch.findings.filter', async () => {
      const chosen = await vscode.window.showQuickPick(filters(), { title: vscode.l10n.t('Which findings are shown?') });
      if (chosen) filter(chosen);
    }),
    vscode.commands.registerCommand('mlarch.showFindings', async (uri?: string, component?: string) => {
      await vscode.commands.executeCommand('mlarch.findings.focus');
      if (uri === undefined) return;
      if (!tree.find(uri, component)) filter({ label: '', filter: 'all' });
      const node = tree.find(uri, component);
      if (node) await view.reveal(node, { select: true, focus: true, expand: true });
    }),
    vscode.commands.registerCommand('mlarch.applyFix', async (node?: FindingNode) => {
      if (node?.finding && node.system) await declareRemedy(connection, node.finding, node.system);
    }),
  );
}

async function showCounts(view: vscode.TreeView<unknown>, systems: readonly SystemReview[]): Promise<void> {
  const findings = systems.flatMap((system) => system.findings);
  const grave = findings.filter(({ severity }) => severity === 'critical' || severity === 'high').length;
  view.badge = grave > 0 ? { value: grave, tooltip: vscode.l10n.t('{0} critical or high findings', grave) } : undefined;
  const open = vscode.workspace.textDocuments.some(({ languageId }) => languageId === 'mlarch');
  const hasFiles = open || (await vscode.workspace.findFiles('**/*.mlarch', '**/node_modules/**', 1)).length > 0;
  await vscode.commands.executeCommand('setContext', 'mlarch.hasFiles', hasFiles);
  await vscode.commands.executeCommand('setContext', 'mlarch.hasFindings', systems.some((system) => system.findings.length + system.questions.length + system.accepted.length > 0));
  await vscode.commands.executeCommand('setContext', 'mlarch.reviewed', true);
}

/** In the user's settings, so that no file of the workspace changes, unless it says something itself. */
async function setGrouping(grouping: Grouping): Promise<void> {
  const settings = vscode.workspace.getConfiguration('mlarch');
  const inWorkspace = settings.inspect('findings.groupBy')?.workspaceValue !== undefined;
  await settings.update('findings.groupBy', grouping, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}

type FilterItem = vscode.QuickPickItem & { readonly filter: Filter };

function filters(): FilterItem[] {
  return [
    { label: vscode.l10n.t('All'), filter: 'all' },
    { label: vscode.l10n.t('With a remedy that is an edit'), filter: 'fixable' },
    { label: vscode.l10n.t('Critical and high'), filter: 'grave' },
    { label: vscode.l10n.t('Of the current file'), filter: 'file' },
  ];
}

async function declareRemedy(connection: Connection, finding: FindingItem, system: SystemReview): Promise<void> {
  const edit = await connection.request<object | null>(REMEDY, { finding: finding.id, uri: system.location.uri });
  if (edit === null) void vscode.window.showInformationMessage(vscode.l10n.t('The remedy of {0} is an action outside the file: {1}', finding.rule, plainText(finding.remedy)));
  else if (await applyEdit(connection.client, edit)) await vscode.commands.executeCommand('setContext', 'mlarch.remedied', true);
}
