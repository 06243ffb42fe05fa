import { SECONDS_PER_MONTH } from '../../../model/units.ts';

/** Models on machines of one’s own, against a price a token. */
export interface SelfHosting {
  /** Money a month for one replica with all its accelerators. */
  readonly replicaPerMonth: number;
  /** Tokens a second, input and output together, that one replica carries within the latency objective: derived, not a data sheet’s. */
  readonly throughput: number;
  /** Replicas that run in any case, such as two so that one may fail. */
  readonly minReplicas?: number;
  /** Peak rate over mean rate where replicas stay on for the peak; 1 where they follow the load. */
  readonly peakFactor?: number;
  /** Money a month beside the machines: people, licences. */
  readonly fixedPerMonth?: number;
}

/** From how many tokens a month on one’s own machines cost less than a price a token, and whether that can be reached. */
export interface BreakEven {
  /** Tokens a month from which the machines can be the cheaper way; infinite where they never are. */
  readonly tokensPerMonth: number;
  /** Replicas at that volume. */
  readonly replicas: number;
  /** From here on they stay cheaper; between the two a new replica may turn it for a while. */
  readonly alwaysFrom: number;
  /** Mean share of the throughput within the objective that a replica must be used for to pay for itself; above 1 it never does. */
  readonly requiredUtilisation: number;
  /** Highest mean utilisation that the peak leaves: one over the peak factor. */
  readonly feasibleUtilisation: number;
  readonly verdict: 'feasible' | 'never';
}

/** Inputs with which there is no answer, and why. */
export interface NoBreakEven {
  readonly problem: string;
}

/**
 * The volume at which n replicas and fixed costs equal the bill for the tokens: t = (n c + F)/p, with as many replicas as
 * carry t within the latency objective at the peak.
 *
 * @param pricePerToken Blended price of the interface, money a token.
 */
export function breakEven(hosting: SelfHosting, pricePerToken: number): BreakEven | NoBreakEven {
  const { replicaPerMonth, throughput, minReplicas = 1, peakFactor = 1, fixedPerMonth = 0 } = hosting;
  const problem = problemOf(hosting, pricePerToken);
  if (problem !== undefined) return { problem };
  // Tokens a month that one replica carries when the peak is carried too.
  const carried = (throughput * SECONDS_PER_MONTH) / peakFactor;
  const requiredUtilisation = replicaPerMonth / (pricePerToken * throughput * SECONDS_PER_MONTH);
  const feasibleUtilisation = 1 / peakFactor;
  const gain = pricePerToken * carried - replicaPerMonth;
  if (gain <= 0) return { tokensPerMonth: Number.POSITIVE_INFINITY, alwaysFrom: Number.POSITIVE_INFINITY, replicas: 0, requiredUtilisation, feasibleUtilisation, verdict: 'never' };
  const whole = (count: number): number => Math.max(minReplicas, Math.ceil(Number(count.toPrecision(12))));
  const replicas = whole(fixedPerMonth / gain);
  const costWith = (count: number): number => count * replicaPerMonth + fixedPerMonth;
  // When n replicas are full and one more is started, the n full ones must pay for it.
  const full = whole((replicaPerMonth + fixedPerMonth) / gain);
  return {
    tokensPerMonth: costWith(replicas) / pricePerToken,
    replicas,
    alwaysFrom: Math.max(costWith(replicas), full > replicas ? costWith(full) : 0) / pricePerToken,
    requiredUtilisation,
    feasibleUtilisation,
    verdict: 'feasible',
  };
}

/** What a volume costs both ways. */
export interface AtVolume {
  readonly selfHosted: number;
  readonly paidByUse: number;
  readonly replicas: number;
  /** Mean share of the throughput within the objective, 0 to 1. */
  readonly utilisation: number;
  readonly cheaper: 'self-hosted' | 'paid by use';
}

export function atVolume(hosting: SelfHosting, pricePerToken: number, tokensPerMonth: number): AtVolume | NoBreakEven {
  const { replicaPerMonth, throughput, minReplicas = 1, peakFactor = 1, fixedPerMonth = 0 } = hosting;
  const problem = problemOf(hosting, pricePerToken) ?? (tokensPerMonth >= 0 && Number.isFinite(tokensPerMonth) ? undefined : `${tokensPerMonth} tokens a month are asked for`);
  if (problem !== undefined) return { problem };
  const capacity = throughput * SECONDS_PER_MONTH;
  const replicas = Math.max(minReplicas, Math.ceil(Number(((tokensPerMonth * peakFactor) / capacity).toPrecision(12))));
  const [selfHosted, paidByUse] = [replicas * replicaPerMonth + fixedPerMonth, tokensPerMonth * pricePerToken];
  return { selfHosted, paidByUse, replicas, utilisation: tokensPerMonth / (replicas * capacity), cheaper: selfHosted < paidByUse ? 'self-hosted' : 'paid by use' };
}

function problemOf({ replicaPerMonth, throughput, minReplicas = 1, peakFactor = 1, fixedPerMonth = 0 }: SelfHosting, pricePerToken: number): string | undefined {
  if (!(pricePerToken > 0) || !Number.isFinite(pricePerToken)) return `the price of a token is ${pricePerToken}`;
  if (!(throughput > 0) || !Number.isFinite(throughput)) return `a replica carries ${throughput} tokens a second within the latency objective`;
  if (!(replicaPerMonth >= 0) || !Number.isFinite(replicaPerMonth)) return `a replica costs ${replicaPerMonth} a month`;
  if (!(fixedPerMonth >= 0) || !Number.isFinite(fixedPerMonth)) return `fixed costs are ${fixedPerMonth} a month`;
  if (!Number.isInteger(minReplicas) || minReplicas < 1) return `at least ${minReplicas} replicas run`;
  return peakFactor >= 1 && Number.isFinite(peakFactor) ? undefined : `the peak is ${peakFactor} times the mean`;
}
