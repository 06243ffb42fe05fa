import { html } from './element.ts';

export interface Notice {
  readonly element: HTMLElement;
  /** The picture is older than the text. */
  stale(why: string | undefined): void;
  /** Something went wrong once; the next picture takes it away. */
  fault(message: string | undefined): void;
}

/** Lines over the picture, which stays: it is never taken away because of an error in the text. */
export function createNotice(): Notice {
  const [stale, fault] = [html('p', { class: 'stale', hidden: true, 'data-testid': 'stale' }), html('p', { class: 'fault', hidden: true, 'data-testid': 'fault' })];
  const say = (line: HTMLElement, text: string | undefined): void => {
    line.hidden = text === undefined;
    // The same words again would be read out again.
    if (line.textContent !== (text ?? '')) line.textContent = text ?? '';
  };
  return {
    element: html('div', { class: 'notice', role: 'status' }, stale, fault),
    stale: (why) => say(stale, why === undefined ? undefined : why.trim() === '' ? 'The text has errors; this is the last picture.' : `This is the last picture: ${why}`),
    fault: (message) => say(fault, message),
  };
}
