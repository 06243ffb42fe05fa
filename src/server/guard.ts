import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';

/** Reports a failure with what failed, in the log of the client; nothing else is taken down. */
export type Report = (what: string, error: unknown) => void;

export function reporter(connection: Connection): Report {
  return (what, error) => connection.console.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

/** A handler of a request that answers `empty` where it fails, and nothing where the client no longer wants to know. */
export function guarded<P, R>(report: Report, what: string, empty: R, handle: (params: P, token: CancellationToken) => R | Promise<R>) {
  return async (params: P, token: CancellationToken): Promise<R | ResponseError<void>> => {
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handle(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      report(what, error);
      return empty;
    }
  };
}

const cancelled = (): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
