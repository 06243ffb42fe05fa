import { describe, expect, it } from 'vitest';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import type { Finding } from '../../src/analysis/finding.ts';
import { applyEdits, type TextEdit } from '../../src/language/printing/change-edits.ts';
import type { Change } from '../../src/model/architecture.ts';
import { apart, compatible, editsFor, remedyEdit, removal, workspaceEdit } from '../../src/server/features/edits.ts';
import { findingsIn, type Found } from '../../src/server/features/lookup.ts';
import { EXAMPLES } from '../support/examples.ts';
import { edited, rangeOf, snapshotOf } from './snapshot.ts';

const START_UP = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';
const withChanges = (...all: readonly (readonly Change[])[]): Found[] => all.map((changes, index) => ({ finding: { id: String(index), remedy: { changes } } as unknown as Finding }) as Found);
const kept = (...all: readonly (readonly Change[])[]): string[] => compatible(withChanges(...all)).found.map(({ finding }) => finding.id);

describe('remedies together', () => {
  const replicas = (subject: string, low: number): Change => ({ op: 'set', subject, property: 'replicas', value: { low, high: low, unit: '1' } });
  const registry = (variant: string): Change => ({ op: 'add-component', component: { kind: 'registry', name: 'Registry', variant, properties: {} } });

  it('are those that say the same, or different things', () => {
    expect(kept([replicas('A', 2)], [replicas('B', 3)], [replicas('A', 2)])).toEqual(['0', '1', '2']);
    expect(compatible(withChanges([registry('server')], [registry('server')])).changes).toEqual([registry('server')]);
  });

  it('are not those that contradict an earlier one', () => {
    expect(kept([replicas('A', 2)], [replicas('A', 3)], [replicas('B', 2)])).toEqual(['0', '2']);
    expect(kept([registry('server')], [registry('managed')])).toEqual(['0']);
    expect(kept([{ op: 'remove-component', name: 'A' }], [replicas('A', 3)])).toEqual(['0']);
    expect(kept([replicas('A', 3)], [{ op: 'remove-component', name: 'A' }])).toEqual(['0']);
    expect(kept([{ op: 'remove-flow', from: 'A', to: 'B' }], [{ op: 'set-flow', from: 'A', to: 'B', property: 'retries', value: 2 }])).toEqual(['0']);
    expect(kept([{ op: 'set-variant', subject: 'A', variant: 'batch' }], [{ op: 'set-variant', subject: 'A', variant: 'realtime' }])).toEqual(['0']);
  });

  it('are valid text for every rule of every example, with each finding that was taken gone', () => {
    for (const [file, text] of Object.entries(EXAMPLES)) {
      if (!/^system\s/m.test(text) || /^import\s/m.test(text)) continue;
      const snapshot = snapshotOf(text);
      const all = [...findingsIn(snapshot)].filter(({ finding }) => finding.remedy.changes.length > 0);
      for (const rule of new Set(all.map(({ finding }) => finding.rule))) {
        const { found, changes } = compatible(all.filter(({ finding }) => finding.rule === rule));
        const after = snapshotOf(edited(snapshot, workspaceEdit(editsFor(snapshot, found[0]!, changes))));
        expect(after.analyses[0]!.problems.filter(({ severity }) => severity === 'error'), `${file} ${rule}`).toEqual([]);
        const left = new Set([...findingsIn(after)].map(({ finding }) => finding.id));
        expect(found.map(({ finding }) => finding.id).filter((id) => left.has(id)), `${file} ${rule}`).toEqual([]);
      }
    }
  }, 60_000);

  it('do not take long for a large system', () => {
    const text = generateArchitecture(2000).replaceAll('replicas 3', 'replicas 1');
    const snapshot = snapshotOf(text);
    const [one] = findingsIn(snapshot);
    const components = [...one!.system.architecture.components.values()];
    const changes = [...components.map(({ name }): Change => ({ op: 'set', subject: name, property: 'owner', value: 'Team' })), ...components.map(({ name }): Change => ({ op: 'add-flow', flow: { from: name, to: 'Api0' } }))];
    const times = Array.from({ length: 3 }, () => {
      const start = performance.now();
      editsFor(snapshot, one!, changes);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(600);
  });
});

describe('the remedy of a finding', () => {
  it('is an edit, or nothing where it is an action outside the file or there is no such finding', () => {
    const snapshot = snapshotOf(START_UP);
    expect(edited(snapshot, remedyEdit(snapshot, 'ML09.1@StartupScoring.Api', 'main.mlarch'))).toContain('replicas       2..1250');
    expect(remedyEdit(snapshot, 'ML09.5@StartupScoring.Api', 'main.mlarch')).toBeUndefined();
    expect(remedyEdit(snapshot, 'ML09.1@StartupScoring.Nothing', 'main.mlarch')).toBeUndefined();
    expect(remedyEdit(snapshot, 'ML09.1@StartupScoring.Api', 'other.mlarch')).toBeUndefined();
  });
});

describe('edits that are made together', () => {
  const edit = (from: number, to: number, text = ''): TextEdit => ({ span: { file: 'a', range: { start: { line: 0, character: from }, end: { line: 0, character: to } } }, text });

  it('do not overlap: of two that do, the earlier in rank is made', () => {
    expect(apart([edit(5, 9), edit(0, 6), edit(20, 22)])).toEqual([edit(5, 9), edit(20, 22)]);
    expect(apart([edit(0, 6), edit(5, 9)])).toEqual([edit(0, 6)]);
    expect(apart([edit(0, 5), edit(5, 9)])).toHaveLength(2);
    expect(apart([edit(0, 5), edit(5, 5, 'x')])).toEqual([edit(0, 5)]);
    expect(apart([edit(5, 5, 'x'), edit(5, 5, 'y')])).toEqual([edit(5, 5, 'x')]);
    expect(apart([edit(0, 2), { ...edit(0, 2), span: { ...edit(0, 2).span, file: 'b' } }])).toHaveLength(2);
  });
});

describe('taking out', () => {
  const without = (text: string, part: string): string => applyEdits(text, [removal(text, { file: 'a', range: rangeOf(text, part) })]);

  it('leaves no empty line and no gap', () => {
    expect(without('a\n  b 1\nc\n', 'b 1')).toBe('a\nc\n');
    expect(without('a\r\n  b 1\r\nc\r\n', 'b 1')).toBe('a\r\nc\r\n');
    expect(without('{ a 1 b 2 }', 'b 2')).toBe('{ a 1 }');
    expect(without('a 1 b 2', 'b 2')).toBe('a 1');
    expect(without('x {\n  a\n}\ny', 'x {\n  a\n}')).toBe('y');
    expect(without('b 2 // why\n', 'b 2')).toBe(' // why\n');
    expect(without('  b 2', 'b 2')).toBe('  ');
  });
});
