import { failureOf, runRuleTest } from '../analysis/custom-rules/run-test.ts';
import { reviewInSteps } from '../analysis/review.ts';
import { bundledLibrary } from '../language/bundled-library.ts';
import { isSystem } from '../language/generated/ast.ts';
import { lowerProjectInSteps } from '../language/lowering/lower-project.ts';
import { Memo } from '../language/lowering/memo.ts';
import type { Problem } from '../language/problem.ts';
import { loadProject, type Host, type PackUse } from '../language/project.ts';
import type { RuleTest } from '../model/rule-test.ts';
import type { Steps } from '../model/steps.ts';
import type { AnalysedSystem, Analysis, Snapshot } from './analysis.ts';
import type { FoundConfig, Surroundings } from './surroundings.ts';
import type { Syntax } from './syntax.ts';
import type { Texts } from './texts.ts';
import { resolveImport } from './packages.ts';
import { displayName, resolve } from './uris.ts';

/** How long work goes on before messages are looked at, in ms. */
const SLICE = 5;

export interface ReviewerHost {
  readonly texts: Texts;
  readonly syntax: Syntax;
  readonly surroundings: Surroundings;
  readonly folders: readonly string[];
  /** Lets messages that have come in be answered. */
  pause(): Promise<void>;
  today(): string;
  /** New results; `final` when all is done. */
  published(snapshot: Snapshot, final: boolean): void;
  busy(busy: boolean): void;
  failed(what: string, error: unknown): void;
}

class Superseded extends Error {}

/**
 * Keeps the analyses of a workspace up to date. A change drops the work in hand and starts anew with what the change
 * can have touched: the systems whose files, evidence or configuration it is part of.
 */
export class Reviewer {
  readonly #host: ReviewerHost;
  #files: readonly string[] = [];
  readonly #analyses = new Map<string, Analysis>();
  readonly #memos = new Map<string, Memo>();
  /** Entries whose analysis is older than something it read. */
  readonly #outdated = new Set<string>();
  #generation = 0;
  #running: Promise<void> | undefined;
  #openOnly = false;
  #listed = false;
  #filesAreRead: () => void = () => undefined;
  /** Resolves when the files of the workspace have been read for the first time. */
  readonly loaded: Promise<void> = new Promise((resolve) => {
    this.#filesAreRead = resolve;
  });

  constructor(host: ReviewerHost) {
    this.#host = host;
  }

  /** The .mlarch files of the workspace, open ones included; `listed` once all of them are known. */
  setFiles(files: readonly string[], listed: boolean): void {
    this.#files = files;
    this.#listed = listed;
    this.#host.syntax.setFiles(new Set(files));
    this.#start();
  }

  /** Whether only systems are reviewed that have a part open in the editor. */
  setScope(openOnly: boolean): void {
    if (this.#openOnly === openOnly) return;
    this.#openOnly = openOnly;
    this.#start();
  }

  /** A file has changed, whatever it is: each analysis that read it is made again. */
  changed(uri: string): void {
    for (const { entry, files, surroundings } of this.#analyses.values()) if (files.has(uri) || surroundings.has(uri)) this.#outdated.add(entry);
    this.#start();
  }

  everythingChanged(): void {
    for (const entry of this.#analyses.keys()) this.#outdated.add(entry);
    this.#start();
  }

  /** Shows the results again, as when a setting has changed how they are shown. */
  refresh(): void {
    if (!this.#running) this.#host.published(this.latest(), true);
  }

  /** The latest results, once no work is left that a change before this call has caused. */
  async settled(): Promise<Snapshot> {
    await this.loaded;
    while (this.#running) await this.#running;
    return this.latest();
  }

  /** The latest results as they are; some may be older than the texts. */
  latest(): Snapshot {
    const analyses = [...this.#analyses.values()];
    return { analyses, textOf: (uri) => this.#host.texts.get(uri) ?? '', today: this.#host.today() };
  }

  #start(): void {
    this.#generation += 1;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    // Whatever changes along with this is taken up in the same run.
    await this.#host.pause();
    this.#host.busy(true);
    for (let generation = -1; generation !== this.#generation; ) {
      generation = this.#generation;
      try {
        await this.#bringUpToDate(generation);
      } catch (error) {
        if (!(error instanceof Superseded)) this.#host.failed('review', error);
      }
    }
    this.#host.busy(false);
  }

  async #bringUpToDate(generation: number): Promise<void> {
    await this.#fetchTexts(generation);
    const entries = this.#entries();
    // What the author looks at comes first.
    const isOpen = (entry: string): boolean => [...(this.#analyses.get(entry)?.files ?? [entry])].some((uri) => this.#host.texts.isOpen(uri));
    const [open, closed] = [entries.filter(isOpen), entries.filter((entry) => !isOpen(entry))];
    let unseen = await this.#analyseAll(open, false, generation);
    const showBefore = (others: readonly string[]): void => {
      if (!unseen || !others.some((entry) => this.#isStale(entry))) return;
      this.#host.published(this.latest(), false);
      unseen = false;
    };
    showBefore(closed);
    await this.#analyseAll(closed, false, generation);
    const members = new Set(entries.flatMap((entry) => [...(this.#analyses.get(entry)?.files ?? [])]));
    const fragments = this.#inScope(this.#files.filter((uri) => !members.has(uri)));
    showBefore(fragments);
    await this.#analyseAll(fragments, true, generation);
    const wanted = new Set([...entries, ...fragments]);
    for (const entry of this.#analyses.keys()) if (!wanted.has(entry)) this.#forget(entry);
    this.#host.published(this.latest(), true);
  }

  #isStale(entry: string): boolean {
    return !this.#analyses.has(entry) || this.#outdated.has(entry);
  }

  /** Whether any of them had to be made again. */
  async #analyseAll(entries: readonly string[], fragments: boolean, generation: number): Promise<boolean> {
    const stale = entries.filter((entry) => this.#isStale(entry));
    for (const entry of stale) {
      const analysis = await this.#analyse(entry, fragments, generation);
      if (analysis) this.#analyses.set(entry, analysis);
      else this.#forget(entry);
      this.#outdated.delete(entry);
      if (analysis && analysis.catalogue !== bundledLibrary()) this.#host.syntax.entries = analysis.catalogue;
    }
    return stale.length > 0;
  }

  #forget(entry: string): void {
    this.#analyses.delete(entry);
    this.#memos.delete(entry);
  }

  /** Reads every file of the workspace that is not known yet. */
  async #fetchTexts(generation: number): Promise<void> {
    for (const uri of this.#files) this.#host.texts.get(uri);
    while (await this.#host.texts.fetch()) this.#goOn(generation);
    if (this.#listed) this.#filesAreRead();
  }

  /** The files that declare systems, without those that are out of scope. */
  #entries(): string[] {
    const { syntax } = this.#host;
    return this.#inScope(this.#files.filter((uri) => syntax.file(uri)?.root.members.some(isSystem)));
  }

  #inScope(entries: string[]): string[] {
    return this.#openOnly ? entries.filter((entry) => [...this.#closure(entry)].some((uri) => this.#host.texts.isOpen(uri))) : entries;
  }

  #closure(entry: string, seen = new Set<string>()): Set<string> {
    const source = seen.has(entry) ? undefined : this.#host.syntax.file(entry);
    seen.add(entry);
    for (const node of source?.root.imports ?? []) {
      const target = source && node.path !== undefined ? this.#host.syntax.resolve(source, node.path) : undefined;
      if (target) this.#closure(target.file, seen);
    }
    return seen;
  }

  async #analyse(entry: string, fragment: boolean, generation: number): Promise<Analysis | undefined> {
    try {
      return await this.#analyseEntry(entry, fragment, generation);
    } catch (error) {
      if (error instanceof Superseded) throw error;
      this.#host.failed(`review of ${displayName(entry, this.#host.folders)}`, error);
      return undefined;
    }
  }

  async #analyseEntry(entry: string, fragment: boolean, generation: number): Promise<Analysis | undefined> {
    const { texts, surroundings, syntax, today, folders } = this.#host;
    const files = new Set<string>([entry]);
    const around = new Set<string>();
    const memo = this.#memos.get(entry) ?? new Memo();
    this.#memos.set(entry, memo);
    const host: Host = {
      parse: (uri, text) => syntax.parse(uri, text),
      resolve: (from, path) => {
        const uri = resolveImport(manifests, from, path);
        if (uri !== undefined) files.add(uri);
        return uri;
      },
      read: (uri) => texts.get(uri),
      display: (uri) => displayName(uri, folders),
    };
    const evidence = (from: string, target: string) => {
      const uri = resolve(from, target.replace(/#.*$/, ''));
      if (uri !== undefined) around.add(uri);
      return surroundings.evidence(from, target);
    };
    /** An analysis is made again too when a package comes, goes or changes. */
    const manifests = { get: (uri: string) => (around.add(uri), texts.get(uri)) };
    const config = await surroundings.configOf(entry);
    if (config.uri !== undefined) around.add(config.uri);
    for (;;) {
      this.#goOn(generation);
      const text = texts.get(entry);
      if (text === undefined) return undefined;
      const project = loadProject(host, [{ file: entry, text }], packsOf(config));
      const lowered = await this.#drive(lowerProjectInSteps(project, { library: bundledLibrary(), evidence, entries: [entry], fragments: fragment, testsOf: isOwn, memo }), generation);
      if ((await texts.fetch()) || (await surroundings.fetch())) continue;
      const systems: AnalysedSystem[] = [];
      for (const architecture of lowered.architectures) systems.push({ architecture, settings: config.settings, review: await this.#drive(reviewInSteps(architecture, { settings: config.settings, today: today() }), generation) });
      return { entry, files, surroundings: around, problems: [...lowered.problems, ...configProblems(config), ...testProblems(lowered.ruleTests)], systems, catalogue: lowered.catalogue, rules: lowered.rules };
    }
  }

  /** Does the work in slices, between which messages are answered; ends it where a change has made it vain. */
  async #drive<T>(steps: Steps<T>, generation: number): Promise<T> {
    for (let start = performance.now(); ; ) {
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() - start < SLICE) continue;
      await this.#host.pause();
      this.#goOn(generation);
      start = performance.now();
    }
  }

  #goOn(generation: number): void {
    if (generation !== this.#generation) throw new Superseded();
  }
}

/** The tests of an installed package are its own affair. */
const isOwn = (uri: string): boolean => !uri.includes('/node_modules/');

function testProblems(tests: readonly RuleTest[]): Problem[] {
  return tests.map(runRuleTest).filter(({ passed }) => !passed).map((result) => ({ severity: 'warning', code: 'failing-test', message: failureOf(result), span: result.test.nameSpan }));
}

function packsOf({ uri, packs }: FoundConfig): PackUse[] {
  return packs.map(({ path, line, column }) => {
    const start = { line: line - 1, character: column - 1 };
    return { path, span: { file: uri ?? '', range: { start, end: { ...start, character: start.character + path.length + 2 } } } };
  });
}

function configProblems({ uri, problems }: { readonly uri?: string; readonly problems: readonly { line: number; column: number; message: string }[] }): Problem[] {
  return problems.map(({ line, column, message }) => {
    const at = { line: line - 1, character: column - 1 };
    return { severity: 'error', code: 'invalid-configuration', message, span: { file: uri ?? '', range: { start: at, end: { ...at, character: at.character + 1 } } } };
  });
}
