import type { ServerCapabilities } from 'vscode-languageserver';
import type { FeatureHost } from './handlers.ts';

export const CAPABILITIES: ServerCapabilities = {};

export function registerNavigation(_host: FeatureHost): void {}
