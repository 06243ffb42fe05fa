import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB, erlangC, halfinWhitt } from '../../../../src/analysis/estimation/queueing/erlang.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { expectClose } from './close.ts';

const { erlang, halfinWhitt: limits } = oracles;

/** The recursion of the textbooks, to compare with. */
const recursion = (load: number, servers: number): number => {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
};

describe('Erlang B and C', () => {
  it.each(erlang.cases)('at a load of $load on $servers servers', ({ load, servers, B, C }) => {
    expectClose(erlangB(load, servers), B, erlang.relativeTolerance);
    expectClose(erlangC(load, servers), C, erlang.relativeTolerance);
  });

  it('agree with the recursion at any load', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0.01, max: 5, noNaN: true }), (servers, rho) => {
      const expected = recursion(rho * servers, servers);
      fc.pre(expected > 1e-290);
      expectClose(erlangB(rho * servers, servers), expected, 1e-11);
    }));
  });

  it('hold for a million servers, where the limit law is near', () => {
    for (const beta of [0.1, 1, 2]) {
      const servers = 1_000_000;
      const load = servers - beta * 1000;
      expectClose(erlangC(load, servers), recursion(load, servers) / (1 - (load / servers) * (1 - recursion(load, servers))), 1e-8);
      expectClose(erlangC(load, servers), halfinWhitt(beta), 5e-3);
    }
  });

  it('are none without load and one where servers cannot keep up', () => {
    expect([erlangC(0, 3), erlangC(-1, 3), erlangC(Number.NaN, 3), erlangB(0, 3)]).toEqual([0, 0, 0, 0]);
    expect([erlangC(3, 3), erlangC(1e9, 3), erlangB(2, 0)]).toEqual([1, 1, 1]);
    expect(erlangC(1e-300, 1_000_000)).toBe(0);
  });

  it('rises with the load and falls with servers', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.05, max: 0.99, noNaN: true }), fc.double({ min: 1.001, max: 1.5, noNaN: true }), (servers, rho, more) => {
      const load = rho * servers;
      expect(erlangC(Math.min(load * more, servers), servers)).toBeGreaterThanOrEqual(erlangC(load, servers));
      expect(erlangC(load, servers + 1)).toBeLessThanOrEqual(erlangC(load, servers));
    }));
  });

  it('a pool never waits more often than its parts', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 10 }), fc.double({ min: 0.05, max: 0.99, noNaN: true }), (servers, parts, rho) => {
      expect(erlangC(rho * servers * parts, servers * parts)).toBeLessThanOrEqual(erlangC(rho * servers, servers) * (1 + 1e-12));
    }));
  });
});

describe('the limit of many servers', () => {
  // The reference is rounded to six decimals.
  it.each(limits.cases)('at β = $beta', ({ beta, waitProbability }) => expect(Math.abs(halfinWhitt(beta) - waitProbability)).toBeLessThan(5e-7));

  it('is certain without spare servers and none with very many', () => {
    expect([halfinWhitt(0), halfinWhitt(-1), halfinWhitt(1e6)]).toEqual([1, 1, 0]);
  });
});
