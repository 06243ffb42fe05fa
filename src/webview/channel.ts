import { isPageState, isToPage, type FromPage, type PageState, type ToPage } from '../protocol/page.ts';

/** Of the page that VS Code makes; it may be called once. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

/** The extension, as the page sees it. */
export interface Channel {
  send(message: FromPage): void;
  /** Calls back for each message that is one; others are not for us. */
  listen(receive: (message: ToPage) => void): void;
  /** What an earlier page left behind. */
  restored(): PageState | undefined;
  keep(state: PageState): void;
}

export function openChannel(): Channel {
  const code = acquireVsCodeApi();
  return {
    send: (message) => code.postMessage(message),
    listen: (receive) =>
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isToPage(data)) receive(data);
      }),
    restored: () => {
      const state = code.getState();
      return isPageState(state) ? state : undefined;
    },
    keep: (state) => code.setState(state),
  };
}
