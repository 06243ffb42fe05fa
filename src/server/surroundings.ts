import { CONFIG_NAME, DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import { headingsIn, isAddress, isMarkdown, pathOf } from '../language/evidence.ts';
import type { Evidence } from '../model/architecture.ts';
import type { ConfigProblem } from '../report/read-config.ts';
import { rulePacksIn, type ConfiguredPack } from '../report/rule-packs.ts';
import type { Files } from './files.ts';
import { child, folderOf, foldersAbove, isInside, resolve } from './uris.ts';

type Found = Omit<Evidence, 'target'>;

export interface FoundConfig {
  readonly uri?: string;
  readonly settings: Settings;
  readonly problems: readonly ConfigProblem[];
  /** Packs of rules that it applies to everything in its folder. */
  readonly packs: readonly ConfiguredPack[];
}

/**
 * What an analysis needs from around the .mlarch files: whether evidence is there, and the configuration. Both are
 * fetched once and kept until the file is said to have changed.
 */
export class Surroundings {
  readonly #files: Files;
  readonly #folders: readonly string[];
  readonly #evidence = new Map<string, Promise<Found> | Found>();
  readonly #configs = new Map<string, Promise<FoundConfig | undefined>>();
  readonly #roots = new Map<string, Promise<string>>();
  readonly #wanted = new Set<{ uri: string; from: string }>();

  constructor(files: Files, folders: readonly string[]) {
    this.#files = files;
    this.#folders = folders;
  }

  /** What is known of a piece of evidence. One that was never looked up is noted, so that `fetch` does it. */
  evidence(from: string, target: string): Found {
    const uri = isAddress(target) ? undefined : resolve(from, pathOf(target));
    if (uri === undefined) return { status: 'unchecked' };
    const known = this.#evidence.get(uri);
    if (known && !(known instanceof Promise)) return known;
    this.#wanted.add({ uri, from });
    return { status: 'unchecked' };
  }

  /** Looks up what was asked for and not known; false where nothing was. */
  async fetch(): Promise<boolean> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    await Promise.all(wanted.map(async ({ uri, from }) => this.#evidence.set(uri, await this.#lookUp(uri, from))));
    return wanted.length > 0;
  }

  /** The files that an analysis looked at beside .mlarch files. */
  watched(): string[] {
    return [...this.#evidence.keys()];
  }

  /** The configuration nearest above a file, up to the root of its repository. */
  async configOf(uri: string): Promise<FoundConfig> {
    for (const folder of foldersAbove(uri)) {
      let config = this.#configs.get(folder);
      if (!config) this.#configs.set(folder, (config = this.#readConfig(child(folder, CONFIG_NAME))));
      const found = await config;
      if (found) return found;
      if ((await this.#files.stat(child(folder, '.git'))) !== undefined) break;
    }
    return { settings: DEFAULT_SETTINGS, problems: [], packs: [] };
  }

  /** A file changed, came or went: what was known of it is looked up again. True where something depends on it. */
  forget(uri: string): boolean {
    if (!uri.endsWith(`/${CONFIG_NAME}`)) return this.#evidence.delete(uri);
    this.#configs.clear();
    this.#roots.clear();
    return true;
  }

  async #lookUp(uri: string, from: string): Promise<Found> {
    const root = await this.#rootOf(from);
    if (!isInside(root, uri)) return { status: 'unchecked' };
    if ((await this.#files.stat(uri)) === undefined) return { status: 'missing' };
    // A link must not lead out of the workspace either.
    const kind = await this.#files.stat(uri, root);
    if (kind === undefined) return { status: 'unchecked' };
    const text = kind === 'file' && isMarkdown(uri) ? await this.#files.read(uri) : undefined;
    return { status: 'found', headings: text === undefined ? undefined : headingsIn(text) };
  }

  /** The folder that evidence may be looked for in: the repository, or else the folder of the workspace or of the file. */
  #rootOf(from: string): Promise<string> {
    const own = folderOf(from);
    let root = this.#roots.get(own);
    if (!root) this.#roots.set(own, (root = this.#findRoot(from, own)));
    return root;
  }

  async #findRoot(from: string, own: string): Promise<string> {
    for (const folder of foldersAbove(from)) {
      const marks = await Promise.all([this.#files.stat(child(folder, '.git')), this.#files.stat(child(folder, CONFIG_NAME))]);
      if (marks.some((mark) => mark !== undefined)) return folder;
    }
    return this.#folders.find((folder) => isInside(folder, own)) ?? own;
  }

  async #readConfig(uri: string): Promise<FoundConfig | undefined> {
    const text = await this.#files.read(uri);
    if (text === undefined) return undefined;
    const { readConfigText } = await import('../report/read-config.ts');
    const read = readConfigText(text);
    const packs = rulePacksIn(text);
    return 'config' in read ? { uri, settings: read.config.settings, problems: [], packs } : { uri, settings: DEFAULT_SETTINGS, problems: read.problems, packs };
  }
}
