/**
 * Where a figure comes from, the surest first: the author measured or declared it; a source published it; it was carried
 * over from other hardware; a roofline gives it; or it was taken for granted.
 */
export const PROVENANCES = ['measured', 'published', 'transferred', 'roofline', 'assumed'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** A figure is no better than the worst of what it is made from. */
export const weakest = (...provenances: readonly Provenance[]): Provenance => provenances.reduce<Provenance>((a, b) => (PROVENANCES.indexOf(b) > PROVENANCES.indexOf(a) ? b : a), 'measured');
