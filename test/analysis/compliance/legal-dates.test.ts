import { expect, it } from 'vitest';
import { beginning, certaintyOf, LEGAL_DATES } from '../../../src/analysis/compliance/legal-dates.ts';

it('says of each date whether it has come, and when it was looked up', () => {
  expect(beginning(LEGAL_DATES.transparency, '2026-11-21')).toBe('The duty has held since 2026-08-02 (checked on 2026-11-21).');
  expect(beginning(LEGAL_DATES.highRisk, '2026-11-21')).toBe('The duty begins on 2027-12-02 (checked on 2026-11-21).');
  expect(beginning(LEGAL_DATES.highRisk, '2027-12-02')).toContain('has held since');
});

it('tells a moved date together with the one before and how sure it is', () => {
  expect(certaintyOf(LEGAL_DATES.highRisk)).toBe('EU AI Act, Annex III and Articles 6 to 27, 72: 2027-12-02 instead of 2026-08-02, agreed politically on 2026-05-07 (Digital Omnibus); look for the published text.');
});
