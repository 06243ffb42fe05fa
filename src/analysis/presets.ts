import type { Severity } from './finding.ts';
import { DEFAULT_SETTINGS, DEFAULT_THRESHOLDS, type Settings } from './settings.ts';

/** Settings to start from, and the severity at which the command line then fails. */
export interface Preset {
  readonly settings: Settings;
  readonly failOn: Severity;
}

export const PRESETS = {
  recommended: { settings: DEFAULT_SETTINGS, failOn: 'high' },
  /** For systems that many depend on: twice the headroom, half the time to notice and to go back, a year of repeatable training. */
  strict: {
    settings: {
      ...DEFAULT_SETTINGS,
      thresholds: {
        ...DEFAULT_THRESHOLDS,
        headroom: 10,
        reproduceWithinDays: 365,
        rollbackSeconds: 450,
        detectWithinHighSeconds: 43_200,
        detectWithinSeconds: 302_400,
        staleDays: 90,
        driftCoverage: 0.95,
      },
    },
    failOn: 'medium',
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;
