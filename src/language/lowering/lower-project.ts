import type { AstNode } from 'langium';
import type { Architecture, Catalogue, CatalogueEntry, Evidence } from '../../model/architecture.ts';
import type { CustomRule } from '../../model/custom-rule.ts';
import type { RuleTest } from '../../model/rule-test.ts';
import { isCatalogueEntry, isComponent, isFlow, isSystem, type Declaration } from '../generated/ast.ts';
import type { Problem } from '../problem.ts';
import type { Project } from '../project.ts';
import { exportsOf, namesInFile, namesInSystem, rulesOf, type Body } from '../references/names.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { lowerCatalogueEntry } from './catalogue.ts';
import { lowerComponent, lowerFlow } from './elements.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Memo } from './memo.ts';
import type { Lowering } from './reporter.ts';
import { finish, type Steps } from '../../model/steps.ts';
import { lowerRuleTests, rulesOfProject } from './rules/project-rules.ts';
import { lowerSystem } from './system.ts';

export interface LoweredProject {
  readonly architectures: readonly Architecture[];
  readonly problems: readonly Problem[];
  /** The bundled catalogue with the entries of the author. */
  readonly catalogue: Catalogue;
  /** The rules of all files, by id, whether or not they apply to a system. */
  readonly rules: readonly CustomRule[];
  /** The tests of rules, as far as they were asked for. */
  readonly ruleTests: readonly RuleTest[];
}

export interface LoweringOptions {
  /** The bundled catalogue; entries of the author win. */
  readonly library: Catalogue;
  /** Looks up evidence; without it nothing is looked up. */
  readonly evidence?: (file: string, target: string) => Omit<Evidence, 'target'>;
  /** Only systems of these files are lowered; all, if left out. */
  readonly entries?: readonly string[];
  /** Components and flows that stand outside any system are looked at too, for what is wrong in them. */
  readonly fragments?: boolean;
  /** Whether the tests of the rules of a file are lowered; if left out, those of the files that are asked for. */
  readonly testsOf?: (file: string) => boolean;
  /** What was lowered from an earlier version of the project, and will be from this one. */
  readonly memo?: Memo;
}

/** A file and what its names mean, as the lowering of its declarations needs them. */
export interface Scope {
  readonly source: SourceFile;
  readonly names: ReadonlyMap<string, Declaration>;
}

export interface Lowerer {
  readonly problems: Problem[];
  readonly catalogue: Catalogue;
  scopeOf(source: SourceFile): Scope;
  /** What names mean within a system of the file. */
  namesInside(source: SourceFile, system: Body): ReadonlyMap<string, Declaration>;
  sourceOf(declaration: Declaration): SourceFile | undefined;
  lowering(source: SourceFile, names: ReadonlyMap<string, Declaration>): Lowering;
  /** The rules that apply to the systems of a file. */
  rulesFor(source: SourceFile): readonly CustomRule[];
  /** Lowers a declaration, or takes what it was lowered to before. */
  once<T>(node: AstNode, lower: () => T): T;
  readonly project: Project;
}

/** Turns syntax trees into architectures, one for each system. Never throws on what an author may write. */
export function lowerProject(project: Project, options: LoweringOptions): LoweredProject {
  return finish(lowerProjectInSteps(project, options));
}

/** The same, with pauses. */
export function* lowerProjectInSteps(project: Project, options: LoweringOptions): Steps<LoweredProject> {
  const problems: Problem[] = [...project.problems];
  const { memo } = options;
  memo?.begin(project);
  let lookedUp = 0;
  const scopes = new Map<SourceFile, Scope>();
  const roots = new Map([...project.files.values()].map((source) => [source.root, source]));
  const scopeOf = (source: SourceFile): Scope => {
    let scope = scopes.get(source);
    if (!scope) scopes.set(source, (scope = { source, names: namesInFile(source, (from, path) => project.resolve(from, path)) }));
    return scope;
  };
  const inside = new Map<Body, ReadonlyMap<string, Declaration>>();
  const user: CatalogueEntry[] = [];
  const userNames = new Map<string, Set<string>>();
  for (const source of project.files.values()) {
    for (const member of source.root.members) {
      if (!isCatalogueEntry(member) || member.name === undefined) continue;
      const names = userNames.get(member.kind) ?? new Set();
      userNames.set(member.kind, names.add(member.name));
    }
  }
  const sections = options.library as unknown as Readonly<Record<string, ReadonlyMap<string, CatalogueEntry>>>;
  const lowerings = new Map<ReadonlyMap<string, Declaration>, Lowering>();
  const lowering = (source: SourceFile, names: ReadonlyMap<string, Declaration>): Lowering => {
    let known = lowerings.get(names);
    if (!known) lowerings.set(names, (known = newLowering(source, names)));
    return known;
  };
  const newLowering = (source: SourceFile, names: ReadonlyMap<string, Declaration>): Lowering => ({
    file: source.file,
    problems,
    resolve: (name) => names.get(name),
    visibleNames: () => names.keys(),
    inCatalogue: (section, name) => userNames.get(section)?.has(name) === true || sections[section]?.has(name) === true,
    catalogueNames: (section) => [...(userNames.get(section) ?? []), ...(sections[section]?.keys() ?? [])],
    evidence: (target) => {
      lookedUp += 1;
      return options.evidence?.(source.file, target) ?? { status: 'unchecked' };
    },
  });
  for (const source of project.files.values()) {
    checkImports(project, source, problems);
    for (const member of source.root.members) if (isCatalogueEntry(member) && member.name !== undefined) user.push(lowerCatalogueEntry(lowering(source, scopeOf(source).names), member));
  }
  const lowerer: Lowerer = {
    problems,
    catalogue: withUserEntries(options.library, user),
    scopeOf,
    namesInside: (source, system) => {
      let names = inside.get(system);
      if (!names) inside.set(system, (names = namesInSystem(system, scopeOf(source).names)));
      return names;
    },
    sourceOf: (declaration) => {
      let node: { $container?: unknown } = declaration;
      while (node.$container) node = node.$container as typeof node;
      return roots.get(node as SourceFile['root']);
    },
    lowering,
    rulesFor: (source) => rules.appliedIn(source),
    once: <T>(node: AstNode, lower: () => T): T => {
      const known = memo?.get(node);
      if (known !== undefined) return known as T;
      const before = problems.length + lookedUp;
      const value = lower();
      if (problems.length + lookedUp === before) memo?.set(node, value);
      return value;
    },
    project,
  };
  const rules = rulesOfProject(lowerer, project.packs);
  const ruleTests: RuleTest[] = [];
  const wanted = options.entries && new Set(options.entries);
  const architectures: Architecture[] = [];
  for (const source of project.files.values()) {
    const isWanted = !wanted || wanted.has(source.file);
    if (options.testsOf?.(source.file) ?? isWanted) ruleTests.push(...(yield* lowerRuleTests(lowerer, source, rules)));
    if (!isWanted) continue;
    for (const member of source.root.members) if (isSystem(member) && member.name !== undefined) architectures.push(yield* lowerSystem(lowerer, source, member));
  }
  if (options.fragments) {
    for (const source of project.files.values()) {
      const inFile = lowering(source, scopeOf(source).names);
      for (const member of source.root.members) {
        if (isComponent(member) && member.name !== undefined) lowerComponent(inFile, member);
        if (isFlow(member)) lowerFlow(inFile, member);
      }
    }
  }
  return { architectures, problems: distinct(problems), catalogue: lowerer.catalogue, rules: rules.all, ruleTests };
}

function checkImports(project: Project, source: SourceFile, problems: Problem[]): void {
  for (const { names, path } of source.root.imports) {
    const target = path === undefined ? undefined : project.resolve(source, path);
    if (!target) continue;
    const exported = exportsOf(target.root);
    for (const name of names) {
      const text = name.ref?.$refText;
      if (text === undefined || exported.has(text) || rulesOf(target.root).has(text)) continue;
      const instead = nearest(text, [...exported.keys(), ...rulesOf(target.root).keys()]);
      problems.push({ severity: 'error', code: 'not-exported', message: `"${path}" declares nothing called ${text}.${didYouMean(instead)}`, span: spanOf(source.file, name), ...(instead === undefined ? {} : { instead }) });
    }
  }
}

function withUserEntries(library: Catalogue, entries: readonly CatalogueEntry[]): Catalogue {
  if (entries.length === 0) return library;
  const merged = Object.fromEntries(Object.entries(library).map(([section, map]) => [section, new Map(map as ReadonlyMap<string, CatalogueEntry>)]));
  for (const entry of entries) merged[entry.kind]?.set(entry.name, entry);
  return merged as unknown as Catalogue;
}

/** Each once, though a file may be lowered for several systems; and nothing that only follows from a syntax error on the line. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>();
  const lineOf = ({ span }: Problem): string => `${span.file}:${span.range.start.line}`;
  const broken = new Set(problems.filter((problem) => problem.code === 'syntax').map(lineOf));
  for (const problem of problems) {
    if (problem.code !== 'syntax' && broken.has(lineOf(problem))) continue;
    const { file, range } = problem.span;
    const key = `${file}:${range.start.line}:${range.start.character}:${problem.code}:${problem.message}`;
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()].sort((a, b) => compare(a.span.file, b.span.file) || a.span.range.start.line - b.span.range.start.line || a.span.range.start.character - b.span.range.start.character);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
