import { normalCdf } from '../../statistics/special-functions.ts';

/**
 * Erlang B: the share of arrivals that find all servers busy where none may wait (M/M/c/c), by the recursion
 * B₀ = 1, Bₖ = aBₖ₋₁ / (k + aBₖ₋₁). Exact and stable.
 *
 * @param load Offered load a = arrival rate × mean service time.
 * @param servers Whole number of servers, zero or more.
 */
export function erlangB(load: number, servers: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/** Servers above which the recursion costs more than the limit law is off: 1 in 10⁴ at a hundred thousand servers. */
const MOST_SERVERS = 100_000;

/** Erlang C: the chance to wait in an M/M/c queue; one where the load is as large as the servers or larger. */
export function erlangC(load: number, servers: number): number {
  if (load <= 0) return 0;
  if (load >= servers) return 1;
  if (servers > MOST_SERVERS) return halfinWhitt((servers - load) / Math.sqrt(load));
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
