/**
 * What Langium’s core uses of the language server protocol, for the bundle of the command line: the whole protocol
 * would be a tenth of its start-up.
 */
export { CancellationToken, CancellationTokenSource } from '../../node_modules/vscode-jsonrpc/lib/common/cancellation.js';
export { Emitter } from '../../node_modules/vscode-jsonrpc/lib/common/events.js';
export { ResponseError } from '../../node_modules/vscode-jsonrpc/lib/common/messages.js';
export const LSPErrorCodes = { RequestCancelled: -32800, ContentModified: -32801, ServerCancelled: -32802, RequestFailed: -32803 };
