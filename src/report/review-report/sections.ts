import type { Document, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { findingsSection } from './findings.ts';
import { roadmapSection } from './roadmap.ts';
import { targetSection } from './target.ts';

/** A part of the report, which can also be written by itself. */
export interface Part {
  /** What `--part` takes. */
  readonly name: string;
  readonly section: (subject: ReportSubject) => Section;
}

/** The parts of the review report, in their order. */
export const PARTS: readonly Part[] = [
  { name: 'findings', section: findingsSection },
  { name: 'target', section: targetSection },
  { name: 'roadmap', section: roadmapSection },
];

/** The whole report, or the parts that are named. */
export function reviewReport(subject: ReportSubject, parts: readonly Part[] = PARTS): Document {
  const { context } = subject;
  const { name } = context.architecture.system;
  return {
    title: `${name}: architecture review`,
    subtitle: 'Derived from the architecture file; nothing was measured by this review',
    date: context.today,
    language: 'en',
    subject: 'Review of a machine-learning system',
    sections: parts.map(({ section }) => section(subject)),
    footer: `${name} · mlarch ${subject.provenance.version}`,
  };
}
