/*
 * How the variation of a stream of requests changes on its way. Whitt, The queueing network analyzer, Bell System
 * Technical Journal 62 (1983). All variations are squared coefficients of variation of the times between requests; 1 is Poisson.
 */

export interface Departure {
  readonly arrivalScv: number;
  readonly serviceScv: number;
  /** Busy share; what is full sends on what its servers do. */
  readonly utilisation: number;
  readonly servers: number;
}

/** The variation of what leaves a station. Exact for M/M/c, and for one server with Poisson arrivals in the limits of no and of full load. */
export function departureScv({ arrivalScv, serviceScv, utilisation, servers }: Departure): number {
  const busy = Math.min(1, utilisation) ** 2;
  return (1 - busy) * arrivalScv + busy * (1 + (serviceScv - 1) / Math.sqrt(servers));
}

/**
 * The variation of the calls that a stream causes. With less than one call for a request some of them call and some do not;
 * with more, each sends so many at once (a part of a call being one more for some), which are as bursty as they are many. That
 * is what it comes to over a long time; calls that arrive together wait for each other at any load, so that with eight at once
 * the time at the node is a sixth to a third longer than the variation tells.
 */
export function callScv(scv: number, calls: number): number {
  const part = calls % 1;
  return calls > 0 ? calls * scv + (part * (1 - part)) / calls : 1;
}

/** A stream among those that merge. */
export interface Stream {
  /** Requests per second. */
  readonly rate: number;
  readonly scv: number;
}

/** The weight of the mean variation of the streams in that of their sum; the rest is Poisson, as the sum of many streams is. */
export function mergeWeight(rates: Iterable<number>, utilisation: number): number {
  let [sum, squares] = [0, 0];
  for (const rate of rates) {
    sum += rate;
    squares += rate ** 2;
  }
  if (!(squares > 0)) return 0;
  return 1 / (1 + 4 * (1 - Math.min(1, utilisation)) ** 2 * (sum ** 2 / squares - 1));
}

/** The variation of independent streams together, at a station with a busy share. */
export function mergedScv(streams: readonly Stream[], utilisation: number): number {
  const weight = mergeWeight(streams.map(({ rate }) => rate), utilisation);
  const rate = streams.reduce((sum, stream) => sum + stream.rate, 0);
  return rate > 0 ? weight * (streams.reduce((sum, stream) => sum + stream.rate * stream.scv, 0) / rate) + 1 - weight : 1;
}
