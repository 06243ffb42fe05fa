import type { FindingType, Severity } from '../analysis/finding.ts';

/** Levels that viewers know three of, and the number from which GitHub derives its four. */
export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/** GitHub: above 9.0 is critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low. */
export const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' };

/** How often a finding of a type is right. */
export const PRECISION: Readonly<Record<FindingType, 'very-high' | 'high' | 'medium'>> = { contradiction: 'very-high', gap: 'high', weak: 'medium', advisory: 'medium' };

export const TYPE_MEANING: Readonly<Record<FindingType, string>> = {
  contradiction: 'what is declared cannot all hold',
  gap: 'something is declared absent, or is absent from a part that is complete',
  weak: 'it is there, but not enough',
  advisory: 'there is more than is needed, or something to save',
};

export const EFFORT_WORDS = { S: 'up to a week', M: 'one to four weeks', L: 'more than a month' } as const;
