/**
 * Packages dist/extension as dist/mlarch-<version>.vsix and holds the package to what it may contain: the files of
 * scripts/vsix-content.txt and no others, not too many and not too large.
 *
 * Usage: node scripts/package.ts [--extension FOLDER] [--out FILE] [--update]
 *   --update  writes scripts/vsix-content.txt anew
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { zipEntries, type ZipEntry } from './package/zip-entries.ts';

const root = path.resolve(import.meta.dirname, '..');
const contentFile = path.join(root, 'scripts/vsix-content.txt');
const limits = { bytes: 3 * 1024 * 1024, files: 60 } as const;

/** Never in a package, whatever the list says. */
const forbidden: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\.map$/, what: 'a source map' },
  { pattern: /\.tsx?$/, what: 'a source' },
  { pattern: /(^|\/)(src|node_modules)\//, what: 'a source folder' },
  { pattern: /(^|\/)(tests?|suite|fixtures)\/|\.test\./, what: 'a test' },
  { pattern: /(^|\/)\.(?!vsixmanifest)/, what: 'a hidden file' },
];

function pack(extension: string, out: string): void {
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  // Without standard input vsce cannot wait for an answer: what it would ask about ends the run.
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--no-update-package-json', '--out', out],
    { cwd: extension, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });
  if (error) throw new Error(`vsce could not run: ${error.message}`);
  if (status !== 0) throw new Error(`vsce failed with exit code ${status}:\n${stdout}${stderr}`);
  // It also warns that no file says what to leave out. The folder holds nothing else, and the list is stricter.
  const warnings = stderr.split('\n').filter((line) => /WARNING/.test(line) && !line.includes('.vscodeignore'));
  if (warnings.length > 0) throw new Error(`vsce warns:\n${warnings.join('\n')}`);
}

/** What is wrong with the content, in sentences; empty when nothing is. */
function faultsOf(entries: readonly ZipEntry[], bytes: number, expected: readonly string[]): string[] {
  const names = entries.map(({ name }) => name);
  return [
    ...(bytes > limits.bytes ? [`It has ${bytes} bytes; at most ${limits.bytes} are meant to be.`] : []),
    ...(names.length > limits.files ? [`It has ${names.length} files; at most ${limits.files} are meant to be.`] : []),
    ...names.flatMap((name) => forbidden.filter(({ pattern }) => pattern.test(name)).map(({ what }) => `${name} is ${what}.`)),
    ...names.filter((name) => !expected.includes(name)).map((name) => `${name} is new. Where it belongs there: node scripts/package.ts --update`),
    ...expected.filter((name) => !names.includes(name)).map((name) => `${name} is missing.`),
  ];
}

function main(): void {
  const { values } = parseArgs({ options: { extension: { type: 'string', default: path.join(root, 'dist/extension') }, out: { type: 'string' }, update: { type: 'boolean', default: false } } });
  const extension = path.resolve(values.extension);
  const manifestFile = path.join(extension, 'package.json');
  if (!existsSync(manifestFile)) throw new Error(`There is no extension in ${extension}. Build it with: npm run build`);
  const { version }: { version: string } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const out = path.resolve(values.out ?? path.join(root, `dist/mlarch-${version}.vsix`));
  pack(extension, out);
  const archive = readFileSync(out);
  const entries = zipEntries(archive).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, size, packed } of entries) console.log(`${kilobytes(packed)} ${kilobytes(size)}  ${name}`);
  console.log(`${kilobytes(archive.length)} KB in ${entries.length} files: ${path.relative(process.cwd(), out)} (packed and unpacked KB above)`);
  if (values.update) writeFileSync(contentFile, entries.map(({ name }) => `${name}\n`).join(''));
  const expected = readFileSync(contentFile, 'utf8').split('\n').filter((line) => line !== '');
  const faults = faultsOf(entries, archive.length, expected);
  if (faults.length > 0) throw new Error(`The package is not as it should be:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1).padStart(8);

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
