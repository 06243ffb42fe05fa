import { erlangB } from './erlang.ts';

/** A station that turns away what finds it full. */
export interface FiniteStation {
  /** Requests per second. */
  readonly arrivalRate: number;
  /** Mean service time in seconds. */
  readonly serviceTime: number;
  readonly servers: number;
  /** Most requests in the station at once, those at work included; at least as many as the servers. */
  readonly places: number;
}

export interface FiniteResponse {
  /** Share of the arrivals that are turned away. */
  readonly loss: number;
  /** Busy share of the servers. */
  readonly utilisation: number;
  /** Mean number of requests in the station, waiting or at work. */
  readonly inSystem: number;
  /** Seconds in the station, of those that are let in. */
  readonly meanSojourn: number;
  /** Seconds before service, of those that are let in. */
  readonly meanWait: number;
}

/** M/M/c/K, exact at any load, above capacity too. Kleinrock, Queueing Systems I, 1975, section 3.6. */
export function finite({ arrivalRate, serviceTime, servers, places }: FiniteStation): FiniteResponse {
  const load = arrivalRate * serviceTime;
  const rho = load / servers;
  const waitingPlaces = Math.max(0, places - servers);
  if (!(load > 0)) return { loss: 0, utilisation: 0, inSystem: 0, meanSojourn: serviceTime, meanWait: 0 };
  // Chances relative to all servers busy and none waiting. Above capacity the last place is the likeliest, so the powers fall from there.
  const below = 1 / erlangB(load, servers);
  const falls = rho <= 1;
  const { mass, moment } = powers(falls ? rho : 1 / rho, waitingPlaces);
  const scale = falls ? 1 : rho ** -waitingPlaces;
  // `below` includes the state with none waiting, which `mass` has too.
  const total = (below - 1) * scale + mass;
  const waiting = (falls ? moment : waitingPlaces * mass - moment) / total;
  const loss = (falls ? rho ** waitingPlaces : 1) / total;
  const accepted = arrivalRate * (1 - loss);
  const meanWait = waiting / accepted;
  return { loss, utilisation: rho * (1 - loss), inSystem: waiting + load * (1 - loss), meanSojourn: meanWait + serviceTime, meanWait };
}

/** Σ xʲ and Σ j·xʲ for j = 0 … n and x ≤ 1. */
function powers(x: number, n: number): { mass: number; moment: number } {
  if (1 - x < 1e-6 / (n + 1)) return { mass: n + 1, moment: (n * (n + 1)) / 2 };
  const last = x ** (n + 1);
  const mass = (1 - last) / (1 - x);
  // Close to one the closed form of the moment cancels; a sum of so few terms does not.
  if (n < 1000) {
    let [power, moment] = [1, 0];
    for (let j = 1; j <= n; j++) moment += j * (power *= x);
    return { mass, moment };
  }
  return { mass, moment: (x * mass - n * last) / (1 - x) };
}
