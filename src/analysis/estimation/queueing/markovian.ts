import { erlangC } from './erlang.ts';
import { inverseTail } from './tail-inverse.ts';

/** Poisson arrivals, exponential service, equal servers behind one line. */
export interface MarkovianStation {
  /** Requests per second. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  readonly servers: number;
}

/** Times in seconds; shares between zero and one. */
export interface MarkovianResponse {
  readonly utilisation: number;
  readonly waitProbability: number;
  readonly meanWait: number;
  readonly meanSojourn: number;
  readonly waitTail: (t: number) => number;
  readonly waitQuantile: (p: number) => number;
  readonly sojournTail: (t: number) => number;
  readonly sojournQuantile: (p: number) => number;
}

/** M/M/c, exact; undefined where it does not keep up. Kleinrock, Queueing Systems I, 1975. */
export function markovian({ arrivalRate, serviceTime, servers }: MarkovianStation): MarkovianResponse | undefined {
  const utilisation = (arrivalRate * serviceTime) / servers;
  if (!(utilisation < 1)) return undefined;
  const waitProbability = erlangC(arrivalRate * serviceTime, servers);
  // Seconds that those wait who wait.
  const waited = serviceTime / (servers * (1 - utilisation));
  const sojournTail = exponentialSum(serviceTime, waitProbability, waited);
  return {
    utilisation,
    waitProbability,
    meanWait: waitProbability * waited,
    meanSojourn: waitProbability * waited + serviceTime,
    waitTail: (t) => (t < 0 ? 1 : waitProbability * Math.exp(-t / waited)),
    waitQuantile: (p) => (1 - p >= waitProbability ? 0 : waited * Math.log(waitProbability / (1 - p))),
    sojournTail,
    sojournQuantile: (p) => inverseTail(sojournTail, 1 - p, { time: serviceTime + waitProbability * waited, decay: Math.max(serviceTime, waited) }),
  };
}

/** P(S + W > t) for exponential S and a wait that is none with one chance and exponential with the other. */
export function exponentialSum(serviceTime: number, waitProbability: number, waited: number): (t: number) => number {
  const [mu, theta] = [1 / serviceTime, 1 / waited];
  return (t) => {
    if (!(t > 0)) return 1;
    const served = Math.exp(-mu * t);
    if (!(waitProbability > 0) || theta === Infinity) return served;
    // (e^(−μt) − e^(−θt)) / (θ − μ), whose limit where both rates agree is t·e^(−μt).
    const gap = (theta - mu) * t;
    const rest = Math.abs(gap) < 1e-12 ? t * served : gap > 0 ? (served * -Math.expm1(-gap)) / (theta - mu) : (Math.exp(-theta * t) * -Math.expm1(gap)) / (mu - theta);
    return served + waitProbability * mu * rest;
  };
}
