import { describe, expect, it } from 'vitest';
import { compareSystems } from '../../../src/analysis/comparison/compare.ts';
import { structuralDifference, type StructuralDifference } from '../../../src/analysis/comparison/structure.ts';
import { loadText } from '../../support/load.ts';
import { inSystem, versionsOf } from './support.ts';

const structure = (before: string, after: string): StructuralDifference => structuralDifference(loadText(before).architectures[0], loadText(after).architectures[0]);
const inside = (before: string, after: string): StructuralDifference => structure(inSystem(before), inSystem(after));

describe('what is declared differently', () => {
  it('is told by property, with both values as they are written', () => {
    const { elements } = inside(
      'service Api : realtime {\n  replicas 2..8\n  zones 2\n  service_time p50 6 ms p99 14 ms\n  fallback none\n}',
      'service Api : batch {\n  replicas 4\n  service_time p50 0.006 s p99 20 ms\n  fallback planned by 2027-01-31\n  owner "A \\"team\\""\n}',
    );
    expect(elements).toEqual([
      {
        change: 'changed', sort: 'component', name: 'Api', kind: 'service',
        properties: [
          { property: 'owner', after: '"A \\"team\\""' },
          { property: 'variant', before: 'realtime', after: 'batch' },
          { property: 'replicas', before: '2..8', after: '4' },
          { property: 'service_time', before: 'p50 6 ms p99 14 ms', after: 'p50 6 ms p99 20 ms' },
          { property: 'fallback', before: 'none', after: 'planned by 2027-01-31' },
          { property: 'zones', before: '2' },
        ],
      },
    ]);
  });

  it('does not depend on where it stands, on units or on what is left unchanged', () => {
    const { elements, unchanged } = inside('model M\nservice Api : realtime { serves M timeout 1500 ms }\nconsumer Web\nWeb -> Api', '// a comment\nconsumer Web\n\nservice Api : realtime {\n timeout 1.5 s\n serves M\n}\nWeb -> Api\nmodel M');
    expect(elements).toEqual([]);
    expect(unchanged).toMatchObject({ system: 1, component: 3, flow: 1, decision: 0 });
  });

  it('lists all that something new or gone says', () => {
    const { elements } = inside('store Old : online { replicas 3 }', 'cache New { hit_rate 35 % }');
    expect(elements).toEqual([
      { change: 'added', sort: 'component', name: 'New', kind: 'cache', properties: [{ property: 'kind', after: 'cache' }, { property: 'hit_rate', after: '35 %' }] },
      { change: 'removed', sort: 'component', name: 'Old', kind: 'store', properties: [{ property: 'kind', before: 'store' }, { property: 'variant', before: 'online' }, { property: 'replicas', before: '3' }] },
    ]);
  });

  it('covers the system, flows, absences, decisions, acceptances, targets and the catalogue', () => {
    const rest = 'model M\nservice Api : realtime { serves M }\nconsumer Web\n';
    const before = `${inSystem(`stage pilot\n${rest}Web -> Api { request sync }\nregistry none\ndecision "Keep it simple" { status accepted }\naccept ML17 { because "Later" by "ML" until 2027-06-30 }\ntarget Next {\n change Api { replicas 2 }\n}`)}\ninstance box { price 2 USD/h }\n`;
    const after = `${inSystem(`stage production\n${rest}Web -> Api { request async }\nregistry unknown\ndecision "Keep it simple" { status superseded }\naccept ML17 { because "Later" by "ML" until 2027-09-30 }\ntarget Next {\n change Api { replicas 3 }\n add cache C { hit_rate 5 % }\n}`)}\ninstance box { price 3 USD/h }\n`;
    const { elements } = structure(before, after);
    expect(elements.map(({ change, sort, name, properties }) => [change, sort, name, ...properties.map(({ property, before: was, after: is }) => `${property}: ${was ?? ''} → ${is ?? ''}`)])).toEqual([
      ['changed', 'system', '', 'stage: pilot → production'],
      ['changed', 'flow', 'Web->Api', 'mode: sync → async'],
      ['changed', 'absence', 'registry', 'state: none → unknown'],
      ['changed', 'decision', 'Keep it simple', 'status: accepted → superseded'],
      ['changed', 'acceptance', 'ML17', 'until: 2027-06-30 → 2027-09-30'],
      ['changed', 'target', 'Next', 'add cache C:  → hit_rate 5 %', 'Api replicas: 2 → 3'],
      ['changed', 'catalogue', 'box', 'price: 2 USD/h → 3 USD/h'],
    ]);
  });

  it('tells two flows between the same ends apart by what they say', () => {
    const ends = 'service A : realtime\nservice B : realtime\n';
    const { elements, unchanged } = inside(`${ends}A -> B { request }\nA -> B { data lag 2 s }`, `${ends}A -> B { data lag 2 s }\nA -> B { request fallback }`);
    expect(unchanged.flow).toBe(1);
    expect(elements).toEqual([{ change: 'changed', sort: 'flow', name: 'A->B', properties: [{ property: 'fallback', after: 'yes' }] }]);
  });

  it('counts a path that is evidence once, and evidence for a statement with it', () => {
    const { elements } = inside('service Api : realtime { load_test at 5 req/s evidence "a.md" }', 'service Api : realtime { load_test at 5 req/s evidence "b.md" }');
    expect(elements[0]?.properties).toEqual([{ property: 'load_test', before: 'at 5 req/s evidence "a.md"', after: 'at 5 req/s evidence "b.md"' }]);
  });
});

describe('several systems', () => {
  const one = (name: string, body: string): string => `system ${name} {\n${body}\n}\n`;
  const compared = (before: string, after: string): ReturnType<typeof compareSystems> => compareSystems(versionsOf(before), versionsOf(after));

  it('a component that goes from one and comes to another has moved', () => {
    const [a, b] = compared(one('A', 'model M\nstore Lake : lakehouse { retention 30 days }') + one('B', 'model N'), one('A', 'model M') + one('B', 'model N\nstore Lake : lakehouse { retention 60 days }'));
    expect(a?.structure.elements).toEqual([{ change: 'moved', sort: 'component', name: 'Lake', kind: 'store', to: 'B', properties: [] }]);
    expect(b?.structure.elements).toEqual([{ change: 'moved', sort: 'component', name: 'Lake', kind: 'store', from: 'A', properties: [{ property: 'retention', before: '30 days', after: '60 days' }] }]);
  });

  it('of two that came it is not known which one moved', () => {
    const [a, b, c] = compared(one('A', 'store Lake : lakehouse') + one('B', 'model N') + one('C', 'model O'), one('A', 'model M') + one('B', 'model N\nstore Lake : lakehouse') + one('C', 'model O\nstore Lake : lakehouse'));
    expect([a, b, c].map((system) => system?.structure.elements.find(({ name }) => name === 'Lake')?.change)).toEqual(['removed', 'added', 'added']);
  });

  it('each meets its namesake; one left over on each side was renamed where they share a component', () => {
    const graver = 'stage production\nmodel M\nservice Api : realtime { serves M rollback none }';
    const renamed = compared(one('A', graver) + one('B', 'model N'), one('B', 'model N') + one('Z', graver));
    expect(renamed[1]?.findings.length).toBeGreaterThan(0);
    expect(renamed.map(({ system, renamedFrom, change }) => [system, renamedFrom, change])).toEqual([['B', undefined, 'unchanged'], ['Z', 'A', 'changed']]);
    expect(renamed[1]?.structure.elements).toEqual([]);
    expect(renamed[1]?.findings.every(({ change }) => change === 'kept')).toBe(true);
    const replaced = compared(one('A', 'model M') + one('B', 'model N'), one('B', 'model N') + one('Z', 'model Q'));
    expect(replaced.map(({ system, change }) => [system, change])).toEqual([['B', 'unchanged'], ['Z', 'added'], ['A', 'removed']]);
  });
});
