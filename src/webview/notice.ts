import { html } from './element.ts';

export interface Notice {
  readonly element: HTMLElement;
  /** The picture is older than the text. */
  stale(why: string | undefined): void;
  /** What is to be said of the picture as it is. */
  remark(text: string | undefined): void;
  /** Something went wrong once; the next picture takes it away. */
  fault(message: string | undefined): void;
}

/** Lines over the picture, which stays: it is never taken away because of an error in the text. */
export function createNotice(): Notice {
  const line = (name: string): HTMLElement => html('p', { class: name, hidden: true, 'data-testid': name });
  const [stale, remark, fault] = [line('stale'), line('remark'), line('fault')];
  const say = (at: HTMLElement, text: string | undefined): void => {
    at.hidden = text === undefined;
    // The same words again would be read out again.
    if (at.textContent !== (text ?? '')) at.textContent = text ?? '';
  };
  return {
    element: html('div', { class: 'notice', role: 'status' }, stale, remark, fault),
    stale: (why) => say(stale, why === undefined ? undefined : why.trim() === '' ? 'The text has errors; this is the last picture.' : why),
    remark: (text) => say(remark, text),
    fault: (message) => say(fault, message),
  };
}
