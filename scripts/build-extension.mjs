import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const OUT = 'dist/extension';
const STATIC = ['language-configuration.json', 'package.nls.json', 'README.md', 'syntaxes', 'snippets', 'media', 'walkthrough', 'sample'];

/** Stages the extension as it is packaged: its manifest with the version of the project, its static parts, its bundles. */
export async function buildExtension(version) {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(`${OUT}/schemas`, { recursive: true });
  for (const name of STATIC) cpSync(`extension/${name}`, `${OUT}/${name}`, { recursive: true });
  for (const name of ['CHANGELOG.md', 'LICENSE']) copyFileSync(name, `${OUT}/${name}`);
  copyFileSync('schemas/config.schema.json', `${OUT}/schemas/config.schema.json`);
  const manifest = JSON.parse(readFileSync('extension/package.json', 'utf8'));
  writeFileSync(`${OUT}/package.json`, `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
  const define = { MLARCH_VERSION: JSON.stringify(version) };
  const common = { bundle: true, minify: true, target: 'es2022', define, legalComments: 'none', logLevel: 'warning' };
  const server = { alias: { 'chevrotain-allstar': './scripts/bundle/allstar.js' } };
  const node = { ...common, platform: 'node', format: 'cjs' };
  await Promise.all([
    build({ ...node, entryPoints: ['src/extension/node.ts'], outfile: `${OUT}/dist/node.cjs`, external: ['vscode'] }),
    build({ ...node, ...server, entryPoints: ['src/server/main-node.ts'], outfile: `${OUT}/dist/server-node.cjs` }),
    // A browser has no modules of Node: bundling for one fails where one is imported.
    build({ ...common, platform: 'browser', format: 'cjs', entryPoints: ['src/extension/browser.ts'], outfile: `${OUT}/dist/browser.cjs`, external: ['vscode'] }),
    build({ ...common, ...server, platform: 'browser', format: 'iife', entryPoints: ['src/server/main-browser.ts'], outfile: `${OUT}/dist/server-browser.js` }),
    build({
      ...common,
      platform: 'node',
      format: 'esm',
      entryPoints: ['src/cli/main.ts'],
      outfile: `${OUT}/dist/cli.mjs`,
      alias: { 'vscode-languageserver-protocol': './scripts/bundle/protocol.js', 'chevrotain-allstar': './scripts/bundle/allstar.js' },
      // Packages that are CommonJS ask for modules of Node by `require`.
      banner: { js: "import { createRequire as mlarchRequire } from 'node:module'; const require = mlarchRequire(import.meta.url);" },
    }),
  ]);
}
