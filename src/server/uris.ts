import { URI, UriUtils } from 'langium';
import { decoded } from '../language/editing/file-names.ts';

/** One spelling for each file: clients escape characters in different ways. */
export const canonical = (uri: string): string => URI.parse(uri).toString();

export const folderOf = (uri: string): string => UriUtils.dirname(URI.parse(uri)).toString();

/** What a relative path means in a file; undefined where the file has no place, as an unsaved one. */
export function resolve(from: string, path: string): string | undefined {
  const uri = URI.parse(from);
  if (uri.scheme === 'untitled' || path.startsWith('/')) return undefined;
  return UriUtils.resolvePath(UriUtils.dirname(uri), path).toString();
}

export const child = (folder: string, name: string): string => UriUtils.joinPath(URI.parse(folder), name).toString();

export const isInside = (folder: string, uri: string): boolean => uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** The folders that hold a file, from its own up to the root. */
export function* foldersAbove(uri: string): Generator<string> {
  for (let folder = folderOf(uri), last = ''; folder !== last; last = folder, folder = folderOf(folder)) yield folder;
}

/** A file as messages name it: relative to the nearest folder of the workspace, or its last part. */
export function displayName(uri: string, folders: readonly string[]): string {
  const root = folders.find((folder) => isInside(folder, uri));
  const name = root === undefined ? uri.slice(uri.lastIndexOf('/') + 1) : uri.slice(root.length).replace(/^\//, '');
  return decoded(name);
}
