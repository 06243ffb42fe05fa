import type { DetailsResult } from '../protocol/diagram.ts';
import type { DiagramNode } from '../diagram/diagram.ts';
import type { Scene } from '../diagram/scene.ts';
import { nodeOf, partAt, type Drawing } from './draw.ts';
import { html } from './element.ts';

/** Milliseconds: until a card opens, and until it closes, which leaves time to move onto it. */
const [OPEN, CLOSE] = [350, 250] as const;

export interface Details {
  readonly element: HTMLElement;
  answered(component: string, result: DetailsResult): void;
  /** Opens or closes the card of a node at once. */
  toggle(id: string): void;
  close(): void;
  /** The picture is another: what was known may be wrong. */
  forget(): void;
}

/** A card beside a node with what is known of it: what the server says of it, and until then what the picture does. */
export function createDetails(stage: HTMLElement, drawing: Drawing, scene: () => Scene | undefined, ask: (component: string) => void): Details {
  const element = html('div', { class: 'details', role: 'tooltip', id: 'details', 'data-testid': 'details', hidden: true });
  const known = new Map<string, DetailsResult>();
  let [open, timer]: [string | undefined, ReturnType<typeof setTimeout> | undefined] = [undefined, undefined];

  const fill = (id: string): void => {
    const node = scene() && nodeOf(scene() as Scene, id);
    const answer = known.get(id);
    if (!node) return;
    const lines = answer?.lines ?? (node.stands ? standInLines(node) : undefined) ?? [{ kind: 'heading' as const, text: node.name }, ...[node.detail, ...node.figures, ...(node.changes ?? [])].filter((text) => text !== '').map((text) => ({ kind: 'text' as const, text }))];
    element.replaceChildren(...lines.map((line) => lineOf(line)));
  };
  const close = (): void => {
    clearTimeout(timer);
    if (open !== undefined) drawing.nodes.get(open)?.removeAttribute('aria-describedby');
    open = undefined;
    element.hidden = true;
  };
  const show = (id: string): void => {
    close();
    const target = drawing.nodes.get(id);
    if (!target) return;
    open = id;
    fill(id);
    element.hidden = false;
    target.setAttribute('aria-describedby', element.id);
    place(element, target.getBoundingClientRect(), stage.getBoundingClientRect());
    // Several are drawn as one: the figures of one of them would not be theirs.
    if (!known.has(id) && !(scene() && nodeOf(scene() as Scene, id)?.stands)) ask(id);
  };
  stage.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
    const { node } = partAt(event.target);
    clearTimeout(timer);
    if (node === undefined) timer = setTimeout(close, CLOSE);
    else if (node !== open) timer = setTimeout(() => show(node), OPEN);
  });
  stage.addEventListener('pointerdown', close);
  stage.addEventListener('pointerleave', () => {
    clearTimeout(timer);
    timer = setTimeout(close, CLOSE);
  });
  element.addEventListener('pointerenter', () => clearTimeout(timer));
  element.addEventListener('pointerleave', () => {
    clearTimeout(timer);
    timer = setTimeout(close, CLOSE);
  });
  return {
    element,
    answered: (component, result) => {
      known.set(component, result);
      if (open !== component) return;
      fill(component);
      const target = drawing.nodes.get(component);
      if (target) place(element, target.getBoundingClientRect(), stage.getBoundingClientRect());
    },
    toggle: (id) => (open === id ? close() : show(id)),
    close,
    forget: () => {
      known.clear();
      if (open !== undefined) show(open);
    },
  };
}

const standInLines = ({ name, stands = [] }: DiagramNode): DetailsResult['lines'] => [
  { kind: 'heading', text: name },
  { kind: 'text', text: stands.join(', ') },
  { kind: 'text', text: 'A click, or Enter, shows them one by one.' },
];

function lineOf({ kind, text, severity }: DetailsResult['lines'][number]): HTMLElement {
  if (kind === 'heading') return html('strong', {}, text);
  if (kind === 'text') return html('p', {}, text);
  return html('p', { class: `finding ${severity ?? ''}` }, html('b', {}, severity ?? 'finding'), ` ${text}`);
}

/** Below the node, or above where there is more room, and never out of the stage. */
function place(card: HTMLElement, node: DOMRect, stage: DOMRect): void {
  const { width, height } = card.getBoundingClientRect();
  const left = Math.max(stage.left + 8, Math.min(node.left, stage.right - width - 8));
  const below = node.bottom + 6;
  const top = below + height <= stage.bottom - 8 || node.top - stage.top < height + 14 ? Math.min(below, Math.max(stage.top + 8, stage.bottom - height - 8)) : node.top - height - 6;
  card.style.left = `${Math.round(left)}px`;
  card.style.top = `${Math.round(top)}px`;
}
