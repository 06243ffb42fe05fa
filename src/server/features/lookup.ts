import type { Finding } from '../../analysis/finding.ts';
import type { Span } from '../../model/architecture.ts';
import type { AnalysedSystem, Analysis, Snapshot } from '../analysis.ts';

/** A finding with the system that it is of. */
export interface Found {
  readonly finding: Finding;
  readonly analysis: Analysis;
  readonly system: AnalysedSystem;
}

/** Every finding of a snapshot, in the order of systems and then of severity. */
export function* findingsIn({ analyses }: Snapshot): Generator<Found> {
  for (const analysis of analyses) {
    for (const system of analysis.systems) for (const finding of system.review.findings) yield { finding, analysis, system };
  }
}

/** The finding of an id in the systems of a file. */
export function findingOf(snapshot: Snapshot, entry: string, id: string): Found | undefined {
  for (const found of findingsIn(snapshot)) if (found.analysis.entry === entry && found.finding.id === id) return found;
  return undefined;
}

export const overlaps = ({ range }: Span, other: Span['range']): boolean => !isBefore(range.end, other.start) && !isBefore(other.end, range.start);

const isBefore = (a: Span['range']['start'], b: Span['range']['start']): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

/** `CardFraud.Scorer` → `Scorer`; the name of a system stays. */
export const ownName = (component: string): string => component.slice(component.indexOf('.') + 1);
