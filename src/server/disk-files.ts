import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MAX_FILE_BYTES, type Files } from './files.ts';
import { canonical } from './uris.ts';

/** Files on the disk of the server. */
export function diskFiles(folders: readonly string[]): Files {
  return {
    list: async () => (await Promise.all(folders.map((folder) => walk(pathOf(folder))))).flat().map((file) => canonical(pathToFileURL(file).href)),
    read,
    stat: statWithin,
  };
}

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

async function walk(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries.map(async (entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : walk(full);
    return entry.isFile() && entry.name.endsWith('.mlarch') ? [full] : [];
  });
  return (await Promise.all(found)).flat();
}

async function read(uri: string): Promise<string | undefined> {
  const file = pathOf(uri);
  if (file === undefined) return undefined;
  try {
    const { size } = await stat(file);
    return size > MAX_FILE_BYTES ? undefined : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch {
    return undefined;
  }
}

async function statWithin(uri: string, within?: string): Promise<'file' | 'folder' | undefined> {
  const [file, folder] = [pathOf(uri), within === undefined ? undefined : pathOf(within)];
  if (file === undefined) return undefined;
  try {
    const found = await stat(file);
    if (folder !== undefined && path.relative(await realpath(folder), await realpath(file)).startsWith('..')) return undefined;
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}
