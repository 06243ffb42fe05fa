import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importTable, nodeFiles, zodFiles } from '../import-table.js';

const source = path.join(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => file.replaceAll('\\', '/'));

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  const statics = [...text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?from\s+)?'([^']+)'/gm)].map(([, type, target]) => ({ target: target ?? '', typeOnly: type !== undefined }));
  const dynamics = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, target]) => ({ target: target ?? '', typeOnly: true }));
  return [...statics, ...dynamics];
}

const inside = (file: string, target: string): string => path.posix.join(path.posix.dirname(file), target);
const folderOf = (file: string): string => file.split('/')[0] ?? '';

describe('the import table', () => {
  const table: Readonly<Record<string, { folders: readonly string[]; packages: readonly string[] }>> = importTable;

  it('covers every folder', () => {
    expect([...new Set(files.map(folderOf))].sort()).toEqual(Object.keys(table).sort());
  });

  it.each(files)('%s imports only what its folder may', (file) => {
    const allowed = table[folderOf(file)];
    for (const { target, typeOnly } of importsOf(file)) {
      if (target.startsWith('.')) {
        const other = folderOf(inside(file, target));
        expect([folderOf(file), ...(allowed?.folders ?? [])], `${file} imports ${target}`).toContain(other);
      } else {
        expect(allowed?.packages.some((name) => target === name || target.startsWith(name.endsWith(':') ? name : `${name}/`)), `${file} imports ${target}`).toBe(true);
        if (target.startsWith('node:')) expect(nodeFiles.some((pattern) => pattern.test(file)), `${file} runs in a browser too and imports ${target}`).toBe(true);
        if (target === 'zod' && !typeOnly) expect(zodFiles.some((pattern) => pattern.test(file)), `${file} loads zod`).toBe(true);
      }
    }
  });

  it('lets the page of a diagram draw, and neither derive nor lay out', () => {
    const taken = files.filter((file) => file.startsWith('webview/')).flatMap((file) => importsOf(file).filter(({ target, typeOnly }) => target.startsWith('.') && !typeOnly).map(({ target }) => inside(file, target)));
    expect(taken.filter((target) => target.startsWith('diagram/') && !/^diagram\/(diagram\.ts|scene\.ts|svg\/|text\/)/.test(target))).toEqual([]);
  });

  it('has no cycles', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file).filter(({ target, typeOnly }) => target.startsWith('.') && !typeOnly).map(({ target }) => inside(file, target))]));
    expect(cyclesIn(graph)).toEqual([]);
  });
});

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (done.has(file) || trail.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}
