import { cpSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { buildExtension } from './scripts/build-extension.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

rmSync('dist', { recursive: true, force: true });

/** One entry and a chunk for each command, so that `check` does not load what it does not use. */
await build({
  entryPoints: { mlarch: 'src/cli/main.ts' },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  alias: { 'vscode-languageserver-protocol': './scripts/bundle/protocol.js', 'chevrotain-allstar': './scripts/bundle/allstar.js' },
  chunkNames: '[name]-[hash]',
  define: { MLARCH_VERSION: JSON.stringify(version) },
  banner: { js: '#!/usr/bin/env node' },
  legalComments: 'linked',
  logLevel: 'warning',
});

/** The language server by itself, with all of the protocol: `mlarch lsp` and other editors run it. */
await build({
  entryPoints: { main: 'src/server/main-node.ts' },
  outdir: 'dist/server',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  alias: { 'chevrotain-allstar': './scripts/bundle/allstar.js' },
  define: { MLARCH_VERSION: JSON.stringify(version) },
  legalComments: 'linked',
  logLevel: 'warning',
});

cpSync('src/cli/templates', 'dist/cli/templates', { recursive: true });

await buildExtension(version);
