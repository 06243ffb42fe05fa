import type { z } from 'zod';

/** The layers of an ML system, bottom-up; demand stands outside and governance beside them. */
export const LAYERS = ['demand', 'data', 'model', 'infrastructure', 'serving', 'observability', 'governance'] as const;
export type Layer = (typeof LAYERS)[number];

export type Shape = Readonly<Record<string, z.ZodType>>;

export interface KindDefinition<P extends Shape = Shape> {
  readonly layer: Layer;
  readonly doc: string;
  /** What may stand after the colon: `service Scorer : realtime`. */
  readonly variants?: Readonly<Record<string, string>>;
  /** Kinds that `for` may name: `rollout R for Scorer`. */
  readonly subject?: readonly string[];
  readonly example: string;
  readonly properties: P;
}

export function kind<const P extends Shape>(definition: KindDefinition<P>): KindDefinition<P> {
  return definition;
}
