import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { entryOf, type PackageImport } from '../language/packages.ts';

/** The file of an installed package, looked for in the node_modules folders at and above a folder as Node does; undefined where it is not installed. */
export function packageFile(folder: string, { name, file }: PackageImport): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const home = path.join(at, 'node_modules', name);
    if (existsSync(home)) return path.join(home, file ?? entryOf(manifestOf(home)));
    if (path.dirname(at) === at) return undefined;
  }
}

function manifestOf(home: string): string {
  try {
    return readFileSync(path.join(home, 'package.json'), 'utf8');
  } catch {
    return '';
  }
}
