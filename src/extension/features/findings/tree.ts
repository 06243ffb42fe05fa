import * as vscode from 'vscode';
import type { AcceptedItem, FindingItem, Location, QuestionItem, Severity, SystemReview } from '../../../protocol/messages.ts';
import { filtered, grouped, type Filter, type Grouping } from './model.ts';

/** A line of the tree. Tooltips and labels are plain text: what stands in a file is never taken for markup. */
export interface FindingNode {
  /** Left out for a group. */
  readonly system?: SystemReview;
  readonly finding?: FindingItem;
  /** Id of the rule that the line is about. */
  readonly explains?: string;
  readonly item: vscode.TreeItem;
  readonly children: readonly FindingNode[];
  parent?: FindingNode;
}

const ICONS: Readonly<Record<Severity, readonly [icon: string, colour: string]>> = {
  critical: ['error', 'list.errorForeground'],
  high: ['warning', 'list.errorForeground'],
  medium: ['warning', 'list.warningForeground'],
  low: ['info', 'editorInfo.foreground'],
};

export class FindingsTree implements vscode.TreeDataProvider<FindingNode> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #systems: readonly SystemReview[] = [];
  #grouping: Grouping = 'severity';
  #filter: Filter = 'all';
  #roots: FindingNode[] = [];

  show(systems: readonly SystemReview[]): void {
    this.#systems = systems;
    this.#rebuild();
  }

  group(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#rebuild();
  }

  filter(filter: Filter): void {
    this.#filter = filter;
    this.#rebuild();
  }

  /** There are findings, and the filter lets none through. */
  get isEmptied(): boolean {
    return this.#filter !== 'all' && this.#roots.length === 0 && this.#systems.some(({ findings }) => findings.length > 0);
  }

  /** Only the filter for the current file depends on it. */
  editorChanged(): void {
    if (this.#filter === 'file') this.#rebuild();
  }

  getTreeItem({ item }: FindingNode): vscode.TreeItem {
    return item;
  }

  getChildren(node?: FindingNode): FindingNode[] {
    return [...(node ? node.children : this.#roots)];
  }

  getParent(node: FindingNode): FindingNode | undefined {
    return node.parent;
  }

  /** The first finding of a component of the system in a file, or of the system. */
  find(uri: string, component: string | undefined): FindingNode | undefined {
    const own = (node: FindingNode): boolean => node.system?.location.uri === uri && (component === undefined || node.finding?.component === `${node.system.name}.${component}`);
    return this.#roots.flatMap((root) => root.children).find((node) => node.finding !== undefined && own(node));
  }

  #rebuild(): void {
    const file = vscode.window.activeTextEditor?.document.uri.toString();
    const several = this.#systems.length > 1;
    const groups = grouped(filtered(this.#systems, this.#filter, file), this.#grouping).map(({ name, entries }) =>
      groupNode(`group ${name}`, this.#grouping !== 'component' ? capital(name) : several ? name : own(name), entries.map(({ finding, system }) => findingNode(finding, system))),
    );
    const questions = this.#systems.flatMap((system) => system.questions.map((question) => questionNode(question, system)));
    const accepted = this.#systems.flatMap((system) => system.accepted.map((risk) => acceptedNode(risk, system)));
    this.#roots = [
      ...groups,
      ...(questions.length > 0 && this.#filter === 'all' ? [groupNode('questions', vscode.l10n.t('Open questions'), questions, true)] : []),
      ...(accepted.length > 0 && this.#filter === 'all' ? [groupNode('accepted', vscode.l10n.t('Accepted risks'), accepted, true)] : []),
    ];
    this.#changed.fire();
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const own = (component: string): string => component.slice(component.indexOf('.') + 1);

function node(key: string, item: vscode.TreeItem, about: Pick<FindingNode, 'system' | 'finding' | 'explains'>, children: readonly FindingNode[] = []): FindingNode {
  const made: FindingNode = { ...about, item, children };
  item.id = about.system ? `${about.system.location.uri} ${about.system.name} ${key}` : key;
  for (const child of children) child.parent = made;
  return made;
}

function groupNode(key: string, label: string, children: readonly FindingNode[], collapsed = false): FindingNode {
  const item = new vscode.TreeItem(label, collapsed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.description = String(children.length);
  return node(key, item, {}, children);
}

function findingNode(finding: FindingItem, system: SystemReview): FindingNode {
  const { rule, severity, message, why, remedy, component, path, location, id } = finding;
  const hops = path.map((hop, index) => {
    const item = new vscode.TreeItem(own(hop.component));
    item.description = hop.note ?? '';
    item.iconPath = new vscode.ThemeIcon('arrow-small-right');
    item.command = opening(hop.location);
    return node(`${id} hop ${index}`, item, { system });
  });
  const item = new vscode.TreeItem(`${rule} ${own(component)}`, hops.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  const [icon, colour] = ICONS[severity];
  item.description = message;
  item.tooltip = `${severity} ${finding.type}\n${message}\n\n${why}\n\n${vscode.l10n.t('What to do: {0}', remedy)}`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.contextValue = ['finding', 'explained', ...(finding.fixable ? ['fixable'] : []), ...(finding.acceptable ? ['acceptable'] : [])].join(' ');
  item.command = opening(location);
  item.accessibilityInformation = { label: `${severity} ${rule} ${own(component)}: ${message}` };
  return node(id, item, { system, finding, explains: rule }, hops);
}

function questionNode({ id, rule, message, component, location }: QuestionItem, system: SystemReview): FindingNode {
  const item = new vscode.TreeItem(`${rule} ${own(component)}`);
  item.description = message;
  item.tooltip = message;
  item.iconPath = new vscode.ThemeIcon('question');
  item.contextValue = 'explained';
  item.command = opening(location);
  return node(`question ${id}`, item, { system, explains: rule });
}

function acceptedNode({ rule, component, message, because, by, until, location }: AcceptedItem, system: SystemReview): FindingNode {
  const item = new vscode.TreeItem(`${rule} ${own(component)}`);
  item.description = vscode.l10n.t('until {0}: {1}', until, because);
  item.tooltip = `${message}\n\n${vscode.l10n.t('Accepted by {0} until {1}: {2}', by, until, because)}`;
  item.iconPath = new vscode.ThemeIcon('shield');
  item.contextValue = 'explained';
  item.command = opening(location);
  return node(`accepted ${rule} ${component} ${location.range.start.line} ${message}`, item, { system, explains: rule });
}

export function opening({ uri, range }: Location): vscode.Command {
  const { start, end } = range;
  return { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [vscode.Uri.parse(uri), { selection: new vscode.Range(start.line, start.character, end.line, end.character) } satisfies vscode.TextDocumentShowOptions] };
}
