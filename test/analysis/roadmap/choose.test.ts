import fc from 'fast-check';
import { expect, it } from 'vitest';
import { choose, type Candidate } from '../../../src/analysis/roadmap/choose.ts';

const WEIGHTS = { effortExponent: 0.7, unlock: 0.5 };

const candidate = (id: string, closes: Readonly<Record<string, number>>, more: Partial<Candidate> = {}): Candidate => ({ id, closes: new Map(Object.entries(closes)), days: 3, prerequisites: [], severity: 2, urgent: false, ...more });
const risksOf = (risks: Readonly<Record<string, number>>) => new Map(Object.entries(risks));
const idsOf = (...args: Parameters<typeof choose>): string[] => choose(...args).map(({ id }) => id);

it('puts first what removes most risk for its effort', () => {
  const risks = risksOf({ f: 10, g: 12 });
  expect(idsOf([candidate('long', { g: 1 }, { days: 40 }), candidate('short', { f: 1 }, { days: 3 })], risks, WEIGHTS)).toEqual(['short', 'long']);
  expect(idsOf([candidate('long', { g: 1 }, { days: 40 }), candidate('short', { f: 1 }, { days: 3 })], risks, { ...WEIGHTS, effortExponent: 0 })).toEqual(['long', 'short']);
});

it('counts what several close once, and leaves out what is closed already', () => {
  const chosen = choose([candidate('both', { f: 1, g: 1 }), candidate('one', { f: 1 }), candidate('rest', { g: 1, h: 1 })], risksOf({ f: 5, g: 5, h: 3 }), WEIGHTS);
  expect(chosen.map(({ id, removed }) => [id, removed])).toEqual([['both', 10], ['rest', 3]]);
});

it('takes a prerequisite before what waits for it, and counts what it unlocks', () => {
  const chosen = choose([candidate('log', { a: 1 }), candidate('monitor', { b: 1 }, { prerequisites: ['log'] }), candidate('other', { c: 1 })], risksOf({ a: 1, b: 20, c: 9 }), WEIGHTS);
  expect(chosen.map(({ id }) => id)).toEqual(['log', 'monitor', 'other']);
  expect(chosen[0]).toMatchObject({ removed: 1, unlocked: 20 });
});

it('does not wait for a prerequisite whose findings another action has closed', () => {
  expect(idsOf([candidate('wide', { a: 1, z: 1 }), candidate('log', { a: 1 }), candidate('monitor', { b: 1 }, { prerequisites: ['log'] })], risksOf({ a: 5, z: 30, b: 2 }), WEIGHTS)).toEqual(['wide', 'monitor']);
});

it('begins with an urgent action, and orders the rest by worth', () => {
  expect(idsOf([candidate('big', { a: 1 }), candidate('fire', { b: 1 }, { urgent: true }), candidate('fire too', { c: 1 }, { urgent: true })], risksOf({ a: 30, b: 2, c: 1 }), WEIGHTS)).toEqual(['fire', 'big', 'fire too']);
});

it('orders everything even where actions wait for each other', () => {
  expect(idsOf([candidate('a', { a: 1 }, { prerequisites: ['b'] }), candidate('b', { b: 1 }, { prerequisites: ['a'] })], risksOf({ a: 1, b: 2 }), WEIGHTS)).toHaveLength(2);
});

const FINDINGS = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5'];
const shares = fc.uniqueArray(fc.tuple(fc.constantFrom(...FINDINGS), fc.constantFrom(0.25, 0.5, 1)), { minLength: 1, maxLength: 4, selector: ([id]) => id });
/** Up to seven candidates; each may wait for ones before it, so that nothing waits for itself. */
const cases = fc.record({
  risks: fc.tuple(...FINDINGS.map(() => fc.integer({ min: 1, max: 40 }))),
  drafts: fc.array(fc.record({ closes: shares, days: fc.constantFrom(3, 10, 40), severity: fc.integer({ min: 0, max: 3 }), urgent: fc.boolean(), waits: fc.array(fc.nat(5), { maxLength: 2 }) }), { minLength: 1, maxLength: 7 }),
});

it('gives the order that trying all choices of five gives', () => {
  fc.assert(
    fc.property(cases, ({ risks, drafts }) => {
      const weigh = new Map(FINDINGS.map((id, index) => [id, risks[index] ?? 0]));
      const candidates = drafts.map(({ closes, days, severity, urgent, waits }, index): Candidate => ({ id: `a${index}`, closes: new Map(closes), days, severity, urgent, prerequisites: [...new Set(waits.filter((before) => before < index).map((before) => `a${before}`))] }));
      expect(idsOf(candidates, weigh, WEIGHTS).slice(0, 5)).toEqual(bestOfAll(candidates, weigh, 5));
    }),
    { numRuns: 150 },
  );
});

/** Tries every order of up to `size` candidates, and keeps the one whose steps are worth most, compared from the first step on. */
function bestOfAll(candidates: readonly Candidate[], risks: ReadonlyMap<string, number>, size: number): string[] {
  let best: { readonly ids: string[]; readonly worth: readonly (readonly [number, number, number, number, string])[] } | undefined;
  const visit = (chosen: readonly Candidate[], worth: readonly (readonly [number, number, number, number, string])[]): void => {
    const next = candidates.filter((one) => !chosen.includes(one) && isOpen(one, chosen) && one.prerequisites.every((id) => isMet(id, chosen, candidates)));
    if (chosen.length === size || next.length === 0) {
      if (!best || isBetter(worth, best.worth)) best = { ids: chosen.map(({ id }) => id), worth };
      return;
    }
    const someUrgent = chosen.length === 0 && next.some(({ urgent }) => urgent);
    for (const one of next) visit([...chosen, one], [...worth, [someUrgent && one.urgent ? 1 : 0, valueOf(one, chosen, candidates, risks), one.severity, -one.days, one.id]]);
  };
  visit([], []);
  return best?.ids ?? [];
}

/** Risk that a set of actions removes: of each finding the largest share that one of them does. */
const removal = (set: readonly Candidate[], risks: ReadonlyMap<string, number>): number => [...risks].reduce((sum, [id, risk]) => sum + risk * Math.max(0, ...set.map(({ closes }) => closes.get(id) ?? 0)), 0);
const isOpen = ({ closes }: Candidate, chosen: readonly Candidate[]): boolean => [...closes].some(([id, share]) => share > Math.max(0, ...chosen.map((other) => other.closes.get(id) ?? 0)));
const isMet = (id: string, chosen: readonly Candidate[], all: readonly Candidate[]): boolean => chosen.some((one) => one.id === id) || all.every((one) => one.id !== id || !isOpen(one, chosen));

function valueOf(one: Candidate, chosen: readonly Candidate[], all: readonly Candidate[], risks: ReadonlyMap<string, number>): number {
  const waiting = new Set([one.id]);
  for (let before = -1; before !== waiting.size; ) {
    before = waiting.size;
    for (const other of all) if (other.prerequisites.some((id) => waiting.has(id))) waiting.add(other.id);
  }
  const later = all.filter((other) => other !== one && waiting.has(other.id) && !chosen.includes(other));
  const removed = removal([...chosen, one], risks) - removal(chosen, risks);
  const unlocked = removal([...chosen, one, ...later], risks) - removal([...chosen, one], risks);
  return (removed + 0.5 * unlocked) / one.days ** 0.7;
}

function isBetter(a: readonly (readonly [number, number, number, number, string])[], b: readonly (readonly [number, number, number, number, string])[]): boolean {
  for (let step = 0; step < Math.max(a.length, b.length); step += 1) {
    const [x, y] = [a[step], b[step]];
    if (!x || !y) return a.length > b.length;
    for (const index of [0, 1, 2, 3] as const) if (Math.abs(x[index] - y[index]) > 1e-9) return x[index] > y[index];
    if (x[4] !== y[4]) return x[4] < y[4];
  }
  return false;
}
