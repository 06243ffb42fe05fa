import { describe, expect, it } from 'vitest';
import { checklist } from '../../../src/analysis/checklist.ts';
import { likelihoodWord, shortTitle } from '../../../src/analysis/roadmap/words.ts';
import { riskRegister } from '../../../src/analysis/themes/register.ts';
import { THEME_KINDS } from '../../../src/analysis/themes/theme.ts';
import { riskThemes } from '../../../src/analysis/themes/themes.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { PARTS, reviewReport } from '../../../src/report/review-report/sections.ts';
import { exampleSubjects, subjectOf } from './subject-of.ts';

const subjects = exampleSubjects();
const partOf = (name: string, subject: Parameters<typeof reviewReport>[0]): string => markdownOf(reviewReport(subject, PARTS.filter((part) => part.name === name)), () => 'x.svg');

it('puts every check in one theme', () => {
  expect(THEME_KINDS.flatMap(({ checks: wanted }) => wanted).sort()).toEqual(checklist.map(({ id }) => id).sort());
});

describe.each(subjects)('risks of %s', (_, subject) => {
  const { context, review, roadmap, declared } = subject;

  it('puts each finding into one theme, whose shares of the risk add up', () => {
    const themes = riskThemes(context, review, roadmap);
    expect(themes.every(({ findings }) => findings.length > 0)).toBe(true);
    expect(themes.flatMap(({ findings }) => findings.map(({ id }) => id)).sort()).toEqual(review.findings.filter(({ check }) => check !== 'accept').map(({ id }) => id).sort());
    if (themes.length > 0 && review.findings.every(({ check }) => check !== 'accept')) expect(themes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(themes.map(({ share }) => share)).toEqual(themes.map(({ share }) => share).sort((a, b) => b - a));
  });

  it('has a line in the register for each grave and each accepted finding, and no finding twice', () => {
    const rows = riskRegister(context, review, roadmap, declared.map(({ state }) => state));
    const listed = rows.flatMap(({ findings }) => findings.map(({ id }) => id));
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, severity } of review.findings) if (severity === 'critical' || severity === 'high') expect(rows.find((row) => row.id === id)?.severity).toBe(severity);
    expect(rows.filter(({ status }) => status === 'accepted').map(({ due, response }) => [due, response])).toEqual(review.accepted.map(({ until }) => [until, 'accept']));
    const text = partOf('risk-register', subject);
    expect(text).not.toMatch(/\d %.*(likel|chance)/i);
  });
});

it('says in the numbers of the card-fraud example what drives its themes, and until when a risk is accepted', () => {
  const [, subject] = subjects.find(([file]) => file.includes('card-fraud')) ?? [];
  if (!subject) throw new Error('The example is missing.');
  const text = partOf('themes', subject);
  // 400 req/s for 5 min.
  expect(400 * 300).toBe(120_000);
  expect(text).toContain('Going back takes 5 min for Scorer, as declared, which is about 120,000 answers at the mean traffic.');
  // Chargebacks after 45 days: 400 × 45 × 86,400.
  expect(Number((400 * 45 * 86_400).toPrecision(2))).toBe(1_600_000_000);
  expect(text).toContain('is seen after 45 days at the earliest, which is about 1,600,000,000 answers');
  const register = partOf('risk-register', subject);
  expect(register).toContain('accept: Mirrored traffic starts in the first quarter | Risk ML; 2027-03-31 | accepted');
  // Thirty days after the day of the report.
  expect(register).toContain('2026-12-21');
});

it('has nothing to say of a system without findings, and says so', () => {
  const empty = subjectOf('system Empty {}');
  expect(partOf('themes', empty)).toContain('No finding is open');
  expect(partOf('risk-register', empty)).toContain('No finding is open and none is accepted.');
});

it('has words for weights, and short titles for long remedies', () => {
  expect([0.45, 0.4, 0.35, 0.3, 0.25, 0.15].map(likelihoodWord)).toEqual(['frequent', 'frequent', 'regular', 'regular', 'occasional', 'rare']);
  expect(shortTitle('Run two replicas.')).toBe('Run two replicas');
  expect(shortTitle('Decide by a signal that needs no truth (distribution of answers, proxy, errors), and judge')).toBe('Decide by a signal that needs no truth');
});
