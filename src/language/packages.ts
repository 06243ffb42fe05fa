/** An import that names a package, as npm knows it, and not a file beside. */
export interface PackageImport {
  readonly name: string;
  /** A file of the package; its entry if left out. */
  readonly file?: string;
}

const PACKAGE = /^(npm:)?((?:@[a-z0-9~_-][\w.~-]*\/)?[a-z0-9~_-][\w.~-]*)(?:\/((?:[\w.~-]+\/)*[\w.~-]+\.mlarch))?$/i;

/** `@acme/mlarch-rules`, `npm:@acme/mlarch-rules/security.mlarch`; undefined for the path of a file. */
export function packageIn(path: string): PackageImport | undefined {
  const [, prefix, name, file] = PACKAGE.exec(path) ?? [];
  // Without the prefix, whatever ends as a file does is one.
  if (name === undefined || (prefix === undefined && path.endsWith('.mlarch')) || leavesItsFolder(file ?? '')) return undefined;
  return { name, ...(file === undefined ? {} : { file }) };
}

const leavesItsFolder = (path: string): boolean => path.split(/[/\\]/).some((part) => part === '..' || part === '.');

/** What a package is read from where its manifest says nothing. */
const INDEX = 'index.mlarch';

/** The file that a package is read from: the field `mlarch` of its manifest. Never one outside the package. */
export function entryOf(manifest: string): string {
  try {
    const field = (JSON.parse(manifest) as { readonly mlarch?: unknown } | null)?.mlarch;
    if (typeof field !== 'string') return INDEX;
    const file = field.replace(/^\.\//, '');
    return file.endsWith('.mlarch') && !leavesItsFolder(file) && !/^[/\\]|^[A-Za-z]:/.test(file) ? file : INDEX;
  } catch {
    return INDEX;
  }
}
