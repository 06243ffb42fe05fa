import { compare, type SystemComparison, type Version } from '../../../src/analysis/comparison/compare.ts';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { review } from '../../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { loadText } from '../../support/load.ts';

const today = '2026-11-21';

/** The systems of a text, reviewed and estimated as the command does. */
export function versionsOf(text: string): Version[] {
  const { architectures, problems } = loadText(text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return architectures.map((architecture) => ({ architecture, review: review(architecture, { today }), estimation: estimate({ architecture, settings: DEFAULT_SETTINGS, today }, [1]) }));
}

export const compareTexts = (before: string, after: string): SystemComparison => compare(versionsOf(before)[0], versionsOf(after)[0]);

export const inSystem = (body: string): string => `system S {\n${body}\n}\n`;
