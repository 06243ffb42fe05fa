import { inverseTail } from './tail-inverse.ts';

/** One exponential part of a law; weights of a law add up to one, and one of them may be negative. */
export interface Phase {
  readonly weight: number;
  /** Seconds. */
  readonly mean: number;
}

/** A wait that is none for some, and for the others a law of at most two exponential parts. */
export interface WaitLaw {
  readonly probability: number;
  readonly phases: readonly Phase[];
}

export const NO_WAIT: WaitLaw = { probability: 0, phases: [] };

/** A sum of two exponential times cannot vary less than this; a little above, since its two parts cancel at the limit. */
const LEAST_SCV = 0.52;

/**
 * Phases with a mean and a squared coefficient of variation: a sum of two exponential times below one, a mixture of two
 * with balanced means above. Tijms, A First Course in Stochastic Models, 2003, appendix B.
 */
export function phasesOf(mean: number, scv: number): readonly Phase[] {
  if (Math.abs(scv - 1) < 1e-9) return [{ weight: 1, mean }];
  if (scv < 1) {
    const spread = Math.sqrt(2 * Math.max(LEAST_SCV, scv) - 1);
    const [long, short] = [(mean * (1 + spread)) / 2, (mean * (1 - spread)) / 2];
    return [{ weight: (1 + spread) / (2 * spread), mean: long }, { weight: (spread - 1) / (2 * spread), mean: short }];
  }
  const share = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return [{ weight: share, mean: mean / (2 * share) }, { weight: 1 - share, mean: mean / (2 * (1 - share)) }];
}

/**
 * Squared coefficient of variation of the wait of those that wait. For M/G/1 it is a straight line in the busy share, from
 * that of the rest of a service under way to one (from the moments of Takács); with many servers the first of them to end
 * decides, which for constant service varies by c/(c + 2), so the line starts closer to one.
 */
export function waitScv(utilisation: number, servers: number, serviceScv: number): number {
  const rest = (1 + 5 * serviceScv) / (3 * (1 + serviceScv));
  return 1 + ((1 - utilisation) * (rest - 1) * 3) / (servers + 2);
}

/** P(W > t) for t from zero on. */
export const waitTail = ({ probability, phases }: WaitLaw, t: number): number => probability * phases.reduce((sum, { weight, mean }) => sum + weight * Math.exp(-t / mean), 0);

/** The wait that a share `p` of the requests does not exceed. */
export function waitQuantile(law: WaitLaw, p: number): number {
  if (1 - p >= law.probability) return 0;
  const [first, second] = law.phases;
  if (!first) return 0;
  if (!second) return first.mean * Math.log(law.probability / (1 - p));
  return inverseTail((t) => waitTail(law, t), 1 - p, { time: first.mean, decay: first.mean });
}

/** E[Wⁿ] for n = 1, 2, 3. */
export const waitMoment = ({ probability, phases }: WaitLaw, power: 1 | 2 | 3): number => probability * (power === 3 ? 6 : power) * phases.reduce((sum, { weight, mean }) => sum + weight * mean ** power, 0);
