import { erlangB, erlangC } from '../../src/analysis/estimation/queueing/erlang.ts';
import { finite } from '../../src/analysis/estimation/queueing/finite.ts';
import { markovian } from '../../src/analysis/estimation/queueing/markovian.ts';
import { respond } from '../../src/analysis/estimation/queueing/station.ts';
import type { Case, Comparison } from './comparison.ts';
import { OCTAVE } from './programs.ts';

const SERVERS = [1, 2, 5, 10, 50, 200];
const BUSY = [0.1, 0.5, 0.8, 0.95, 0.999];
const grid = SERVERS.flatMap((servers) => BUSY.map((rho) => ({ servers, rho, load: rho * servers })));
const at = ({ servers, rho }: (typeof grid)[number]): string => `${servers} servers, busy ${rho}`;

/** Mean service time in seconds; no round number, so that a forgotten factor shows. */
const SERVICE = 0.04;

const erlang = grid.map((point): Case => ({ at: at(point), asked: `[erlangb(${point.load}, ${point.servers}), erlangc(${point.load}, ${point.servers})]`, ours: [erlangB(point.load, point.servers), erlangC(point.load, point.servers)] }));

const infinite = grid.map((point): Case => {
  const arrivalRate = point.load / SERVICE;
  const found = markovian({ arrivalRate, serviceTime: SERVICE, servers: point.servers });
  return { at: at(point), asked: `row(@qsmmm, 2, ${arrivalRate}, ${1 / SERVICE}, ${point.servers})`, ours: [found?.utilisation ?? Number.NaN, found?.meanSojourn ?? Number.NaN] };
});

const limited = [...grid.filter(({ servers }) => servers <= 50), ...[1, 5, 10].flatMap((servers) => [1, 1.5, 3].map((rho) => ({ servers, rho, load: rho * servers })))].flatMap((point) =>
  [0, 1, 20].map((room): Case => {
    const arrivalRate = point.load / SERVICE;
    const places = point.servers + room;
    const { meanSojourn, inSystem, loss } = finite({ arrivalRate, serviceTime: SERVICE, servers: point.servers, places });
    return { at: `${at(point)}, ${places} places`, asked: `rejected(${arrivalRate}, ${1 / SERVICE}, ${point.servers}, ${places})`, ours: [meanSojourn, inSystem, loss] };
  }),
);

const general = BUSY.flatMap((rho) =>
  [0, 0.25, 1, 4].map((scv): Case => {
    const arrivalRate = rho / SERVICE;
    const found = respond({ arrivalRate, serviceTime: SERVICE, servers: 1, arrivalScv: 1, serviceScv: scv });
    return { at: `busy ${rho}, variation ${scv}`, asked: `row(@qsmg1, 2, ${arrivalRate}, ${SERVICE}, ${(1 + scv) * SERVICE ** 2})`, ours: 'saturated' in found ? [Number.NaN, Number.NaN] : [found.utilisation, found.mean] };
  }),
);

/** Octave functions that turn several results into a row. */
export const PREAMBLE = `1;
warning("off", "all");
pkg load queueing
function r = row(f, n, varargin)
  out = cell(1, n); [out{:}] = f(varargin{:}); r = [out{:}];
end
function r = rejected(lambda, mu, m, K)
  [U, R, Q, X, p0, pK] = qsmmmk(lambda, mu, m, K); r = [R, Q, pK];
end
`;

export const QUEUEING: readonly Comparison[] = [
  { name: 'Erlang B and C (erlangb, erlangc)', oracle: OCTAVE, tolerance: 1e-10, cases: erlang },
  { name: 'M/M/c (qsmmm)', oracle: OCTAVE, tolerance: 1e-10, cases: infinite },
  { name: 'M/M/c/K (qsmmmk)', oracle: OCTAVE, tolerance: 1e-9, cases: limited },
  { name: 'M/G/1 (qsmg1)', oracle: OCTAVE, tolerance: 1e-10, cases: general },
];
