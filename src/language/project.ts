import type { Span } from '../model/architecture.ts';
import { packageIn } from './packages.ts';
import type { Problem } from './problem.ts';
import { spanOf, type SourceFile } from './source-file.ts';

/** How the front end finds files. Nothing else is read: an import may only name a .mlarch file, or a package that has one. */
export interface Host {
  /** The file that an import path means, in the front end's own naming; undefined where it may not be read. */
  resolve(from: string, path: string): string | undefined;
  /** Its text, or undefined where it cannot be read. */
  read(file: string): string | undefined;
  parse(file: string, text: string): SourceFile;
  /** How messages name a file; as it is, if left out. */
  display?(file: string): string;
}

/** The files of a review: those asked for and, transitively, those they import. */
export interface Project {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly problems: readonly Problem[];
  /** Files whose rules apply to every system. */
  readonly packs: readonly string[];
  resolve(from: SourceFile, path: string): SourceFile | undefined;
  display(file: string): string;
}

/** A pack of rules that applies to everything, and where that is said. */
export interface PackUse {
  readonly path: string;
  readonly span: Span;
}

export function loadProject(host: Host, entries: readonly { readonly file: string; readonly text: string }[], packUses: readonly PackUse[] = []): Project {
  const files = new Map<string, SourceFile>();
  const problems: Problem[] = [];
  for (const { file, text } of entries) files.set(file, host.parse(file, text));
  const waiting = [...files.values()];
  /** Its name, where it can be read. */
  const include = (from: string, path: string, span: () => Span): string | undefined => {
    const target = importTarget(host, from, path);
    if (target !== undefined && files.has(target)) return target;
    const text = target === undefined ? undefined : host.read(target);
    if (target === undefined || text === undefined) {
      problems.push({ severity: 'error', code: 'unresolved-import', message: `Cannot import "${path}". ${reasonFor(path, target)}`, span: span() });
      return undefined;
    }
    const loaded = host.parse(target, text);
    files.set(target, loaded);
    waiting.push(loaded);
    return target;
  };
  const packs = packUses.flatMap(({ path, span }) => include(span.file, path, () => span) ?? []);
  for (let source = waiting.pop(); source; source = waiting.pop()) {
    const { file } = source;
    for (const node of source.root.imports) if (node.path !== undefined) include(file, node.path, () => spanOf(file, node));
  }
  const resolve = (from: SourceFile, path: string): SourceFile | undefined => {
    const target = importTarget(host, from.file, path);
    return target === undefined ? undefined : files.get(target);
  };
  const display = (file: string): string => host.display?.(file) ?? file;
  problems.push(...importCycles(files, resolve, display), ...[...files.values()].flatMap((source) => source.problems));
  return { files, problems, packs, resolve, display };
}

function importTarget(host: Host, from: string, path: string): string | undefined {
  const target = path.endsWith('.mlarch') || packageIn(path) ? host.resolve(from, path) : undefined;
  // Whatever a package says, nothing else is read.
  return target?.endsWith('.mlarch') ? target : undefined;
}

function reasonFor(path: string, target: string | undefined): string {
  const wanted = packageIn(path);
  if (!wanted) return path.endsWith('.mlarch') ? 'It cannot be read; the path is relative to this file.' : 'An import names a .mlarch file, or a package that is installed.';
  if (target !== undefined) return `The package ${wanted.name} is installed, but has no ${target.slice(target.lastIndexOf('/') + 1)} that can be read. Its package.json names the file to read as "mlarch"; else it is index.mlarch.`;
  return `No package ${wanted.name} is installed in a node_modules folder here or above: npm install --save-dev ${wanted.name}. A file is named with its ending, ${wanted.name}.mlarch.`;
}

/** One problem for each import that closes a circle. */
function importCycles(files: ReadonlyMap<string, SourceFile>, resolve: Project['resolve'], display: Project['display']): Problem[] {
  const problems: Problem[] = [];
  const done = new Set<SourceFile>();
  for (const start of files.values()) {
    const trail: { source: SourceFile; next: number }[] = [{ source: start, next: 0 }];
    const open = new Set([start]);
    while (trail.length > 0) {
      const top = trail.at(-1);
      if (!top) break;
      const node = top.source.root.imports[top.next];
      top.next += 1;
      if (!node || done.has(top.source)) {
        trail.pop();
        open.delete(top.source);
        done.add(top.source);
        continue;
      }
      const target = node.path === undefined ? undefined : resolve(top.source, node.path);
      if (!target || done.has(target)) continue;
      if (open.has(target)) {
        const circle = [...trail.slice(trail.findIndex((step) => step.source === target)).map((step) => step.source.file), target.file];
        problems.push({ severity: 'error', code: 'import-cycle', message: `Files import each other in a circle: ${circle.map(display).join(' → ')}. Move what both need into a third file.`, span: spanOf(top.source.file, node) });
        continue;
      }
      open.add(target);
      trail.push({ source: target, next: 0 });
    }
  }
  return problems;
}
