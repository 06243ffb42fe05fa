import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
  cpSync('src/cli/templates', `${OUT}/dist/templates`, { recursive: true });
  const manifest = JSON.parse(readFileSync('extension/package.json', 'utf8'));
  writeFileSync(`${OUT}/package.json`, `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
  const define = { MLARCH_VERSION: JSON.stringify(version) };
  const common = { bundle: true, minify: true, target: 'es2022', define, legalComments: 'none', logLevel: 'warning', metafile: true };
  const server = { alias: { 'chevrotain-allstar': './scripts/bundle/allstar.js' } };
  const node = { ...common, platform: 'node', format: 'cjs' };
  // A browser has no modules of Node: bundling for one fails where one is imported.
  const browser = { ...common, platform: 'browser' };
  const results = await Promise.all([
    build({ ...node, entryPoints: ['src/extension/node.ts'], outfile: `${OUT}/dist/node.cjs`, external: ['vscode'] }),
    // The extension host of a browser adds .js to the name of every other entry.
    build({ ...browser, format: 'cjs', entryPoints: ['src/extension/browser.ts'], outfile: `${OUT}/dist/browser.js`, external: ['vscode'] }),
    build({ ...browser, ...server, format: 'iife', entryPoints: ['src/server/main-browser.ts'], outfile: `${OUT}/dist/server-browser.js` }),
    // It runs as a thread of Node and as a worker of a browser.
    build({ ...browser, format: 'iife', entryPoints: ['src/server/layout-worker.ts'], outfile: `${OUT}/dist/layout-worker.js`, external: ['node:worker_threads'] }),
    // The page of a diagram: it draws, and derives and lays out nothing.
    build({ ...browser, format: 'iife', entryPoints: ['src/webview/page.ts', 'src/webview/page.css'], outdir: `${OUT}/dist/webview` }),
    build({
      ...common,
      platform: 'node',
      format: 'esm',
      entryPoints: ['scripts/bundle/program.js'],
      outfile: `${OUT}/dist/mlarch.mjs`,
      alias: { 'chevrotain-allstar': './scripts/bundle/allstar.js', 'elkjs/lib/elk.bundled.js': './scripts/bundle/elk-thread.js' },
      define: { ...define, MLARCH_LAYOUT_WORKER: '"layout-worker.js"' },
      plugins: [withoutPdf],
      // Packages that are CommonJS ask for modules of Node by `require`, and the server for the folder of its thread.
      banner: { js: "import { createRequire as mlarchRequire } from 'node:module'; const require = mlarchRequire(import.meta.url); const __dirname = import.meta.dirname;" },
    }),
  ]);
  writeFileSync(`${OUT}/THIRD-PARTY-NOTICES.txt`, notices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
}

/** The package holds no fonts, so its command line writes no PDF, and nothing that only a PDF needs. */
const withoutPdf = { name: 'without-pdf', setup: ({ onResolve }) => void onResolve({ filter: /\/print\.ts$/ }, () => ({ path: path.resolve('scripts/bundle/no-pdf.js') })) };

/** The licences of the packages that the bundles are made of, each once. */
function notices(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
  });
  return `The bundles in dist contain these packages.\n\n${[...new Set(texts)].sort().join(`\n${'─'.repeat(80)}\n\n`)}`;
}
