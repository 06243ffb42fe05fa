import type { RoadmapWeights } from '../settings.ts';

/** How common a failure mode is among all, in a word. The weights behind it only order; none is a probability. */
export function likelihoodWord(weight: number): 'frequent' | 'regular' | 'occasional' | 'rare' {
  if (weight >= 0.4) return 'frequent';
  if (weight >= 0.3) return 'regular';
  return weight >= 0.2 ? 'occasional' : 'rare';
}

/** How well a failure hides, in words. */
export function detectabilityWord(detectability: number, { unseen, shown }: Pick<RoadmapWeights, 'unseen' | 'shown'>): 'hidden' | 'shows elsewhere' | 'watched' {
  if (detectability >= unseen) return 'hidden';
  return detectability >= shown ? 'shows elsewhere' : 'watched';
}

const TITLE = 60;

/** What an action is called: its title, up to where it goes into detail if it is long. */
export function shortTitle(title: string): string {
  const plain = title.replace(/[.;:]$/, '');
  if (plain.length <= TITLE) return plain;
  const head = plain.split(/ \(|[;:,] |\. /)[0] ?? plain;
  return head.length >= 15 ? head : plain;
}
