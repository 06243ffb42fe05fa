import { normalCdf } from '../../statistics/special-functions.ts';

/** Terms below this share of the sum change nothing that a double holds. */
const NEGLIGIBLE = 1e-17;

/**
 * Erlang B: the share of arrivals that find all servers busy where none may wait (M/M/c/c). Exact for any number of
 * servers: 1/B = 1 + c/a + c(c − 1)/a² + …, whose terms are all positive, rise for c − a steps and are gone a few √a later,
 * so that a million servers near saturation take some ten thousand steps.
 *
 * @param load Offered load a = arrival rate × mean service time.
 * @param servers Whole number of servers, zero or more.
 */
export function erlangB(load: number, servers: number): number {
  if (!(load > 0)) return servers > 0 ? 0 : 1;
  let [term, sum] = [1, 1];
  for (let busy = servers; busy >= 1 && sum < Infinity; busy--) {
    term *= busy / load;
    sum += term;
    if (busy <= load && term < sum * NEGLIGIBLE) break;
  }
  return 1 / sum;
}

/** Erlang C: the chance to wait in an M/M/c queue; one where the load is as large as the servers or larger. */
export function erlangC(load: number, servers: number): number {
  if (!(load > 0)) return 0;
  if (load >= servers) return 1;
  const blocked = erlangB(load, servers);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/**
 * Chance to wait where servers are many: the limit of Erlang C as the load grows and c = a + β√a.
 * Halfin and Whitt, Heavy-traffic limits for queues with many exponential servers, Operations Research 29 (1981).
 */
export function halfinWhitt(beta: number): number {
  if (beta <= 0) return 1;
  const density = Math.exp(-(beta ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return density === 0 ? 0 : 1 / (1 + (beta * normalCdf(beta)) / density);
}
