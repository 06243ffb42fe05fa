import { describe, expect, it, vi } from 'vitest';
import { PLACEHOLDERS } from '../../src/analysis/acceptance.ts';
import { fault, inMonths } from '../../src/extension/features/risks/reasons.ts';

vi.mock('vscode', () => ({ l10n: { t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)])) } }));

const NOW = new Date('2026-11-21T09:00:00Z');

describe('the reason of an acceptance', () => {
  it('is a text that says something', () => {
    expect(fault('reason', 'Office hours only until the pilot ends')).toBeUndefined();
    expect(fault('owner', 'Lending')).toBeUndefined();
  });

  it('is neither empty nor blank', () => {
    for (const text of ['', '   ']) {
      expect(fault('reason', text)).toMatch(/reason/);
      expect(fault('owner', text)).toMatch(/owner/);
    }
  });

  it('is no placeholder, and the message names the one that was given', () => {
    expect(fault('reason', ' todo ')).toContain('todo');
  });

  it('is refused wherever the review would give it no effect', () => {
    const words = ['todo', 'TBD', 'fixme', 'xxx', 'reason', 'because', 'n/a', 'na', 'wip', 'later', 'none', 'explanation', '...', '-', '(todo)', 'TODO!'];
    for (const text of words) {
      expect(PLACEHOLDERS.test(text), `${text}: the review`).toBe(true);
      expect(fault('reason', text), `${text}: the editor`).toBeDefined();
    }
    for (const text of ['Nothing is served from it', 'later versions of the platform do it', 'todoist is the owner']) {
      expect(PLACEHOLDERS.test(text), `${text}: the review`).toBe(false);
      expect(fault('reason', text), `${text}: the editor`).toBeUndefined();
    }
  });
});

describe('the day until which a risk is accepted', () => {
  it('is a day of the calendar, of today or later', () => {
    for (const text of ['2026-11-21', '2027-03-31', ' 2028-02-29 ']) expect(fault('day', text, NOW), text).toBeUndefined();
  });

  it('is no other text', () => {
    for (const text of ['', 'tomorrow', '2027-3-31', '31.03.2027', '2027-02-29', '2027-13-01', '2027-04-31', '2027-03-31T00:00:00Z']) expect(fault('day', text, NOW), text).toMatch(/2027-03-31/);
  });

  it('is not over', () => {
    expect(fault('day', '2026-11-20', NOW)).toMatch(/over/);
  });

  it('is proposed in so many months, on a day that every month has', () => {
    expect(inMonths(new Date(2026, 10, 21), 6)).toBe('2027-05-21');
    expect(inMonths(new Date(2026, 7, 31), 6)).toBe('2027-02-28');
    expect(inMonths(new Date(2026, 11, 1), 1)).toBe('2027-01-01');
  });
});
