import path from 'node:path';
import { CONFIG_NAME } from '../analysis/settings.ts';
import { headingsIn, isAddress, isMarkdown, MAX_DOCUMENT, pathOf } from '../language/evidence.ts';
import type { Evidence } from '../model/architecture.ts';
import { Failure } from './failure.ts';
import { blobsOf, entriesOf, folderInRepository, treeOf, type TreeEntry } from './git.ts';
import { decode, MAX_BYTES, tooLarge, type Input } from './input.ts';
import { packageIn } from '../language/packages.ts';
import { disk, type Files } from './load.ts';

/** A revision of the repository as a file system that can be read. Files are called `REVISION:path/from/root`. */
export interface Revision {
  readonly files: Files;
  /** The .mlarch files that a path means: a file, or all below a folder. */
  inputs(file: string): Input[];
  /** The configuration nearest above a path, with its text. */
  config(file: string): Input | undefined;
}

/** Opens a revision. Everything is read from git; the working tree is not looked at. */
export function openRevision(revision: string): Revision {
  const entries = entriesOf(treeOf(revision));
  const prefix = `${revision}:`;
  const inside = (name: string): string => name.slice(prefix.length);
  const texts = new Map<string, string>();
  const fill = (files: readonly string[]): void => {
    const ids = files.map((file) => (entries.get(file) as TreeEntry).id);
    for (const [index, bytes] of blobsOf(ids).entries()) {
      const name = prefix + (files[index] ?? '');
      if (bytes.length > MAX_BYTES) throw tooLarge(name, bytes.length);
      texts.set(files[index] ?? '', decode(name, bytes));
    }
  };
  const textOf = (file: string): string | undefined => {
    if (entries.get(file)?.sort !== 'file') return undefined;
    if (!texts.has(file)) fill([file]);
    return texts.get(file);
  };
  const input = (file: string): Input => ({ file: prefix + file, text: textOf(file) ?? '' });
  const configFile = (file: string): string | undefined => above(file).map((folder) => path.posix.join(folder, CONFIG_NAME)).find((name) => entries.get(name)?.sort === 'file');

  const evidence = (from: string, target: string): Omit<Evidence, 'target'> => {
    if (isAddress(target)) return { status: 'unchecked' };
    const file = path.posix.join(path.posix.dirname(inside(from)), pathOf(target)).replace(/\/$/, '');
    // As in the working tree: the folder of the configuration bounds what is looked up.
    const workspace = path.posix.dirname(configFile(inside(from)) ?? '');
    if (!isBelow(workspace, file)) return { status: 'unchecked' };
    const entry = file === '.' ? ({ sort: 'folder' } as const) : entries.get(file);
    if (!entry) return { status: 'missing' };
    // What a link or a submodule holds is not in this tree.
    if (entry.sort === 'link' || entry.sort === 'submodule') return { status: 'unchecked' };
    return { status: 'found', headings: entry.sort === 'file' && isMarkdown(file) ? headingsOf(entry) : undefined };
  };

  return {
    files: {
      resolve: (from, target) => {
        // Packages are not in the tree: they are taken as they are installed now.
        if (!from.startsWith(prefix)) return disk.resolve(from, target);
        if (packageIn(target)) return disk.resolve(path.join(rootFolder(), inside(from)), target);
        return prefix + path.posix.join(path.posix.dirname(inside(from)), target);
      },
      read: (name) => {
        if (!name.startsWith(prefix)) return disk.read(name);
        try {
          return textOf(inside(name));
        } catch {
          return undefined;
        }
      },
      evidence,
      config: (file) => {
        const name = file === undefined ? undefined : configFile(inside(file));
        return name === undefined ? undefined : input(name);
      },
    },
    inputs: (file) => {
      if (file !== '' && entries.get(file)?.sort === 'file') return [input(file)];
      if (file !== '' && entries.get(file)?.sort !== 'folder') throw new Failure(missing(revision, file, entries));
      const found = [...entries].filter(([name, { sort }]) => sort === 'file' && name.endsWith('.mlarch') && (file === '' || name.startsWith(`${file}/`)) && isWalked(name.slice(file === '' ? 0 : file.length + 1))).map(([name]) => name).sort();
      if (found.length === 0) throw new Failure(`${prefix}${file}: no .mlarch file in this folder.`);
      fill(found);
      return found.map(input);
    },
    config: (file) => {
      const name = configFile(file);
      return name === undefined ? undefined : input(name);
    },
  };
}

/** The root of the repository in the working tree. */
const rootFolder = (): string => path.resolve(...folderInRepository().split('/').filter((part) => part !== '' && part !== '.').map(() => '..'));

/** Folders above a path, from its own to the root. */
function above(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' || folder === '' || folder === '/' ? [''] : [folder, ...above(folder)];
}

const isBelow = (folder: string, file: string): boolean => !file.startsWith('../') && file !== '..' && !file.startsWith('/') && (folder === '.' || folder === '' || file === folder || file.startsWith(`${folder}/`));

/** Hidden folders and those of packages are not searched, as in the working tree. */
const isWalked = (name: string): boolean => name.split('/').slice(0, -1).every((folder) => !folder.startsWith('.') && folder !== 'node_modules');

function headingsOf({ id }: TreeEntry): string[] | undefined {
  const [bytes] = blobsOf([id]);
  return bytes && bytes.length <= MAX_DOCUMENT ? headingsIn(bytes.toString('utf8')) : undefined;
}

function missing(revision: string, file: string, entries: ReadonlyMap<string, TreeEntry>): string {
  const here = path.posix.join(folderInRepository(), file);
  const hint = entries.has(here) ? ` Paths after a revision start at the root of the repository, as in git: ${revision}:${here}, or ${revision}:./${file}` : '';
  return `${revision}:${file}: there is no such file or folder in this revision.${hint}`;
}
