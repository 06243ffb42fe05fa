import { describe, expect, it } from 'vitest';
import { allenCunneenWait, arrivalChanceFactor, cosmetatosWait, kingmanWait, markovianWait, meanWait, sakasegawaWait } from '../../../../src/analysis/estimation/queueing/waits.ts';
import oracles from '../oracles/queueing.json' with { type: 'json' };
import { constantServiceChain } from './constant-service-chain.ts';
import { expectClose } from './close.ts';

const { constantService, constantServiceManyServers: many, kraemerLangenbachBelz, pollaczekKhinchine } = oracles;

const queue = (servers: number, rho: number, arrivalScv: number, serviceScv: number) => ({ arrivalRate: rho * servers, serviceTime: 1, servers, arrivalScv, serviceScv });

describe('M/D/c', () => {
  it.each(many.cases)('$servers servers at $rho: exact chain, and Cosmetatos within one percent', ({ servers, rho, meanWait: expected, waitProbability }) => {
    const exact = constantServiceChain(servers, rho);
    expectClose(exact.meanWait, expected, many.relativeTolerance);
    expectClose(exact.waitProbability, waitProbability, many.relativeTolerance);
    expectClose(cosmetatosWait(queue(servers, rho, 1, 0)), expected, 0.01);
    expect(meanWait(queue(servers, rho, 1, 0))).toBe(cosmetatosWait(queue(servers, rho, 1, 0)));
  });

  // Errors that the literature and our own chain give for the other approximations, so that nobody takes them for better.
  it.each([
    [2, 0.5, -0.057, -0.006, 0.036],
    [5, 0.8, -0.042, -0.001, -0.002],
    [10, 0.8, -0.069, 0.001, -0.001],
    [10, 0.9, -0.03, 0.003, -0.016],
    [50, 0.9, -0.079, 0.008, -0.03],
  ])('%i servers at %f: errors of Allen-Cunneen, Cosmetatos, Sakasegawa', (servers, rho, ...errors) => {
    const exact = constantServiceChain(servers, rho).meanWait;
    const found = [allenCunneenWait, cosmetatosWait, sakasegawaWait].map((wait) => wait(queue(servers, rho, 1, 0)) / exact - 1);
    found.forEach((error, index) => expect(Math.abs(error - errors[index]!)).toBeLessThan(0.001));
  });

  it.each(constantService.cases)('one server at $rho is exact', ({ rho, meanWait: expected }) => expectClose(meanWait(queue(1, rho, 1, 0)), expected, constantService.relativeTolerance));
});

describe('one server', () => {
  it.each(pollaczekKhinchine.cases)('with any service law waits as Pollaczek and Khinchine say', ({ arrivalRate, meanService, secondMoment, meanWait: expected }) => {
    const station = { arrivalRate, serviceTime: meanService, servers: 1, arrivalScv: 1, serviceScv: secondMoment / meanService ** 2 - 1 };
    expectClose(meanWait(station), expected, 1e-12);
    expectClose(allenCunneenWait(station), expected, 1e-12);
    expectClose(kingmanWait(station), expected, 1e-12);
  });

  it.each(kraemerLangenbachBelz.cases)('with arrivals of variation $arrivalScv and service of $serviceScv', ({ rho, arrivalScv, serviceScv, meanWait: expected }) => expectClose(meanWait(queue(1, rho, arrivalScv, serviceScv)), expected, kraemerLangenbachBelz.relativeTolerance));
});

describe('the wait that estimates use', () => {
  it('with service that varies more than exponential is that of Allen and Cunneen, and with less lies between M/D/c and M/M/c', () => {
    expect(meanWait(queue(7, 0.8, 1, 4))).toBe(allenCunneenWait(queue(7, 0.8, 1, 4)));
    expectClose(meanWait(queue(7, 0.8, 1, 0.25)), 0.75 * cosmetatosWait(queue(7, 0.8, 1, 0)) + 0.25 * markovianWait(queue(7, 0.8, 1, 1)), 1e-12);
  });

  it('is exact for M/M/c, none where nothing varies, and grows with both variations', () => {
    expect(meanWait(queue(7, 0.9, 1, 1))).toBe(markovianWait(queue(7, 0.9, 1, 1)));
    expect(meanWait(queue(7, 0.9, 0, 0))).toBe(0);
    for (const servers of [1, 4, 40]) {
      const byService = [0, 0.25, 0.5, 1, 2, 8].map((scv) => meanWait(queue(servers, 0.8, 1, scv)));
      const byArrivals = [0, 0.25, 0.5, 1, 2, 8].map((scv) => meanWait(queue(servers, 0.8, scv, 1)));
      for (const waits of [byService, byArrivals]) expect(waits).toEqual([...waits].sort((a, b) => a - b));
    }
  });
});

describe('the chance to wait', () => {
  it('is that of Krämer and Langenbach-Belz for one server, and of Poisson arrivals where those are', () => {
    expect(arrivalChanceFactor(queue(3, 0.7, 1, 2))).toBe(1);
    // ρ = .5: 1 + (c − 1)(1 − ρ)h with h = (1 + .5 + .5)/(1 + 0 + .25 · 3) and h = 4 · .5/(2 + .25 · 9).
    expectClose(arrivalChanceFactor(queue(1, 0.5, 0.5, 1)), 1 - 0.25 * (2 / 1.75), 1e-12);
    expectClose(arrivalChanceFactor(queue(1, 0.5, 2, 1)), 1 + 0.5 * (2 / 4.25), 1e-12);
  });
});
