import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saidOf, verdictOf } from '../../support/rules.ts';

const store = (properties = ''): string => `  store A { ${properties} }`;

describe('what is declared of a property', () => {
  it.each([
    ['backup', 'backup scheduled', 'true'],
    ['backup', 'backup none', 'false'],
    ['backup', '', 'unknown'],
    ['backup', 'backup unknown', 'unknown'],
    ['backup', 'backup n/a because "ephemeral"', 'n/a'],
    ['backup', 'backup planned by 2027-03-31', 'planned'],
    ['backup', 'complete', 'false'],
    ['versioned', 'versioned no', 'false'],
    ['backup declared', '', 'false'],
    ['backup declared', 'backup none', 'true'],
    ['backup declared', 'backup unknown', 'false'],
    ['backup is scheduled', 'backup scheduled', 'true'],
    ['backup is scheduled', 'backup continuous', 'false'],
    ['backup is [scheduled, continuous]', 'backup continuous', 'true'],
    ['backup is not scheduled', 'backup scheduled', 'false'],
    ['backup is not scheduled', '', 'unknown'],
    ['backup is none', 'backup none', 'true'],
    ['backup is none', 'backup scheduled', 'false'],
    ['backup is none', '', 'unknown'],
    ['versioned is no', 'versioned no', 'true'],
    ['versioned is no', 'versioned', 'false'],
    ['technology is postgresql', 'technology postgresql', 'true'],
    ['owner is "Risk"', 'owner "Risk"', 'true'],
    ['contains has pii', 'contains [pii, financial]', 'true'],
    ['contains has [pii, health]', 'contains [pii, financial]', 'false'],
    ['contains has any [pii, health]', 'contains [pii, financial]', 'true'],
    ['contains has pii', '', 'unknown'],
    ['tags has payments', 'tags [payments]', 'true'],
    ['recovery.rto <= 4 h', 'recovery rto 2 h', 'true'],
    ['recovery.rto <= 4 h', 'recovery rpo 2 h', 'unknown'],
    ['recovery.rto <= 4 h', 'recovery rpo 2 h complete', 'false'],
    ['recovery.rto', 'recovery rto 2 h', 'true'],
  ])('%s of a store with "%s" is %s', (condition, properties, verdict) => {
    expect(verdictOf(condition, store(properties))).toBe(verdict);
  });
});

describe('numbers', () => {
  it.each([
    ['retention >= 30 days', '90 days', 'true'],
    ['retention >= 30 days', '30 days', 'true'],
    ['retention > 30 days', '30 days', 'false'],
    ['retention >= 30 days', '1 week', 'false'],
    ['retention >= 30 days', '1..90 days', 'unknown'],
    ['retention < 30 days', '1..29 days', 'true'],
    ['retention <= 720 h', '30 days', 'true'],
    ['retention = 30 days', '720 h', 'true'],
    ['retention is 30 days', '31 days', 'false'],
  ])('%s of %s is %s', (condition, declared, verdict) => {
    expect(verdictOf(condition, store(`retention ${declared}`))).toBe(verdict);
  });

  it('are not compared across currencies', () => {
    expect(verdictOf('cost <= 100 USD/month', store('cost 90 EUR/month'))).toBe('unknown');
  });
});

describe('and, or, not', () => {
  const TERMS = { true: 'backup is scheduled', false: 'backup is continuous', unknown: 'versioned', 'n/a': 'audit_log' } as const;
  type Value = keyof typeof TERMS;
  const members = store('backup scheduled audit_log n/a because "no access"');
  const order: readonly Value[] = ['false', 'unknown', 'true'];
  /** Kleene's; what is not applicable is left out. */
  const both = (a: Value, b: Value): Value => (a === 'n/a' ? b : b === 'n/a' ? a : (order[Math.min(order.indexOf(a), order.indexOf(b))] ?? a));
  const either = (a: Value, b: Value): Value => (a === 'n/a' ? b : b === 'n/a' ? a : (order[Math.max(order.indexOf(a), order.indexOf(b))] ?? a));
  const opposite = (a: Value): Value => (a === 'true' ? 'false' : a === 'false' ? 'true' : a);

  interface Tree { readonly text: string; readonly value: Value }
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...(Object.keys(TERMS) as Value[])).map((value): Tree => ({ text: TERMS[value], value })),
      fc.tuple(tie('tree'), tie('tree'), fc.boolean()).map(([a, b, and]): Tree => ({ text: `(${a.text}) ${and ? 'and' : 'or'} (${b.text})`, value: (and ? both : either)(a.value, b.value) })),
      tie('tree').map((a): Tree => ({ text: `not (${a.text})`, value: opposite(a.value) })),
    ),
  }));

  it('follow three-valued logic', () => {
    fc.assert(fc.property(tree, ({ text, value }) => { expect(verdictOf(text, members)).toBe(value); }), { numRuns: 150 });
  });

  it('forbids what it would require the opposite of', () => {
    fc.assert(
      fc.property(tree, ({ text }) => {
        expect(saidOf(`  for store\n  forbid ${text}`, members)).toEqual(saidOf(`  for store\n  require not (${text})`, members));
      }),
      { numRuns: 100 },
    );
  });

  it('binds not before and before or', () => {
    expect(verdictOf('backup is scheduled or versioned and backup is continuous', members)).toBe('true');
    expect(verdictOf('not backup is continuous and backup is scheduled', members)).toBe('true');
  });
});

describe('relations', () => {
  const chain = '  source A\n  ingestion B\n  store C : log\n  training D\n  A -> B -> C -> D';
  it.each([
    ['reaches training', chain, 'true'],
    ['reaches store : log', chain, 'true'],
    ['reaches store : vector', `${chain}\n  store E : vector`, 'false'],
    ['reaches store : vector', chain, 'unknown'],
    ['reaches monitor', `${chain}\n  monitor none`, 'false'],
    ['reaches monitor', chain, 'unknown'],
    ['reaches training where owner', chain, 'unknown'],
    ['reaches training where owner is "X"', chain.replace('training D', 'training D { owner "X" }'), 'true'],
    ['reaches training where owner is "X"', chain.replace('training D', 'training D { owner "Y" }'), 'unknown'],
    ['reaches source', chain, 'false'],
    ['some training', chain, 'true'],
    ['some monitor', `${chain}\n  monitor none`, 'false'],
    ['some monitor', chain, 'unknown'],
  ])('%s', (condition, members, verdict) => {
    expect(verdictOf(condition, members, 'source')).toBe(verdict);
  });

  it('are followed against their direction too', () => {
    expect(verdictOf('reached by source', chain, 'training')).toBe('true');
    expect(verdictOf('reached by training', chain, 'training')).toBe('false');
  });

  const calls = '  consumer App\n  gateway Edge\n  service A\n  App -> Edge -> A { sync }';
  it.each([
    ['called by gateway', calls, 'true'],
    ['called by consumer', calls, 'false'],
    ['calls gateway', calls, 'false'],
    ['dominated by gateway', calls, 'true'],
    ['dominated by gateway', `${calls}\n  App -> A { sync }`, 'false'],
    ['dominated by gateway where auth', calls, 'unknown'],
    ['dominated by gateway', '  consumer App\n  gateway Edge\n  service A\n  App -> Edge { sync }', 'n/a'],
    ['dominates gateway', calls, 'false'],
  ])('%s', (condition, members, verdict) => {
    expect(verdictOf(condition, members, 'service')).toBe(verdict);
  });

  it('says which component stands before others', () => {
    expect(saidOf('  for gateway\n  forbid dominates service', calls)).toEqual(['gap gateway Edge A Edge']);
  });

  describe('every path', () => {
    const gated = '  source A\n  validation V { blocking yes }\n  store C\n  training D\n  A -> V -> C -> D';
    it.each([
      ['a gate on the only way', gated, ['satisfied A']],
      ['a side door', `${gated}\n  A -> C`, ['gap source A D A → C → D']],
      ['a gate of which nobody said whether it blocks', gated.replace(' { blocking yes }', ''), ['question V.blocking']],
      ['a gate that only warns', gated.replace('blocking yes', 'blocking no'), ['gap source A D A → V → C → D']],
      ['no way at all', '  source A\n  training D', ['not-applicable A']],
    ])('%s', (_, members, said) => {
      expect(saidOf('  for source\n  require every path to training passes validation where blocking', members)).toEqual(said);
    });

    it('is asked from the other end too', () => {
      expect(saidOf('  for training\n  require every path from source passes validation where blocking', `${gated}\n  A -> C`)).toEqual(['gap training D A A → C → D']);
    });
  });
});

describe('what a rule is about', () => {
  const two = '  store A { contains [pii] backup none }\n  store B { contains [public] backup none }';
  it.each([
    ['for store', two, ['gap store A A A', 'gap store B B B']],
    ['for store where contains has pii', two, ['gap store A A A']],
    ['for store except contains has pii', two, ['gap store B B B']],
    ['for [store, source] where contains has pii', two, ['gap store A A A']],
    ['for component where contains has pii', two, ['gap store A A A']],
    ['for store : vector', '  store A : vector { backup none }\n  store B : log { backup none }', ['gap store A A A']],
    ['for store : vector', '  store A { backup none }', ['question A']],
    ['for store where contains has pii', '  store A { backup none }', ['question A.contains']],
    ['for store except contains has pii', '  store A { backup none }', ['gap store A A A']],
    ['for store where contains has pii', [...'ABCDE'].map((name) => `  store ${name} { backup none }`).join('\n'), ['not-applicable ']],
    ['for store', '  monitor none', []],
  ])('%s', (line, members, said) => {
    expect(saidOf(`  ${line}\n  require backup`, members)).toEqual(said);
  });

  it('is the system', () => {
    expect(saidOf('  for system where affects has people\n  require owner', '  affects [people]\n  owner none')).toEqual(['gap system S S S']);
    expect(saidOf('  for system where affects has people\n  require owner', '  affects [money]\n  owner none')).toEqual([]);
  });

  it('is each flow', () => {
    expect(saidOf('  for flow\n  require timeout', '  service A\n  service B\n  A -> B { timeout none }')).toEqual(['gap flow A -> B A -> B A -> B']);
  });
});

describe('questions', () => {
  it('are asked once of an element, whatever waits for it', () => {
    const members = '  source A\n  source B\n  validation V\n  training D\n  A -> V -> D\n  B -> V';
    expect(saidOf('  for source\n  require every path to training passes validation where blocking', members)).toEqual(['question V.blocking']);
  });

  it('name every property that is open', () => {
    expect(saidOf('  for store\n  require backup and versioned', store())).toEqual(['question A.backup']);
  });
});
