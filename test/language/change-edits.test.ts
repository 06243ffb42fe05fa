import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, changeEdits } from '../../src/language/printing/change-edits.ts';
import { printValue } from '../../src/model/print-value.ts';
import { applyChanges } from '../../src/model/apply-changes.ts';
import type { Architecture, Change } from '../../src/model/architecture.ts';
import { vocabulary } from '../../src/model/vocabulary.generated.ts';
import { loadText } from '../support/load.ts';

const TEXT = `system S {
  owner "x"
  registry none
  store A { versioned yes }
  store B
  service C : realtime {
    replicas 2
  }
  A -> B -> C { sync timeout 20 ms }
  A -> C
}
`;

function load(text: string): Architecture {
  const { architectures, problems } = loadText(text);
  expect(problems.map((problem) => problem.message)).toEqual([]);
  const [architecture] = architectures;
  if (!architecture) throw new Error('no system');
  return architecture;
}

/** What matters of a model: not where it was written. */
function essence({ system, components, flows, absences }: Architecture): unknown {
  const strip = (key: string, value: unknown): unknown => (key === 'span' || key === 'nameSpan' || key === 'doc' ? undefined : value);
  const sorted = [...flows].sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.parse(JSON.stringify({ system: system.properties, components: [...components.values()], flows: sorted, absences: [...absences.keys()] }, strip));
}

const edited = (changes: readonly Change[]): string => applyEdits(TEXT, changeEdits(load(TEXT), changes, () => TEXT));

describe('changes of the model as edits of the text', () => {
  const quantity = { low: 3, high: 3, unit: '1' };
  const cases: readonly (readonly [string, readonly Change[]])[] = [
    ['set a new property', [{ op: 'set', subject: 'C', property: 'zones', value: quantity }]],
    ['set a property of a block on one line', [{ op: 'set', subject: 'A', property: 'replicas', value: quantity }]],
    ['set a property of a component without a block', [{ op: 'set', subject: 'B', property: 'replicas', value: quantity }]],
    ['replace a property', [{ op: 'set', subject: 'C', property: 'replicas', value: { low: 2, high: 8, unit: '1' } }]],
    ['set a property of the system', [{ op: 'set', subject: 'S', property: 'stage', value: 'production' }]],
    ['state a literal', [{ op: 'set', subject: 'C', property: 'slo', value: { state: 'planned', by: '2027-01-31' } }]],
    ['remove a property', [{ op: 'unset', subject: 'C', property: 'replicas' }]],
    ['change the variant', [{ op: 'set-variant', subject: 'C', variant: 'batch' }]],
    ['give a variant', [{ op: 'set-variant', subject: 'B', variant: 'log' }]],
    ['add a component of a kind that was stated to be missing', [{ op: 'add-component', component: { kind: 'registry', name: 'R', variant: 'server', properties: { immutable: true, keeps: quantity } } }]],
    ['add a flow', [{ op: 'add-flow', flow: { from: 'B', to: 'C', properties: { mode: 'async', retries: quantity } } }]],
    ['set a property of one arrow of several', [{ op: 'set-flow', from: 'A', to: 'B', property: 'retries', value: quantity }]],
    ['set a property of a flow', [{ op: 'set-flow', from: 'A', to: 'C', property: 'retries', value: quantity }]],
    ['remove one arrow of several', [{ op: 'remove-flow', from: 'B', to: 'C' }]],
    ['remove all arrows of a statement', [{ op: 'remove-flow', from: 'B', to: 'C' }, { op: 'remove-flow', from: 'A', to: 'B' }]],
    ['remove a component with its flows', [{ op: 'remove-component', name: 'B' }]],
    ['do several things at once', [{ op: 'set', subject: 'C', property: 'zones', value: quantity }, { op: 'set', subject: 'C', property: 'owner', value: 'Team "A"' }, { op: 'add-flow', flow: { from: 'C', to: 'B' } }]],
  ];

  it.each(cases)('%s', (_name, changes) => {
    expect(essence(load(edited(changes)))).toEqual(essence(applyChanges(load(TEXT), changes)));
  });
});

describe('printing', () => {
  const service = vocabulary.kinds['service']?.properties ?? {};
  const read = (key: string, text: string): unknown => {
    const stated = (load(`system S {\n  service X {\n    ${key} ${text}\n  }\n}`).components.get('X')?.properties as Record<string, { state: string; value?: unknown }>)[key];
    return stated?.value;
  };

  it.each([
    ['service_time', { p50: { low: 0.006, high: 0.009, unit: 's' }, p99: { low: 0.014, high: 0.014, unit: 's' } }],
    ['batching', { kind: 'dynamic', max: { low: 16, high: 16, unit: '1' }, wait: { low: 0.004, high: 0.004, unit: 's' } }],
    ['slo', { p99: { low: 0.12, high: 0.12, unit: 's' }, availability: { low: 0.9995, high: 0.9995, unit: '1' } }],
    ['logs', ['model_version', 'join_id']],
    ['segments', ['eu', 'two words']],
    ['budget', { low: 18_000, high: 18_000, unit: 'EUR/month' }],
  ])('%s is read back as it was', (key, value) => {
    const entry = service[key];
    if (!entry) throw new Error(key);
    expect(read(key, printValue(entry.value, value))).toEqual(value);
  });

  it('is read back for every quantity', () => {
    const cases = fc.constantFrom(['loads_in', 's'], ['throughput', 'req/s'], ['response_size', 'B'], ['max_tokens', 'tokens'], ['budget', 'USD/month'], ['token_quota', 'tokens/s'], ['unit_cost', 'USD/req']);
    fc.assert(
      fc.property(cases, fc.double({ min: 1e-6, max: 1e9, noNaN: true }), ([key = '', unit = ''], amount) => {
        const entry = service[key];
        if (!entry) throw new Error(key);
        const value = read(key, printValue(entry.value, { low: amount, high: amount, unit })) as { low: number; unit: string };
        expect(value.unit).toBe(unit);
        expect(Math.abs(value.low - amount) / amount).toBeLessThan(1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a property that is added to a system', () => {
  const added = (text: string): string => applyEdits(text, changeEdits(load(text), [{ op: 'set', subject: 'S', property: 'stage', value: 'pilot' }], () => text));

  it.each([
    ['stands with the first of the others', 'system S {\n  owner "x"\n  criticality high // c\n\n  store A\n  region "r"\n}\n', 'system S {\n  owner "x"\n  criticality high // c\n  stage pilot\n\n  store A\n  region "r"\n}\n'],
    ['stands at the end where there are no others', 'system S {\n  store A\n}\n', 'system S {\n  store A\n  stage pilot\n}\n'],
    ['does not get into a comment', 'system S {\n  owner "x" /* a\n  b */\n  store A\n}\n', 'system S {\n  owner "x" /* a\n  b */\n  store A\n  stage pilot\n}\n'],
    ['of one line opens it up', 'system S { owner "x" }\n', 'system S { owner "x" \n  stage pilot\n}\n'],
  ])('%s', (_, text, expected) => {
    expect(added(text)).toBe(expected);
    expect(load(added(text)).system.properties).toMatchObject({ ...(text.includes('owner') ? { owner: { value: 'x' } } : {}), stage: { value: 'pilot' } });
  });
});
