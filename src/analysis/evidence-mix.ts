import type { Architecture, Stated } from '../model/architecture.ts';

/** How well the facts of a file are backed, one for each property that says something; each counts once, by the best of what backs it. */
export interface EvidenceMix {
  readonly facts: number;
  /** A document is named that lies elsewhere, or that nobody looked up. */
  readonly linked: number;
  /** A file is named and was found; what it says was not judged. */
  readonly verified: number;
  /** The files that are named are not there. */
  readonly missing: number;
}

/** Counts the stated properties of the system, its components and its flows. What is unknown or planned is no fact. */
export function evidenceMix({ system, components, flows }: Architecture): EvidenceMix {
  const stated = [system, ...components.values(), ...flows].flatMap(({ properties }) => Object.values(properties as Readonly<Record<string, Stated | undefined>>));
  const facts = stated.filter((fact) => fact?.state === 'present' || fact?.state === 'none');
  const backed = facts.map(({ evidence = [] }) => new Set(evidence.map(({ status }) => status)));
  const verified = backed.filter((statuses) => statuses.has('found')).length;
  const linked = backed.filter((statuses) => statuses.has('unchecked') && !statuses.has('found')).length;
  return { facts: facts.length, verified, linked, missing: backed.filter((statuses) => statuses.size > 0).length - verified - linked };
}
