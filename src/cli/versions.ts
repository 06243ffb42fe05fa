import { estimate } from '../analysis/estimation/estimate.ts';
import type { Version } from '../analysis/comparison/compare.ts';
import { review } from '../analysis/review.ts';
import type { Settings } from '../analysis/settings.ts';
import type { Architecture } from '../model/architecture.ts';

/** Reviews and estimates systems for a comparison, at today’s peak. */
export const versionsOf = (architectures: readonly Architecture[], settings: Settings, today: string): Version[] =>
  architectures.map((architecture) => ({ architecture, review: review(architecture, { settings, today }), estimation: estimate({ architecture, settings, today }, [1]) }));

/** The rules that could not be run in some version: then nothing can be said of their findings. */
export const failedRules = (versions: readonly Version[]): string[] => [...new Set(versions.flatMap(({ review: { verdicts } }) => verdicts.filter(({ verdict }) => verdict === 'failed').map(({ rule }) => rule)))];
