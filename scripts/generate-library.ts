/** Writes src/language/library.generated.ts: the bundled catalogue, lowered once so that no run has to parse it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EmptyFileSystem } from 'langium';
import { lowerProject } from '../src/language/lowering/lower-project.ts';
import { createMlarchServices } from '../src/language/mlarch-module.ts';
import { loadProject } from '../src/language/project.ts';
import { parseSource } from '../src/language/source-file.ts';
import { writeGenerated } from './write-generated.ts';

const folder = path.join(import.meta.dirname, '../src/language/library');
const files = readdirSync(folder).filter((name) => name.endsWith('.mlarch')).sort();
const entries = files.map((name) => ({ file: `library/${name}`, text: readFileSync(path.join(folder, name), 'utf8') }));
const { mlarch } = createMlarchServices(EmptyFileSystem);
const project = loadProject({ resolve: () => undefined, read: () => undefined, parse: (file, text) => parseSource(mlarch.parser.LangiumParser, file, text) }, entries);
const nothing = { technology: new Map(), accelerator: new Map(), instance: new Map(), llm: new Map() };
const { catalogue, problems } = lowerProject(project, { library: nothing });
for (const { span, message } of problems) {
  console.error(`${span.file}:${span.range.start.line + 1}:${span.range.start.character + 1} ${message}`);
  process.exitCode = 1;
}
// One line for each entry, so that a run parses only those it looks up.
const lines = Object.entries(catalogue).flatMap(([section, map]) => [...map.values()].map(({ name, doc, span, properties }) => `${section}\t${name}\t${JSON.stringify({ doc, span, properties })}`));
writeGenerated(
  'src/language/library.generated.ts',
  `// Generated from src/language/library by npm run generate. Do not edit.
export const libraryLines: string =
  ${JSON.stringify(lines.join('\n'))};
`,
);
