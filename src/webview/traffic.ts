import type { TrafficResult } from '../protocol/diagram.ts';
import { debounced, html } from './element.ts';

const STEPS = 100;

/** Two digits of the multiple at a step of the slider: 1 at the left, 10 in the middle, 100 at the right. */
export const multipleAt = (step: number): number => Number((10 ** ((2 * step) / STEPS)).toPrecision(2));

export interface Traffic {
  readonly element: HTMLElement;
  /** What gives way first, in words. */
  readonly first: HTMLElement;
  multiple(): number;
  answered(result: TrafficResult): void;
}

/** The slider of traffic against today’s peak, and what gives way first. */
export function createTraffic(changed: (multiple: number) => void): Traffic {
  const slider = html('input', { type: 'range', min: 0, max: STEPS, step: 1, value: 0, 'aria-label': 'Traffic against today’s peak', 'data-testid': 'traffic' });
  const shown = html('output', { class: 'multiple', 'data-testid': 'multiple' }, '1×');
  const first = html('p', { class: 'first', role: 'status', 'data-testid': 'first' });
  const tell = debounced(60, changed);
  const multiple = (): number => multipleAt(slider.valueAsNumber);
  slider.setAttribute('aria-valuetext', '1 times');
  slider.addEventListener('input', () => {
    shown.textContent = `${multiple()}×`;
    slider.setAttribute('aria-valuetext', `${multiple()} times`);
    tell(multiple());
  });
  return {
    element: html('span', { class: 'traffic' }, html('label', {}, 'Traffic ', slider), shown),
    first,
    multiple,
    answered: (result) => {
      const over = Object.values(result.utilisation).filter((busy) => busy > 1).length;
      first.textContent = [...(over > 0 ? [`${over} overloaded.`] : []), ...(result.first !== undefined ? [result.first] : [])].join(' ');
    },
  };
}
