import * as vscode from 'vscode';
import { REVIEWS, type ReviewsResult } from '../../../protocol/messages.ts';

export interface Results extends vscode.Disposable {
  /** New results are there. */
  readonly onChanged: vscode.Event<ReviewsResult>;
  latest(): ReviewsResult;
  /** Asks for them, once however often it is called meanwhile. */
  refresh(): void;
}

/** The latest results, asked for once for all that show them. */
export function followResults(request: (method: string) => Promise<ReviewsResult>, output: vscode.LogOutputChannel): Results {
  const changed = new vscode.EventEmitter<ReviewsResult>();
  let latest: ReviewsResult = { systems: [], failures: [] };
  let asking = false;
  let stale = false;
  const ask = async (): Promise<void> => {
    asking = true;
    do {
      stale = false;
      try {
        latest = await request(REVIEWS);
        for (const { rule, message } of latest.failures) output.warn(`Rule ${rule} failed; this is a fault of mlarch and not of the file: ${message}`);
        changed.fire(latest);
      } catch (error) {
        // The server may have stopped; it sends news when it is back.
        output.warn(`Results could not be had: ${String(error)}`);
      }
    } while (stale);
    asking = false;
  };
  return {
    onChanged: changed.event,
    latest: () => latest,
    refresh: () => {
      stale = true;
      if (!asking) void ask();
    },
    dispose: () => changed.dispose(),
  };
}
