import { erlangC } from './erlang.ts';

/** Mean waits in queues with c equal servers and one line. Times in seconds; `load` is arrival rate × mean service time. */
export interface Queue {
  /** Arrivals per second. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  readonly servers: number;
  /** Squared coefficients of variation of the times between arrivals and of the service times; 1 is Poisson and exponential. */
  readonly arrivalScv: number;
  readonly serviceScv: number;
}

export const utilisationOf = ({ arrivalRate, serviceTime, servers }: Queue): number => (arrivalRate * serviceTime) / servers;

/** M/M/c, exact. */
export function markovianWait(queue: Queue): number {
  const { arrivalRate, serviceTime, servers } = queue;
  return (erlangC(arrivalRate * serviceTime, servers) * serviceTime) / (servers * (1 - utilisationOf(queue)));
}

/** Allen and Cunneen: the Markovian wait times the mean of the two variations. Exact for M/M/c and M/G/1. */
export const allenCunneenWait = (queue: Queue): number => (markovianWait(queue) * (queue.arrivalScv + queue.serviceScv)) / 2;

/** Kingman’s bound for one server. */
export const kingmanWait = (queue: Queue): number => {
  const rho = utilisationOf(queue);
  return (rho / (1 - rho)) * ((queue.arrivalScv + queue.serviceScv) / 2) * queue.serviceTime;
};

/** Sakasegawa (1977): needs no Erlang C; poor where many servers have little to do. */
export const sakasegawaWait = (queue: Queue): number => {
  const rho = utilisationOf(queue);
  return (rho ** (Math.sqrt(2 * (queue.servers + 1)) - 1) / (queue.servers * (1 - rho))) * ((queue.arrivalScv + queue.serviceScv) / 2) * queue.serviceTime;
};

/** M/D/c within 1 %. Cosmetatos, Some approximate equilibrium results for the multi-server queue M/G/r, 1976. */
export function cosmetatosWait(queue: Queue): number {
  const { servers } = queue;
  const rho = utilisationOf(queue);
  const correction = rho === 0 ? 0.24 : Math.min(0.24, ((1 - rho) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * rho * servers));
  return (markovianWait(queue) * (1 + correction)) / 2;
}

/** M/G/c: between M/D/c and M/M/c by the variation of the service times; beyond exponential service as Allen and Cunneen. */
export function poissonWait(queue: Queue): number {
  const { serviceScv } = queue;
  if (serviceScv > 1) return (markovianWait(queue) * (1 + serviceScv)) / 2;
  return (1 - serviceScv) * cosmetatosWait(queue) + serviceScv * markovianWait(queue);
}

/**
 * What arrivals that are more regular than Poisson change of the wait beyond the mean of the variations.
 * Krämer and Langenbach-Belz, Approximate formulae for the delay in the queueing system GI/G/1, 1976. Their factor for
 * bursty arrivals was made for hyperexponential gaps and is a fifth too low for gamma ones; like Whitt’s Queueing Network
 * Analyzer (1983) this one leaves it out.
 */
export function arrivalFactor(queue: Queue): number {
  const { arrivalScv, serviceScv } = queue;
  const rho = utilisationOf(queue);
  if (arrivalScv >= 1 || rho <= 0) return 1;
  return Math.exp((-2 * (1 - rho) * (1 - arrivalScv) ** 2) / (3 * rho * (arrivalScv + serviceScv) || Number.MIN_VALUE));
}

/** G/G/c: the wait with Poisson arrivals, scaled to the variation of the arrivals. This is the one that estimates use. */
export function meanWait(queue: Queue): number {
  const { arrivalScv, serviceScv } = queue;
  if (arrivalScv === 1) return poissonWait(queue);
  const variation = arrivalScv + serviceScv;
  return variation === 0 ? 0 : ((poissonWait(queue) * variation) / (1 + serviceScv)) * arrivalFactor(queue);
}

/**
 * What arrivals that are not Poisson change of the chance to wait, against one server with Poisson arrivals.
 * Krämer and Langenbach-Belz, as in Whitt, The Queueing Network Analyzer, 1983, equations 49 and 50.
 */
export function arrivalChanceFactor(queue: Queue): number {
  const { arrivalScv, serviceScv } = queue;
  const rho = utilisationOf(queue);
  if (arrivalScv === 1) return 1;
  const above = arrivalScv < 1 ? 1 + arrivalScv + rho * serviceScv : 4 * rho;
  const below = arrivalScv < 1 ? 1 + rho * (serviceScv - 1) + rho ** 2 * (4 * arrivalScv + serviceScv) : arrivalScv + rho ** 2 * (4 * arrivalScv + serviceScv);
  return Math.max(0, 1 + (arrivalScv - 1) * (1 - rho) * (above / below));
}
