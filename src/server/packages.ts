import { entryOf, packageIn, type PackageImport } from '../language/packages.ts';
import { child, foldersAbove, resolve } from './uris.ts';

/** What is known of the text of a file; one that was not read yet is noted to be. */
export interface KnownTexts {
  get(uri: string): string | undefined;
}

/** The file that an import means: one beside, or one of an installed package. Undefined too while manifests are still to be read. */
export function resolveImport(texts: KnownTexts, from: string, path: string): string | undefined {
  const wanted = packageIn(path);
  if (wanted) return packageUri(texts, from, wanted);
  return path.endsWith('.mlarch') ? resolve(from, path) : undefined;
}

/** In the nearest folder of packages that has it. All are asked for at once, so that they are read together. */
function packageUri(texts: KnownTexts, from: string, { name, file }: PackageImport): string | undefined {
  const homes = [...foldersAbove(from)].map((folder) => child(folder, `node_modules/${name}`));
  const manifests = homes.map((home) => texts.get(child(home, 'package.json')));
  const found = manifests.findIndex((manifest) => manifest !== undefined);
  const home = homes[found];
  return home === undefined ? undefined : child(home, file ?? entryOf(manifests[found] ?? ''));
}
