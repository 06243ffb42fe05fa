/** What stands before and after under one key; one side is missing where something came or went. */
export interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

export const pairOf = <T>(before: T | undefined, after: T | undefined): Pair<T> => ({ ...(before !== undefined && { before }), ...(after !== undefined && { after }) });

/**
 * Items of both sides by key, those of `after` first in their order, then what is gone. Where a key occurs several times,
 * equal items find each other first, and the rest goes by order.
 */
export function pairs<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string, isSame: (before: T, after: T) => boolean): Pair<T>[] {
  const waiting = new Map<string, T[]>();
  for (const item of before) waiting.set(keyOf(item), [...(waiting.get(keyOf(item)) ?? []), item]);
  const found = new Map<T, T>();
  const take = (item: T, index: number): void => {
    const [partner] = index < 0 ? [] : (waiting.get(keyOf(item))?.splice(index, 1) ?? []);
    if (partner !== undefined) found.set(item, partner);
  };
  for (const item of after) take(item, waiting.get(keyOf(item))?.findIndex((candidate) => isSame(candidate, item)) ?? -1);
  for (const item of after) if (!found.has(item)) take(item, 0);
  const gone = new Set([...waiting.values()].flat());
  return [...after.map((item) => pairOf(found.get(item), item)), ...before.filter((item) => gone.has(item)).map((item) => pairOf<T>(item, undefined))];
}
