import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { value } from '../../model/statements.ts';

export type RunPart = 'parameters' | 'metrics' | 'code_version' | 'data_version' | 'environment' | 'artifacts' | 'feature_definitions' | 'seed';

/** How the parts of a run are called in a sentence. */
export const RUN_PART_NAMES: Readonly<Record<RunPart, string>> = {
  parameters: 'hyperparameters',
  metrics: 'metrics',
  code_version: 'code version',
  data_version: 'data version',
  environment: 'environment',
  artifacts: 'artifacts',
  feature_definitions: 'feature definitions',
  seed: 'seeds',
};

/** Trackers and registries that a training records to, by reference or flow. */
export function recordersOf(architecture: Architecture, training: Component<'training'>): { trackers: Component<'tracker'>[]; registries: Component<'registry'>[] } {
  const next = new Set((edgesOf(architecture).out.get(training.name) ?? []).map((edge) => edge.to));
  const found = [...next].flatMap((name) => architecture.components.get(name) ?? []);
  return {
    trackers: found.filter((component) => component.kind === 'tracker') as Component<'tracker'>[],
    registries: found.filter((component) => component.kind === 'registry') as Component<'registry'>[],
  };
}

/**
 * What is recorded of each run: by the training, by its trackers, and in the registry that it records to, where the
 * artifact itself is. Undefined where nobody says.
 */
export function recordedOf(architecture: Architecture, training: Component<'training'>): ReadonlySet<RunPart> | undefined {
  const { trackers, registries } = recordersOf(architecture, training);
  const tracked = value(training, 'tracks') ?? trackers.map((tracker) => value(tracker, 'records')).find((records) => records);
  const registered = registries.flatMap((registry) => value(registry, 'records') ?? []) as RunPart[];
  if (!tracked && registered.length === 0) return undefined;
  const every: RunPart[] = [...(tracked ?? []), ...trackers.flatMap((tracker) => value(tracker, 'records') ?? []), ...registered];
  return new Set(registries.length > 0 ? [...every, 'artifacts'] : every);
}

/** The words for parts of a run, joined: `code version and data version`. */
export function partsInWords(parts: readonly RunPart[]): string {
  const words = parts.map((part) => RUN_PART_NAMES[part]);
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
