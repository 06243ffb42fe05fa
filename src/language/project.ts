import type { Problem } from './problem.ts';
import { spanOf, type SourceFile } from './source-file.ts';

/** How the front end finds files. Nothing else is read: an import may only name a .mlarch file. */
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
  resolve(from: SourceFile, path: string): SourceFile | undefined;
  display(file: string): string;
}

export function loadProject(host: Host, entries: readonly { readonly file: string; readonly text: string }[]): Project {
  const files = new Map<string, SourceFile>();
  const problems: Problem[] = [];
  for (const { file, text } of entries) files.set(file, host.parse(file, text));
  const waiting = [...files.values()];
  for (let source = waiting.pop(); source; source = waiting.pop()) {
    for (const node of source.root.imports) {
      if (node.path === undefined) continue;
      const target = importTarget(host, source, node.path);
      if (target !== undefined && files.has(target)) continue;
      const text = target === undefined ? undefined : host.read(target);
      if (target === undefined || text === undefined) {
        const reason = node.path.endsWith('.mlarch') ? 'It cannot be read; the path is relative to this file.' : 'An import names a .mlarch file.';
        problems.push({ severity: 'error', code: 'unresolved-import', message: `Cannot import "${node.path}". ${reason}`, span: spanOf(source.file, node) });
        continue;
      }
      const loaded = host.parse(target, text);
      files.set(target, loaded);
      waiting.push(loaded);
    }
  }
  const resolve = (from: SourceFile, path: string): SourceFile | undefined => {
    const target = importTarget(host, from, path);
    return target === undefined ? undefined : files.get(target);
  };
  const display = (file: string): string => host.display?.(file) ?? file;
  problems.push(...importCycles(files, resolve, display), ...[...files.values()].flatMap((source) => source.problems));
  return { files, problems, resolve, display };
}

function importTarget(host: Host, from: SourceFile, path: string): string | undefined {
  return path.endsWith('.mlarch') ? host.resolve(from.file, path) : undefined;
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
