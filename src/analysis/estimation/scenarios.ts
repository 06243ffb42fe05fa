import { BAND_SCORE } from './quantity.ts';
import { stateOf, type State } from './station-state.ts';
import type { Station } from './stations.ts';

/** The middle of a band and its ends: less traffic and faster, more traffic and slower. */
export const SIDES = [-1, 0, 1] as const;
export type Side = (typeof SIDES)[number];

/** What each station does at each multiple of today’s peak, worked out once for everything that asks. */
export type States = (station: Station, multiple: number, side: Side) => State;

/** Standard deviation of the logarithm of the times of a station of which only times are declared. */
const USUAL_SIGMA = 0.1;

export function statesOf(): States {
  const known = new Map<number, Readonly<Record<Side, Map<Station, State>>>>();
  return (station, multiple, side) => {
    let sides = known.get(multiple);
    if (!sides) known.set(multiple, (sides = { [-1]: new Map(), 0: new Map(), 1: new Map() }));
    let state = sides[side].get(station);
    if (!state) sides[side].set(station, (state = stateAt(station, multiple, side)));
    return state;
  };
}

function stateAt(station: Station, multiple: number, side: Side): State {
  const { rate, slowness } = endOf(station, multiple, side);
  return side === 0 ? stateOf(station, rate) : stateOf(station, rate, { slowness });
}

/** What a station gets, and what its times are multiplied by, in the middle or at an end of what is known. */
export function endOf(station: Station, multiple: number, side: Side): { readonly rate: number; readonly slowness: number } {
  const rate = (station.traffic?.value ?? 0) * multiple;
  if (side === 0) return { rate, slowness: 1 };
  // The ends of both together hold four cases of five, so each goes only part of its own way.
  const [traffic, times] = [station.traffic?.sigma ?? 0, station.replica?.sigma ?? USUAL_SIGMA];
  const share = traffic + times === 0 ? 0 : (BAND_SCORE * Math.hypot(traffic, times)) / (traffic + times);
  return { rate: rate * Math.exp(side * share * traffic), slowness: Math.exp(side * share * times) };
}
