import { BAND_SCORE } from './quantity.ts';
import type { Station } from './stations.ts';

/** The two ends of a band: less traffic and faster, more traffic and slower; together four cases of five lie between. */
export function scenariosOf({ traffic, replica }: Pick<Station, 'traffic' | 'replica'>, rate: number): { rate: number; slowness: number }[] {
  const [a, b] = [traffic?.sigma ?? 0, replica?.sigma ?? 0.1];
  const share = a + b === 0 ? 0 : (BAND_SCORE * Math.hypot(a, b)) / (a + b);
  return [-1, 1].map((side) => ({ rate: rate * Math.exp(side * share * a), slowness: Math.exp(side * share * b) }));
}

