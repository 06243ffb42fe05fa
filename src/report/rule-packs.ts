import { readJson, type Location } from './located-json.ts';

/** A pack of rules that a configuration applies to everything in its folder, and where it says so. */
export interface ConfiguredPack extends Location {
  /** A path relative to the configuration, or a package. */
  readonly path: string;
}

/** The packs that the text of a configuration names. What is wrong with it otherwise is said where it is read in full. */
export function rulePacksIn(text: string): ConfiguredPack[] {
  const json = readJson(text);
  if ('error' in json) return [];
  const packs = (json.value as { readonly rulePacks?: unknown } | null)?.rulePacks;
  if (!Array.isArray(packs)) return [];
  return packs.flatMap((path: unknown, index) => (typeof path === 'string' ? [{ path, ...json.locate(['rulePacks', index]) }] : []));
}
