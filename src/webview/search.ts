import type { Scene } from '../diagram/scene.ts';
import { html } from './element.ts';

export interface Search {
  readonly element: HTMLElement;
  focus(): void;
  /** The scene has changed. */
  refresh(): void;
}

/** Nodes that say a text anywhere: name, kind, technology, owner, data; without regard to case. */
export function matching(scene: Scene, text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  return scene.nodes.flatMap(({ node: { id, name, detail, owner, dataClasses, stands, figures } }) => {
    const said = [name, detail, owner ?? '', ...(dataClasses ?? []), ...(stands ?? []), ...figures].join('\n').toLowerCase();
    return words.every((word) => said.includes(word)) ? [id] : [];
  });
}

/** The field for a search. `found` gets the matches, and which of them it is at. */
export function createSearch(scene: () => Scene | undefined, found: (ids: readonly string[] | undefined, current: string | undefined) => void, leave: () => void): Search {
  const field = html('input', { type: 'search', placeholder: 'Search  /', 'aria-label': 'Search components', 'data-testid': 'search', spellcheck: 'false', autocomplete: 'off' });
  const count = html('span', { class: 'count', role: 'status', 'data-testid': 'search-count' });
  let [ids, at]: [readonly string[], number] = [[], 0];
  const show = (): void => {
    const active = field.value.trim() !== '';
    count.textContent = active ? (ids.length === 0 ? 'none' : `${at + 1} of ${ids.length}`) : '';
    found(active ? ids : undefined, ids[at]);
  };
  const look = (): void => {
    const now = scene();
    ids = now ? matching(now, field.value) : [];
    at = Math.min(at, Math.max(ids.length - 1, 0));
    show();
  };
  field.addEventListener('input', () => {
    at = 0;
    look();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && ids.length > 0) {
      at = (at + (event.shiftKey ? ids.length - 1 : 1)) % ids.length;
      show();
    } else if (event.key === 'Escape') {
      field.value = '';
      look();
      leave();
    } else return;
    event.preventDefault();
  });
  return {
    element: html('span', { class: 'search', role: 'search' }, field, count),
    focus: () => {
      field.focus();
      field.select();
    },
    refresh: () => {
      if (field.value.trim() !== '') look();
    },
  };
}
