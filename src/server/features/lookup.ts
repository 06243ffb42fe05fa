import { SEVERITIES, type Finding } from '../../analysis/finding.ts';
import type { Position, Range, Span } from '../../model/architecture.ts';
import type { ServerSettings } from '../../protocol/messages.ts';
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

/** Whether a finding is severe enough to be shown. */
export const isShown = ({ severity }: Finding, { minSeverity }: Pick<ServerSettings, 'minSeverity'>): boolean => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minSeverity);

/** Whether something that is shown at a span is met by a range; both count with their ends. */
export function isAt({ file, range }: Span, uri: string, other: Range): boolean {
  if (file !== uri) return false;
  const shown = firstLine(range);
  return comparePositions(shown.end, other.start) >= 0 && comparePositions(other.end, shown.start) >= 0;
}

/** A block that is at fault is underlined on its first line only. */
export function firstLine({ start, end }: Range): Range {
  return start.line === end.line ? { start, end } : { start, end: { line: start.line + 1, character: 0 } };
}

export const comparePositions = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;

/** `CardFraud.Scorer` → `Scorer`; the name of a system stays. */
export const ownName = (component: string): string => component.slice(component.indexOf('.') + 1);

/** `1 question`, `2 questions`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** White space and control characters as single spaces: what a string of the file holds stays on its line. */
export const oneLine = (text: string): string => (UNEVEN.test(text) ? text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ') : text).trim();

/** Anything but single spaces between words; most texts have nothing of the kind. */
const UNEVEN = /[^\S ]|\p{Cc}| {2}/u;
