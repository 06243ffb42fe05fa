import { html } from './element.ts';

/** A button with a panel below it. The panel closes by the button, by Escape, and by a click or the focus elsewhere. */
export function createPopover(name: string, id: string, ...content: readonly HTMLElement[]): HTMLElement {
  const button = html('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': `panel-${id}`, 'data-testid': id }, name);
  const panel = html('div', { class: 'panel', id: `panel-${id}`, role: 'group', 'aria-label': name, hidden: true }, ...content);
  const element = html('div', { class: 'popover' }, button, panel);
  const open = (is: boolean): void => {
    panel.hidden = !is;
    button.setAttribute('aria-expanded', String(is));
    // It opens to the side where there is room.
    panel.classList.toggle('leftwards', is && element.getBoundingClientRect().left > window.innerWidth / 2);
  };
  button.addEventListener('click', () => open(panel.hidden !== false));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || panel.hidden) return;
    open(false);
    button.focus();
    event.stopPropagation();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) open(false);
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !element.contains(target)) open(false);
  });
  return element;
}
