import { cpSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { buildExtension } from './scripts/build-extension.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

rmSync('dist', { recursive: true, force: true });

/** ELK stands beside its thread as it comes: within a bundle its megabyte and a half is compiled several times over before the first layout. */
const elkBeside = {
  name: 'elk-beside',
  setup: ({ onResolve }) => onResolve({ filter: /^elkjs\/lib\/elk\.bundled\.js$/ }, () => ({ path: './elk.cjs', external: true })),
};

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
  alias: { 'vscode-languageserver-protocol': './scripts/bundle/protocol.js', 'chevrotain-allstar': './scripts/bundle/allstar.js', 'elkjs/lib/elk.bundled.js': './scripts/bundle/elk-thread.js' },
  chunkNames: '[name]-[hash]',
  define: { MLARCH_VERSION: JSON.stringify(version), MLARCH_LAYOUT_WORKER: '"layout-worker.cjs"' },
  // Libraries in the old form of modules ask for what Node brings with it by `require`.
  banner: { js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  legalComments: 'linked',
  logLevel: 'warning',
});

/** The thread in which the command line lays pictures out. */
await build({ entryPoints: ['src/server/layout-worker.ts'], outfile: 'dist/cli/layout-worker.cjs', bundle: true, minify: true, format: 'cjs', platform: 'node', target: 'node20', plugins: [elkBeside], logLevel: 'warning' });

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

/** The thread in which the server lays pictures out. */
await build({ entryPoints: ['src/server/layout-worker.ts'], outfile: 'dist/server/layout-worker.cjs', bundle: true, minify: true, format: 'cjs', platform: 'node', target: 'node20', legalComments: 'linked', logLevel: 'warning' });

cpSync('src/cli/templates', 'dist/cli/templates', { recursive: true });

/** What paints PNGs without a browser, and the fonts that pictures are measured with. */
const modules = (file) => new URL(`node_modules/${file}`, import.meta.url);
cpSync(modules('elkjs/lib/elk.bundled.js'), 'dist/cli/elk.cjs');
cpSync(modules('@resvg/resvg-wasm/index_bg.wasm'), 'dist/assets/resvg.wasm');
cpSync(modules('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'), 'dist/assets/inter-regular.ttf');
cpSync(modules('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'), 'dist/assets/inter-bold.ttf');
cpSync(modules('@expo-google-fonts/inter/400Regular_Italic/Inter_400Regular_Italic.ttf'), 'dist/assets/inter-italic.ttf');
cpSync(modules('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), 'dist/assets/dejavu-sans.ttf');
cpSync(modules('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'), 'dist/assets/dejavu-sans-mono.ttf');

await buildExtension(version);
