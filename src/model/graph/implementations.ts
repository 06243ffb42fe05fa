import type { Component } from '../architecture.ts';
import { isComplete, statementOf } from '../statements.ts';

export type Side = 'training' | 'serving';

/** References to code (a path, a function, a version) by which a feature is computed; `unknown` where nobody said. */
export type Implementations = ReadonlySet<string> | 'unknown';

/** Stands for values that are taken from the request as they are, so that there is nothing to implement. */
export const PASSTHROUGH = 'passthrough';

/**
 * The implementations of a feature group that one side meets. `defined_in` counts on both sides, beside
 * `offline_definition` in training and `online_definition` in serving. The set is empty where the author says that
 * there is none: that is not the same as `unknown`.
 */
export function implementationsOf(feature: Component<'features'>, side: Side): Implementations {
  const statements = ['defined_in', side === 'training' ? 'offline_definition' : 'online_definition'].map((property) => statementOf(feature, property));
  const found = statements.flatMap((statement) => (statement?.state === 'present' ? [String(statement.value).trim()] : []));
  if (found.length > 0) return new Set(found);
  const passthrough = statementOf(feature, 'passthrough');
  if (passthrough?.state === 'present' && passthrough.value === true) return new Set([PASSTHROUGH]);
  const own = statements[1];
  if (own?.state === 'none' || own?.state === 'not-applicable') return new Set();
  return isComplete(feature) ? new Set() : 'unknown';
}

/** Whether training and serving compute a feature group by the same code. `unknown` where one side does not say. */
export function sharesImplementation(feature: Component<'features'>): boolean | 'unknown' {
  const training = implementationsOf(feature, 'training');
  const serving = implementationsOf(feature, 'serving');
  if (training === 'unknown' || serving === 'unknown') return 'unknown';
  return [...training].some((reference) => serving.has(reference));
}
