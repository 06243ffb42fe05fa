import type { RoadmapWeights } from '../settings.ts';

/** An action as the choice sees it: which risks it removes, what it takes, and what comes before it. */
export interface Candidate {
  readonly id: string;
  /** Share of each risk that it removes, 0 to 1. */
  readonly closes: ReadonlyMap<string, number>;
  /** Likely person-days. */
  readonly days: number;
  readonly prerequisites: readonly string[];
  /** Rank of its gravest finding; the higher the graver. */
  readonly severity: number;
  /** It closes something critical with an action that is not large, so that it comes first. */
  readonly urgent: boolean;
}

export interface Choice {
  readonly id: string;
  /** Risk that it removes and nothing chosen before it has. */
  readonly removed: number;
  /** Risk that actions remove which depend on it. */
  readonly unlocked: number;
  /** What it was chosen by: risk for effort. */
  readonly value: number;
}

export type ChoiceWeights = Pick<RoadmapWeights, 'effortExponent' | 'unlock'>;

/**
 * Orders the candidates: at each step the one that removes most further risk for its effort, what it unlocks included, of those
 * whose prerequisites are chosen, or whose findings others have closed. What several close counts once. A candidate is left out
 * when everything that it closes is closed already.
 *
 * @param risks What each finding weighs, by id.
 */
export function choose(candidates: readonly Candidate[], risks: ReadonlyMap<string, number>, weights: ChoiceWeights): Choice[] {
  const picks: Choice[] = [];
  const covered = new Map<string, number>();
  const open = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const dependants = dependantsOf(candidates);
  for (;;) {
    for (const { id, closes } of [...open.values()]) if ([...closes].every(([risk, share]) => share <= (covered.get(risk) ?? 0))) open.delete(id);
    const free = [...open.values()].filter(({ prerequisites }) => prerequisites.every((id) => !open.has(id)));
    // Where all that is left waits for each other, the order is as good as any.
    const ready = free.length > 0 ? free : [...open.values()];
    const worth = ready.map((candidate) => ({ candidate, pick: pickOf(candidate, { open, risks, covered, dependants, weights }) })).filter(({ pick }) => pick.value > 0);
    const urgent = picks.length === 0 ? worth.filter(({ candidate }) => candidate.urgent) : [];
    const [best] = (urgent.length > 0 ? urgent : worth).sort((a, b) => b.pick.value - a.pick.value || b.candidate.severity - a.candidate.severity || a.candidate.days - b.candidate.days || (a.candidate.id < b.candidate.id ? -1 : 1));
    if (!best) return picks;
    picks.push(best.pick);
    open.delete(best.candidate.id);
    for (const [id, share] of best.candidate.closes) covered.set(id, Math.max(share, covered.get(id) ?? 0));
  }
}

interface Standing {
  readonly open: ReadonlyMap<string, Candidate>;
  readonly risks: ReadonlyMap<string, number>;
  readonly covered: ReadonlyMap<string, number>;
  readonly dependants: ReadonlyMap<string, ReadonlySet<string>>;
  readonly weights: ChoiceWeights;
}

function pickOf(candidate: Candidate, { open, risks, covered, dependants, weights }: Standing): Choice {
  const done = new Map(covered);
  const removed = removedBy(candidate, risks, done);
  let unlocked = 0;
  for (const id of dependants.get(candidate.id) ?? []) {
    const dependant = open.get(id);
    if (dependant) unlocked += removedBy(dependant, risks, done);
  }
  return { id: candidate.id, removed, unlocked, value: (removed + weights.unlock * unlocked) / candidate.days ** weights.effortExponent };
}

/** Risk that a candidate removes beyond what is covered, and covers it. */
function removedBy({ closes }: Candidate, risks: ReadonlyMap<string, number>, covered: Map<string, number>): number {
  let removed = 0;
  for (const [id, share] of closes) {
    const before = covered.get(id) ?? 0;
    if (share <= before) continue;
    removed += (risks.get(id) ?? 0) * (share - before);
    covered.set(id, share);
  }
  return removed;
}

/** For each candidate those that wait for it, directly or not, in the order given. */
function dependantsOf(candidates: readonly Candidate[]): Map<string, ReadonlySet<string>> {
  return new Map(
    candidates.map(({ id }) => {
      const waiting = new Set([id]);
      for (const first of waiting) for (const { id: next, prerequisites } of candidates) if (prerequisites.includes(first)) waiting.add(next);
      waiting.delete(id);
      return [id, waiting];
    }),
  );
}
