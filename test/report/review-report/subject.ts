import type { Architecture } from '../../../src/model/architecture.ts';
import { review } from '../../../src/analysis/review.ts';
import type { Context } from '../../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { reportSubject, type ReportSubject } from '../../../src/report/review-report/subject.ts';

/** What a report of an architecture is written from; without pictures, unless some are given. */
export function subjectOf(architecture: Architecture, more: Partial<Pick<ReportSubject, 'pictures' | 'redact'>> = {}): ReportSubject {
  const context: Context = { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
  return reportSubject(context, review(architecture, context), { pictures: new Map(), redact: false, provenance: { version: '1.2.3', digest: 'a'.repeat(64), files: ['main.mlarch'] }, ...more });
}
