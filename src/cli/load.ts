import { EmptyFileSystem } from 'langium';
import path from 'node:path';
import { bundledLibrary } from '../language/bundled-library.ts';
import { lowerProject, type LoweredProject, type LoweringOptions } from '../language/lowering/lower-project.ts';
import { createMlarchServices } from '../language/mlarch-module.ts';
import type { Problem } from '../language/problem.ts';
import type { MlarchLexer } from '../language/parser/lexer.ts';
import { packageIn } from '../language/packages.ts';
import { loadProject, type Host, type PackUse, type Project } from '../language/project.ts';
import { parseSource, type SourceFile } from '../language/source-file.ts';
import { lookUpEvidence } from './evidence.ts';
import { rulePacksIn } from '../report/rule-packs.ts';
import { Failure } from './failure.ts';
import { findConfig } from './find-config.ts';
import { display, readText, type Input } from './input.ts';
import { packageFile } from './packages.ts';

const { mlarch } = createMlarchServices(EmptyFileSystem);

/** What reads an answer as a value of the language. */
export const answerParser = { parser: mlarch.parser.LangiumParser, lexer: mlarch.parser.Lexer as MlarchLexer };

/** Where files come from: the disk, or a revision in git. */
export interface Files extends Pick<Host, 'resolve' | 'read'> {
  readonly evidence: NonNullable<LoweringOptions['evidence']>;
  /** The configuration nearest above a file, with its text. */
  config(file: string | undefined): Input | undefined;
}

/** The working tree. */
export const disk: Files = {
  resolve: (from, target) => {
    const wanted = packageIn(target);
    if (!wanted) return display(path.resolve(path.dirname(from), target));
    const file = packageFile(path.dirname(from), wanted);
    return file && display(file);
  },
  read: (file) => {
    try {
      return readText(file);
    } catch {
      return undefined;
    }
  },
  evidence: lookUpEvidence,
  config: (file) => {
    const found = findConfig(file);
    return found === undefined ? undefined : { file: display(found), text: readText(found) };
  },
};

/** Syntax trees of the version that was loaded last, of which the next version takes over the declarations that are the same. */
export type Trees = Map<string, SourceFile>;

/** The files of a review and what they mean. `texts` stands for files as they would be. With `trees` it takes what it can from the version before, and leaves its own there. */
export function loadFiles(inputs: readonly Input[], texts: ReadonlyMap<string, string> = new Map(), files: Files = disk, trees?: Trees): { readonly project: Project; readonly lowered: LoweredProject } {
  const fresh: Trees = new Map();
  const parse = (file: string, text: string): SourceFile => {
    const name = path.posix.basename(file);
    // A file that was renamed is found as one that is left over; any tree will do, as only equal text is taken from it.
    const key = trees?.has(name) === true ? name : trees?.keys().next().value;
    const source = parseSource(mlarch.parser.LangiumParser, file, text, key === undefined ? undefined : trees?.get(key));
    if (key !== undefined) trees?.delete(key);
    // Problems name the file that they were found in, so that those of one version are not carried to the next.
    if (source.problems.length === 0) fresh.set(name, source);
    return source;
  };
  const host: Host = { resolve: files.resolve, read: (file) => texts.get(file) ?? files.read(file), parse };
  const project = loadProject(host, inputs.map(({ file, text }) => ({ file, text: texts.get(file) ?? text })), packsFor(files.config(inputs[0]?.file)));
  trees?.clear();
  for (const [name, source] of fresh) trees?.set(name, source);
  return { project, lowered: lowerProject(project, { library: bundledLibrary(), evidence: files.evidence, entries: inputs.map((input) => input.file) }) };
}

/** The packs of rules that a configuration applies to everything in its folder. */
function packsFor(config: Input | undefined): PackUse[] {
  return rulePacksIn(config?.text ?? '').map(({ path: pack, line, column }) => {
    const start = { line: line - 1, character: column - 1 };
    return { path: pack, span: { file: config?.file ?? '', range: { start, end: { ...start, character: start.character + pack.length + 2 } } } };
  });
}

/** Parses and lowers the inputs with everything they import. */
export const load = (inputs: readonly Input[], files: Files = disk, trees?: Trees): LoweredProject => withSystem(inputs, loadFiles(inputs, new Map(), files, trees).lowered);

/** Says so where the inputs declare no system. */
function withSystem(inputs: readonly Input[], lowered: LoweredProject): LoweredProject {
  if (lowered.architectures.length > 0 || lowered.problems.some((problem) => problem.severity === 'error')) return lowered;
  const [first] = inputs;
  const onlyRules = lowered.rules.length > 0;
  const problem: Problem = {
    severity: onlyRules ? 'warning' : 'error',
    code: 'no-system',
    message: onlyRules ? 'Only rules are declared here, so there is nothing to review. Run their tests with: mlarch test' : 'No system is declared here, so there is nothing to review. Start with: system Name { … }',
    span: { file: first?.file ?? '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
  };
  return { ...lowered, problems: [...lowered.problems, problem] };
}

/** The same, where a single error makes the input unusable. */
export const loadValid = (inputs: readonly Input[]): LoweredProject => loadValidFiles(inputs).lowered;

/** The same, with the files that were read. */
export function loadValidFiles(inputs: readonly Input[]): { readonly project: Project; readonly lowered: LoweredProject } {
  const { project, lowered } = loadFiles(inputs);
  const errors = withSystem(inputs, lowered).problems.filter(({ severity, code }) => severity === 'error' || code === 'no-system');
  if (errors.length > 0) throw new Failure('', errors);
  return { project, lowered };
}
