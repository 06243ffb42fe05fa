import { EmptyFileSystem } from 'langium';
import path from 'node:path';
import { bundledLibrary } from '../language/bundled-library.ts';
import { lowerProject, type LoweredProject, type LoweringOptions } from '../language/lowering/lower-project.ts';
import { createMlarchServices } from '../language/mlarch-module.ts';
import type { Problem } from '../language/problem.ts';
import { loadProject, type Host } from '../language/project.ts';
import { parseSource } from '../language/source-file.ts';
import { lookUpEvidence } from './evidence.ts';
import { Failure } from './failure.ts';
import { display, readText, type Input } from './input.ts';

const { mlarch } = createMlarchServices(EmptyFileSystem);

/** Where files come from: the disk, or a revision in git. */
export interface Files extends Pick<Host, 'resolve' | 'read'> {
  readonly evidence: NonNullable<LoweringOptions['evidence']>;
}

const disk: Files = {
  resolve: (from, target) => display(path.resolve(path.dirname(from), target)),
  read: (file) => {
    try {
      return readText(file);
    } catch {
      return undefined;
    }
  },
  evidence: lookUpEvidence,
};

/** Parses and lowers the inputs with everything they import. */
export function load(inputs: readonly Input[], files: Files = disk): LoweredProject {
  const project = loadProject({ ...files, parse: (file, text) => parseSource(mlarch.parser.LangiumParser, file, text) }, inputs);
  const lowered = lowerProject(project, { library: bundledLibrary(), evidence: files.evidence, entries: inputs.map((input) => input.file) });
  if (lowered.architectures.length > 0 || lowered.problems.some((problem) => problem.severity === 'error')) return lowered;
  const [first] = inputs;
  const problem: Problem = {
    severity: 'error',
    code: 'no-system',
    message: 'No system is declared here, so there is nothing to review. Start with: system Name { … }',
    span: { file: first?.file ?? '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
  };
  return { ...lowered, problems: [...lowered.problems, problem] };
}

/** The same, where a single error makes the input unusable. */
export function loadValid(inputs: readonly Input[]): LoweredProject {
  const lowered = load(inputs);
  const errors = lowered.problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new Failure('', errors);
  return lowered;
}
