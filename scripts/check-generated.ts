/** Fails if a generated file is not what its source gives now. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const generated = ['ast', 'grammar', 'module'].map((name) => path.join(root, `src/language/generated/${name}.ts`));
const before = generated.map((file) => readFileSync(file, 'utf8'));
run('node_modules/langium-cli/bin/langium.js', 'generate');
generated.forEach((file, index) => {
  if (readFileSync(file, 'utf8') === before[index]) return;
  console.error(`${path.relative(root, file)} was stale`);
  process.exitCode = 1;
});
for (const script of ['vocabulary', 'library', 'text-widths', 'syntax', 'schemas', 'docs']) run(`scripts/generate-${script}.ts`, '--check');

function run(...arguments_: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, arguments_, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  console.error(stdout + stderr);
  process.exitCode = 1;
}
