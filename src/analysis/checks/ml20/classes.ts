import type { Architecture } from '../../../model/architecture.ts';
import { CLASSES } from '../ml16/coverage-rules.ts';

/** Kinds of failure that only a system with a model has; the rest is infrastructure. */
export const ML_CLASSES = ['data_quality', 'feature_freshness', 'skew', 'drift', 'model_degradation', 'safety'] as const;

/** How classes are called in a sentence. */
const WORDS: Readonly<Record<string, string>> = { serving_failure: 'failing serving', rollback: 'rolling back' };

export const wordsOf = (failure: string): string => WORDS[failure] ?? CLASSES[failure]?.words ?? failure.replaceAll('_', ' ');

/** Classes of failure that can happen in this system. Any service can fail, and any version may have to be taken back. */
export function applicableClasses(architecture: Architecture): string[] {
  return [...Object.keys(CLASSES).filter((name) => CLASSES[name]?.applies(architecture)), 'serving_failure', 'rollback'];
}
