import type { Architecture, Stated } from '../model/architecture.ts';
import { basisOf } from './rule.ts';

/** How well the facts of a file are backed, one for each property that says something. */
export interface EvidenceMix {
  readonly facts: number;
  /** A document is named that lies elsewhere, or that nobody looked up. */
  readonly linked: number;
  /** A file is named and was found; what it says was not judged. */
  readonly verified: number;
}

/** Counts the stated properties of the system, its components and its flows. What is unknown or planned is no fact. */
export function evidenceMixOf({ system, components, flows }: Architecture): EvidenceMix {
  let [facts, linked, verified] = [0, 0, 0];
  for (const { properties } of [system, ...components.values(), ...flows]) {
    for (const stated of Object.values(properties) as readonly (Stated | undefined)[]) {
      if (stated?.state !== 'present' && stated?.state !== 'none') continue;
      facts++;
      const basis = basisOf(stated.evidence?.filter(({ status }) => status !== 'missing'));
      if (basis === 'verified') verified++;
      else if (basis === 'linked') linked++;
    }
  }
  return { facts, linked, verified };
}
