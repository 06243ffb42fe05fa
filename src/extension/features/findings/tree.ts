import * as vscode from 'vscode';
import type { AcceptedItem, FindingItem, Location, QuestionItem, Severity, SystemReview } from '../../../protocol/messages.ts';
import { filtered, grouped, type Filter, type Grouping } from './model.ts';

/** A line of the tree. Tooltips and labels are plain text: what stands in a file is never taken for markup. */
export interface FindingNode {
  readonly key: string;
  readonly system: SystemReview;
  readonly finding?: FindingItem;
  readonly item: vscode.TreeItem;
  readonly children: readonly FindingNode[];
  parent?: FindingNode;
}

const ICONS: Readonly<Record<Severity, readonly [icon: string, colour: string]>> = {
  critical: ['error', 'list.errorForeground'],
  high: ['error', 'list.errorForeground'],
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
    const own = (node: FindingNode): boolean => node.system.location.uri === uri && (component === undefined || node.finding?.component === `${node.system.name}.${component}`);
    return this.#roots.flatMap((root) => root.children).find((node) => node.finding !== undefined && own(node));
  }

  #rebuild(): void {
    const file = vscode.window.activeTextEditor?.document.uri.toString();
    const several = this.#systems.length > 1;
    const groups = grouped(filtered(this.#systems, this.#filter, file), this.#grouping).map(({ name, entries }) =>
      groupNode(`group ${name}`, this.#grouping === 'component' && !several ? name.slice(name.indexOf('.') + 1) : capital(name), entries.map(({ finding, system }) => findingNode(finding, system))),
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

function node(key: string, system: SystemReview, item: vscode.TreeItem, children: readonly FindingNode[] = [], finding?: FindingItem): FindingNode {
  const made: FindingNode = { key, system, item, children, ...(finding ? { finding } : {}) };
  item.id = key;
  for (const child of children) child.parent = made;
  return made;
}

function groupNode(key: string, label: string, children: readonly FindingNode[], collapsed = false): FindingNode {
  const item = new vscode.TreeItem(label, collapsed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.description = String(children.length);
  const [first] = children;
  return node(key, first?.system ?? NO_SYSTEM, item, children);
}

/** Never shown: a group has at least one child. */
const NO_SYSTEM = {} as SystemReview;

function findingNode(finding: FindingItem, system: SystemReview): FindingNode {
  const { rule, severity, message, why, remedy, component, path, location, id } = finding;
  const hops = path.map((hop, index) => {
    const item = new vscode.TreeItem(own(hop.component));
    item.description = hop.note ?? '';
    item.iconPath = new vscode.ThemeIcon('arrow-small-right');
    item.command = opening(hop.location);
    return node(`${id} hop ${index}`, system, item);
  });
  const item = new vscode.TreeItem(`${rule} ${own(component)}`, hops.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  const [icon, colour] = ICONS[severity];
  item.description = message;
  item.tooltip = `${severity} ${finding.type}\n${message}\n\n${why}\n\n${vscode.l10n.t('What to do: {0}', remedy)}`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.contextValue = ['finding', 'explained', ...(finding.fixable ? ['fixable'] : []), ...(finding.acceptable ? ['acceptable'] : [])].join(' ');
  item.command = opening(location);
  item.accessibilityInformation = { label: `${severity} ${rule} ${own(component)}: ${message}` };
  return node(`${system.location.uri} ${id}`, system, item, hops, finding);
}

function questionNode({ id, rule, message, component, location }: QuestionItem, system: SystemReview): FindingNode {
  const item = new vscode.TreeItem(`${rule} ${own(component)}`);
  item.description = message;
  item.tooltip = message;
  item.iconPath = new vscode.ThemeIcon('question');
  item.command = opening(location);
  return node(`${system.location.uri} question ${id}`, system, item);
}

function acceptedNode({ rule, component, message, because, by, until, location }: AcceptedItem, system: SystemReview): FindingNode {
  const item = new vscode.TreeItem(`${rule} ${own(component)}`);
  item.description = vscode.l10n.t('until {0}: {1}', until, because);
  item.tooltip = `${message}\n\n${vscode.l10n.t('Accepted by {0} until {1}: {2}', by, until, because)}`;
  item.iconPath = new vscode.ThemeIcon('shield');
  item.command = opening(location);
  return node(`${system.location.uri} accepted ${rule} ${component} ${location.range.start.line} ${message}`, system, item);
}

export function opening({ uri, range }: Location): vscode.Command {
  const { start, end } = range;
  return { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [vscode.Uri.parse(uri), { selection: new vscode.Range(start.line, start.character, end.line, end.character) } satisfies vscode.TextDocumentShowOptions] };
}
