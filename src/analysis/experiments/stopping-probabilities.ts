import { normalTail } from './distributions.ts';
import { gaussLegendre } from './legendre.ts';

/**
 * Brownian motion that is looked at: at information time t it is normal with mean drift · t and variance t. Its
 * distribution while it has not been stopped, as masses at points; after Armitage, McPherson and Rowe, "Repeated
 * significance tests on accumulating data" (JRSS A, 1969).
 */
export interface Running {
  /** Information time of the last look, 1 at the planned end. */
  readonly time: number;
  readonly points: Float64Array;
  readonly masses: Float64Array;
}

/** Where one stops at a look, in standard deviations. */
export interface Look {
  readonly time: number;
  readonly upper: number;
  /** −Infinity where nothing is stopped below. */
  readonly lower: number;
}

export const START: Running = { time: 0, points: Float64Array.of(0), masses: Float64Array.of(1) };

/** So many standard deviations from the mean there is no more than 10⁻¹⁹ left. */
const REACH = 9;

/** Chance to be above z standard deviations at the next look, not having been stopped before it. */
export function chanceAbove({ time: before, points, masses }: Running, time: number, z: number, drift = 0): number {
  const step = time - before;
  const [deviation, boundary] = [Math.sqrt(step), z * Math.sqrt(time) - drift * step];
  let sum = 0;
  for (let index = 0; index < points.length; index++) sum += (masses[index] ?? 0) * normalTail((boundary - (points[index] ?? 0)) / deviation);
  return sum;
}

/** Chance to be below z standard deviations at the next look, not having been stopped before it. */
export function chanceBelow({ time: before, points, masses }: Running, time: number, z: number, drift = 0): number {
  return chanceAbove({ time: before, points: points.map((point) => -point), masses }, time, -z, -drift);
}

/** What goes on after a look. */
export function after({ time: before, points, masses }: Running, { time, upper, lower }: Look, drift = 0): Running {
  const [root, deviation, shift] = [Math.sqrt(time), Math.sqrt(time - before), drift * (time - before)];
  const low = Math.max(lower, drift * root - REACH) * root;
  const high = Math.min(upper, drift * root + REACH) * root;
  if (!(high > low)) return { time, points: new Float64Array(0), masses: new Float64Array(0) };
  const { nodes, weights } = gaussLegendre(nodesFor((high - low) / deviation));
  const half = (high - low) / 2;
  const nextPoints = nodes.map((node) => low + half * (node + 1));
  const scale = half / (deviation * Math.sqrt(2 * Math.PI));
  const nextMasses = nextPoints.map((point, node) => {
    let density = 0;
    for (let index = 0; index < points.length; index++) {
      const distance = (point - (points[index] ?? 0) - shift) / deviation;
      if (distance < REACH && distance > -REACH) density += (masses[index] ?? 0) * Math.exp((-distance * distance) / 2);
    }
    return density * scale * (weights[node] ?? 0);
  });
  return { time, points: nextPoints, masses: nextMasses };
}

/** Three for each two standard deviations of a step integrate a product of two normal densities to ten digits. */
const nodesFor = (deviations: number): number => 8 * Math.ceil((1.5 * deviations + 16) / 8);

export interface Stopping {
  /** Chance to stop above, at each look. */
  readonly above: readonly number[];
  readonly below: readonly number[];
}

/** Chances to stop at each of the looks, whose times increase. */
export function stoppingProbabilities(looks: readonly Look[], drift: number): Stopping {
  const [above, below]: [number[], number[]] = [[], []];
  let running = START;
  for (const [index, look] of looks.entries()) {
    above.push(chanceAbove(running, look.time, look.upper, drift));
    below.push(look.lower === -Infinity ? 0 : chanceBelow(running, look.time, look.lower, drift));
    if (index < looks.length - 1) running = after(running, look, drift);
  }
  return { above, below };
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
