/** Times the stages of a review in one process and prints them as JSON: parse, link and lower, each check, peak memory. */
import { EmptyFileSystem } from 'langium';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import { lowerProject } from '../../src/language/lowering/lower-project.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import { loadProject } from '../../src/language/project.ts';
import { parseSource } from '../../src/language/source-file.ts';
import { review } from '../../src/analysis/review.ts';
import { generateArchitecture } from './generate.ts';

const [components = '2000', runs = '5'] = process.argv.slice(2);
const text = generateArchitecture(Number(components));
const { mlarch } = createMlarchServices(EmptyFileSystem);
const host = { resolve: () => undefined, read: () => undefined, parse: (file: string, source: string) => parseSource(mlarch.parser.LangiumParser, file, source) };

const samples = Array.from({ length: Number(runs) }, () => {
  const start = performance.now();
  const project = loadProject(host, [{ file: 'bench.mlarch', text }]);
  const parsed = performance.now();
  const { architectures, problems } = lowerProject(project, { library: bundledLibrary() });
  const lowered = performance.now();
  if (problems.length > 0) throw new Error(problems[0]?.message);
  const checks: Record<string, number> = {};
  for (const architecture of architectures) {
    review(architecture, {
      today: '2026-11-21',
      onRule: (rule, run) => {
        const before = performance.now();
        run();
        const check = rule.id.slice(0, 4);
        checks[check] = (checks[check] ?? 0) + performance.now() - before;
      },
    });
  }
  const end = performance.now();
  return { parse: parsed - start, lower: lowered - parsed, review: end - lowered, total: end - start, checks };
});

const warm = samples.slice(1).sort((a, b) => a.total - b.total);
const median = warm[Math.floor(warm.length / 2)] ?? samples[0];
console.log(JSON.stringify({ components: Number(components), bytes: text.length, first: samples[0], median }));
