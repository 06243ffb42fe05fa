import { describe, expect, it } from 'vitest';
import { codeActions } from '../../src/server/features/code-actions.ts';
import { relativePath } from '../../src/server/features/import-actions.ts';
import { workspaceOf } from '../language/editing/workspace.ts';
import { edited, rangeOf, snapshotOf } from './snapshot.ts';

const CLIENT = { commands: false, acceptRiskCommand: false, snippetEdits: false };

/** Titles of the imports that are offered for a name, with the text of the first after it. */
function imports(files: Readonly<Record<string, string>>, part: string): { titles: string[]; after: string } {
  const snapshot = snapshotOf(files);
  const actions = codeActions(snapshot, { uri: 'main.mlarch', range: rangeOf(files['main.mlarch'] ?? '', part), diagnostics: [] }, CLIENT, workspaceOf(files)).filter(({ title }) => title.startsWith('Import '));
  return { titles: actions.map(({ title }) => title), after: edited(snapshot, actions[0]?.edit) };
}

const unresolved = (files: Readonly<Record<string, string>>): string[] => snapshotOf(files).analyses[0]!.problems.filter(({ code }) => code === 'unresolved-name' || code === 'syntax').map(({ message }) => message);

const MAIN = 'system S {\n  service Api : realtime\n  Runs -> Api\n}\n';
const SHARED = 'registry Runs : server\nteam Ops\n';

describe('the import of a name that another file declares', () => {
  it('is written above everything else', () => {
    const files = { 'main.mlarch': MAIN, 'shared.mlarch': SHARED };
    const { titles, after } = imports(files, 'Runs');
    expect(titles).toEqual(['Import Runs from "shared.mlarch"']);
    expect(after).toBe(`import { Runs } from "shared.mlarch"\n\n${MAIN}`);
    expect(unresolved(files)).toHaveLength(1);
    expect(unresolved({ ...files, 'main.mlarch': after })).toEqual([]);
  });

  it('is written below the other imports, or joins the one of the same file', () => {
    const others = `import { Ops } from "teams.mlarch" // who\n\n${MAIN}`;
    const files = { 'main.mlarch': others, 'shared.mlarch': SHARED, 'teams.mlarch': 'team Ops\n' };
    expect(imports(files, 'Runs').after).toBe(others.replace('// who\n', '// who\nimport { Runs } from "shared.mlarch"\n'));
    const joined = `import { Ops } from "./shared.mlarch"\n\n${MAIN}`;
    expect(imports({ 'main.mlarch': joined, 'shared.mlarch': SHARED }, 'Runs').after).toBe(joined.replace('{ Ops }', '{ Ops, Runs }'));
  });

  it('keeps a system that begins on the line of the last import', () => {
    const text = `import { Ops } from "teams.mlarch" ${MAIN}`;
    const files = { 'main.mlarch': text, 'shared.mlarch': SHARED, 'teams.mlarch': 'team Ops\n' };
    expect(unresolved({ ...files, 'main.mlarch': imports(files, 'Runs').after })).toEqual([]);
  });

  it('is offered for each file that declares it, the nearest first, and for components only', () => {
    const files = { 'main.mlarch': MAIN, 'a/b/far.mlarch': SHARED, 'a/near.mlarch': SHARED, 'tech.mlarch': 'technology Runs { }\n' };
    expect(imports(files, 'Runs').titles).toEqual(['Import Runs from "a/near.mlarch"', 'Import Runs from "a/b/far.mlarch"']);
  });

  it('is not offered for what nothing declares, nor in an acceptance', () => {
    expect(imports({ 'main.mlarch': MAIN.replace('Runs', 'Ruins'), 'shared.mlarch': 'team Ops\n' }, 'Ruins').titles).toEqual([]);
    const accepting = MAIN.replace('Runs -> Api', 'accept ML01.1 on Runs { because "x" by "y" until 2027-01-31 }');
    expect(imports({ 'main.mlarch': accepting, 'shared.mlarch': SHARED }, 'Runs').titles).toEqual([]);
  });
});

describe('a relative path', () => {
  it('leads from file to file, as it is read and not as it is written in a URI', () => {
    expect(relativePath('file:///w/a/main.mlarch', 'file:///w/a/b.mlarch')).toBe('b.mlarch');
    expect(relativePath('file:///w/a/main.mlarch', 'file:///w/c/d/b.mlarch')).toBe('../c/d/b.mlarch');
    expect(relativePath('file:///w/a/main.mlarch', 'file:///w/a/my%20part.mlarch')).toBe('my part.mlarch');
    expect(relativePath('file:///w/a.mlarch', 'vscode-vfs://github/w/b.mlarch')).toBeUndefined();
    expect(relativePath('untitled:Untitled-1', 'untitled:Untitled-2')).toBeUndefined();
  });
});
