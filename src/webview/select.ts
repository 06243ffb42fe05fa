import type { DiagramNode } from '../diagram/diagram.ts';
import type { PlacedNode, Scene } from '../diagram/scene.ts';
import { partAt, type Drawing } from './draw.ts';
import { setAttributes } from './element.ts';
import { isArrow, neighbour } from './neighbour.ts';

export interface Selection {
  selected(): string | undefined;
  /** Puts the marks back after the drawing has changed, and forgets what is no longer there. */
  refresh(): void;
  /** Marks the node that the cursor of the editor is in. */
  cursorIn(id: string | undefined): void;
  /** Selects a node as if somebody had; `focus` moves the focus of the keyboard too. */
  select(id: string | undefined, focus: boolean): void;
}

export interface SelectionEvents {
  /** Show where it is written; `open` goes there. */
  reveal(id: string, open: boolean): void;
  /** A node is to be seen. */
  show(node: PlacedNode): void;
  /** Show the components that a node stands for one by one, or those of an opened group as one again. */
  open(node: DiagramNode): void;
  close(node: DiagramNode): void;
  wasDragged(): boolean;
}

/** One node at a time is selected and in the order of the Tab key; its flows stand out. */
export function attachSelection(stage: HTMLElement, drawing: Drawing, scene: () => Scene | undefined, { reveal, show, open, close, wasDragged }: SelectionEvents): Selection {
  let [selected, cursor]: [string | undefined, string | undefined] = [undefined, undefined];
  const placed = (id: string | undefined): PlacedNode | undefined => scene()?.nodes.find(({ node }) => node.id === id);

  /** The node, where it stands for several components. */
  const standIn = (id: string): DiagramNode | undefined => {
    const node = placed(id)?.node;
    return node?.stands && node.stands.length > 0 ? node : undefined;
  };

  const mark = (): void => {
    const tabbed = selected ?? scene()?.nodes[0]?.node.id;
    for (const [id, element] of drawing.nodes) {
      element.classList.toggle('selected', id === selected);
      element.classList.toggle('at-cursor', id === cursor);
      setAttributes(element, { tabindex: id === tabbed ? 0 : -1, 'aria-current': id === selected ? 'true' : undefined });
    }
    const linked = new Set(scene()?.edges.flatMap(({ edge }) => (selected !== undefined && (edge.from === selected || edge.to === selected) ? [edge.id] : [])));
    for (const [id, element] of drawing.edges) element.classList.toggle('linked', linked.has(id));
  };

  const select = (id: string | undefined, focus: boolean): void => {
    selected = id;
    mark();
    const node = placed(id);
    if (!node) return;
    if (focus) drawing.nodes.get(node.node.id)?.focus({ preventScroll: true });
    show(node);
  };

  stage.addEventListener('click', (event) => {
    if (wasDragged()) return;
    const { node, edge } = partAt(event.target);
    if (node !== undefined) {
      select(node, true);
      const group = standIn(node);
      if (group) return open(group);
      // The second click of a double one opens the source; showing it once more would race with that.
      if (event.detail <= 1) reveal(node, false);
    } else if (edge !== undefined && event.detail <= 1) reveal(edge, false);
    else select(undefined, false);
  });
  stage.addEventListener('dblclick', (event) => {
    const { node, edge } = partAt(event.target);
    const id = node ?? edge;
    // The first click has opened a group.
    if (id !== undefined && !standIn(id)) reveal(id, true);
  });
  // Tab and a screen reader come to a node without a click; what a press of the mouse focuses may become a drag.
  let pressed = false;
  stage.addEventListener('pointerdown', () => {
    pressed = true;
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    window.addEventListener(end, () => {
      pressed = false;
    });
  }
  stage.addEventListener('focusin', (event) => {
    const { node } = partAt(event.target);
    if (!pressed && node !== undefined && node !== selected) select(node, false);
  });
  stage.addEventListener('keydown', (event) => {
    const { node: id } = partAt(event.target);
    const from = placed(id);
    const all = scene();
    if (id === undefined || !from || !all || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' && standIn(id)) open(from.node);
    else if (event.key === 'c' && from.node.opened !== undefined) close(from.node);
    else if (event.key === 'Enter' || event.key === ' ') reveal(id, event.key === 'Enter');
    else if (event.key === 'Escape') {
      select(undefined, false);
      stage.focus();
    } else if (isArrow(event.key)) {
      const next = neighbour(all.nodes, from, event.key);
      if (next) {
        select(next.node.id, true);
        reveal(next.node.id, false);
      }
    } else return;
    event.preventDefault();
    // Arrows would move the picture as well.
    event.stopPropagation();
  });
  return {
    selected: () => selected,
    refresh: () => {
      if (!placed(selected)) selected = undefined;
      if (!placed(cursor)) cursor = undefined;
      mark();
    },
    cursorIn: (id) => {
      cursor = placed(id) ? id : undefined;
      mark();
    },
    select,
  };
}
