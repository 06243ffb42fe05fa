import { lowerGammaInverse } from '../../statistics/special-functions.ts';
import { remembered, type Latency } from '../latency/distribution.ts';
import { erlangC } from './erlang.ts';
import { isConstant, isRare, sojournTail } from './sojourn.ts';
import { gammaLikeQuantile, inverseTail } from './tail-inverse.ts';
import { NO_WAIT, phasesOf, waitMoment, waitQuantile, waitScv, type WaitLaw } from './wait-law.ts';
import { arrivalChanceFactor, meanWait, utilisationOf, type Queue } from './waits.ts';

/** Equal servers behind one line. */
export type Station = Queue;

/** The time in the system of a station that keeps up: waiting and service. */
export interface Response extends Latency {
  /** Busy share of the servers, below one. */
  readonly utilisation: number;
  readonly waitProbability: number;
  /** Seconds. */
  readonly meanWait: number;
  /** So close to full that a small error of the traffic is a large one of the latency: what is told is a lower bound. */
  readonly nearSaturation: boolean;
  /** Where the approximation is known to be worse than its table says. */
  readonly notes: readonly StationNote[];
}

export type StationNote = 'near saturation' | 'heavy-tailed service' | 'bursty arrivals';

/** A station that gets more than it takes, or as much: its queue grows without end. */
export interface Saturated {
  readonly saturated: true;
  readonly utilisation: number;
  /** Capacity over demand: the factor of today’s traffic that it could take. */
  readonly multiple: number;
}

/** Above this busy share latency is not predictable. */
export const NEAR_SATURATION = 0.95;
const HEAVY_TAIL = 4;
const BURSTY = 2;

/**
 * The time in a G/G/c station. Waiting is none with the chance not to wait, else a law of two exponential parts with the
 * approximate mean and variation; service is a gamma law. Exact for M/M/c. Against 375 simulated stations (1 to 50 servers,
 * busy 50 to 95 %) p99 is off by 1 % in the middle and 5 % in nine of ten cases with Poisson arrivals, by 2 % and 10 % with
 * any. Figures that are no numbers or have no servers count as saturated.
 */
export function respond(station: Station): Response | Saturated {
  const utilisation = utilisationOf(station);
  if (!(utilisation < 1)) return { saturated: true, utilisation, multiple: 1 / utilisation };
  const { serviceTime, serviceScv } = station;
  const wait = waitLawOf(station);
  const tail = sojournTail({ serviceTime, serviceScv, wait });
  const [first, second, third] = [waitMoment(wait, 1), waitMoment(wait, 2), waitMoment(wait, 3)];
  const mean = serviceTime + first;
  const variance = serviceScv * serviceTime ** 2 + second - first ** 2;
  return {
    utilisation,
    waitProbability: wait.probability,
    meanWait: first,
    mean,
    variance,
    thirdCumulant: 2 * serviceScv ** 2 * serviceTime ** 3 + third - 3 * first * second + 2 * first ** 3,
    tail,
    quantile: quantileOf(station, wait, tail, { mean, variance }),
    nearSaturation: utilisation > NEAR_SATURATION,
    notes: notesOf(station, utilisation),
  };
}

function quantileOf({ serviceTime, serviceScv }: Station, wait: WaitLaw, tail: Response['tail'], { mean, variance }: Pick<Response, 'mean' | 'variance'>): Response['quantile'] {
  if (isConstant(serviceScv)) return (p) => serviceTime + waitQuantile(wait, p);
  if (isRare(wait)) return remembered((p) => serviceTime * serviceScv * lowerGammaInverse(1 / serviceScv, p));
  return remembered((p) => inverseTail(tail, 1 - p, gammaLikeQuantile(mean, variance, p)));
}

/** The waiting time of a station that keeps up. */
export function waitLawOf(station: Station): WaitLaw {
  const { serviceTime, serviceScv, arrivalRate, servers } = station;
  const erlang = erlangC(arrivalRate * serviceTime, servers);
  const probability = Math.min(1, erlang * arrivalChanceFactor(station));
  const mean = erlang > LEAST_CHANCE ? meanWait(station) : 0;
  // An arrival process that never makes anybody wait has no chance to wait either.
  if (!(mean > 0)) return NO_WAIT;
  return { probability, phases: phasesOf(mean / probability, waitScv(utilisationOf(station), servers, serviceScv)) };
}

/** Chances to wait below this are too close to the least number for a mean wait to be divided by them. */
const LEAST_CHANCE = 1e-280;

function notesOf({ arrivalScv, serviceScv }: Station, utilisation: number): StationNote[] {
  const notes: StationNote[] = [];
  if (utilisation > NEAR_SATURATION) notes.push('near saturation');
  if (serviceScv > HEAVY_TAIL) notes.push('heavy-tailed service');
  if (arrivalScv > BURSTY) notes.push('bursty arrivals');
  return notes;
}
