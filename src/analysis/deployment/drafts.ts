import type { Architecture, Change, DraftValue } from '../../model/architecture.ts';
import { exactly, quantityOf } from '../../model/quantity.ts';
import { freeName } from '../monitoring/drafts.ts';

/** Customary steps: few enough at first that a fault hurts little, then by an order of magnitude. */
export const STEPS = [0.01, 0.1, 0.5, 1].map((share) => exactly(share, '1'));

export const CANARY = { kind: 'canary', steps: STEPS } as const;

/** Back by itself, well within the time in which people come to the keyboard. */
export const AUTOMATIC_ROLLBACK = { kind: 'automatic', within: quantityOf(5, 'min', 'duration') } as const;

/** A rollout in steps with a comparison and a way back. */
export function addRollout(architecture: Architecture, wanted: string, properties: Readonly<Record<string, DraftValue>>, subject?: string): { readonly name: string; readonly changes: readonly Change[] } {
  const name = freeName(architecture, wanted);
  const draft = { strategy: CANARY, compares_versions: true, version_visible: true, rollback: AUTOMATIC_ROLLBACK, ...properties };
  return { name, changes: [{ op: 'add-component', component: { kind: 'rollout', name, subject, properties: draft } }] };
}
