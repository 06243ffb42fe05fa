import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/analysis/finding.ts';
import { review, type Review } from '../../src/analysis/review.ts';
import { loadText } from '../support/load.ts';

/** Published incidents: test/fixtures/incidents/<name>, as it was before, and with what was done about it. */
const folder = path.join(import.meta.dirname, '../fixtures/incidents');

interface Incident {
  readonly name: string;
  /** Rules that find before what led to it, and nothing afterwards. */
  readonly caughtBy: readonly string[];
  /** What was in order already before. */
  readonly inOrder?: readonly string[];
}

const INCIDENTS: readonly Incident[] = [
  { name: 'cloudflare-feature-file', caughtBy: ['ML07.5', 'ML18.6', 'REL-12', 'REL-13', 'ML10.6'] },
  { name: 'anthropic-three-faults', caughtBy: ['ML13.6', 'ML18.7', 'ML18.2', 'ML20.6', 'ML17.3'] },
  // There was a version to go back to; that it took a day is published, and how long it may take is asked.
  { name: 'openai-sycophancy', caughtBy: ['ML15.6', 'ML18.3', 'EVAL-03'], inOrder: ['ML10.1'] },
  { name: 'replit-production-database', caughtBy: ['AGT-01', 'AGT-02', 'AGT-05'] },
  { name: 'echoleak', caughtBy: ['AGT-04', 'LLM-01', 'RAG-05', 'LLM-05'] },
  { name: 'poisoned-packages', caughtBy: ['SEC-08', 'SEC-06', 'SEC-13'] },
  { name: 'air-canada-chatbot', caughtBy: ['LLM-12', 'LLM-08'] },
  { name: 'uber-fares', caughtBy: ['ML07.1', 'ML07.4'] },
  { name: 'lyft-arrival-times', caughtBy: ['REL-11', 'LOOP-06', 'ML14.8'] },
  { name: 'instacart-availability', caughtBy: ['ML14.1', 'ML14.6', 'ML20.4'] },
  { name: 'zillow-offers', caughtBy: ['EVAL-12', 'ML13.5', 'ML15.2'] },
  { name: 'epic-sepsis', caughtBy: ['EVAL-10', 'ML16.7'] },
  { name: 'knight-capital', caughtBy: ['ML18.7', 'ML19.1', 'ML19.2', 'ML20.4', 'CICD-08'] },
  { name: 'uber-feature-expiry', caughtBy: ['ML08.4', 'REL-09'] },
  { name: 'google-play-stale-table', caughtBy: ['ML16.6', 'LOOP-05', 'DG-01'] },
  // Of the reliability of requests those that its parts show, and of capacity those that are no question of accelerators.
  { name: 'google-pipeline-outages', caughtBy: ['REL-01', 'REL-02', 'REL-03', 'REL-06', 'REL-07', 'REL-10', 'ML09.1', 'ML09.2', 'ML09.3', 'ML09.5'] },
];

function reviewOf(name: string, when: 'before' | 'after'): Review {
  const { architectures, problems } = loadText(readFileSync(path.join(folder, name, `${when}.mlarch`), 'utf8'), { evidence: (_, target) => ({ status: /^https?:/.test(target) ? 'unchecked' : 'missing' }) });
  expect(problems.map(({ message, span }) => `${span.range.start.line + 1}: ${message}`)).toEqual([]);
  const [architecture] = architectures;
  if (!architecture) throw new Error(`${name} declares no system`);
  return review(architecture, { today: '2026-11-21' });
}

const said = (findings: readonly Finding[]): string[] => findings.map(({ id, severity, message }) => `${severity} ${id}: ${message}`);

it('has a table entry for every incident that is modelled', () => {
  expect(readdirSync(folder).sort()).toEqual(INCIDENTS.map(({ name }) => name).sort());
});

describe.each(INCIDENTS)('$name', ({ name, caughtBy, inOrder = [] }) => {
  it.each(caughtBy)('is caught before by %s', (rule) => {
    const { findings } = reviewOf(name, 'before');
    expect(findings.filter((finding) => finding.rule === rule), `only found\n${said(findings).join('\n')}`).not.toEqual([]);
  });

  it('says nothing before of what was in order', () => {
    expect(said(reviewOf(name, 'before').findings.filter(({ rule }) => inOrder.includes(rule)))).toEqual([]);
  });

  it('is quiet afterwards', () => {
    const { findings } = reviewOf(name, 'after');
    expect(said(findings.filter(({ rule, severity }) => caughtBy.includes(rule) || severity === 'high' || severity === 'critical'))).toEqual([]);
  });

  it('fails no rule', () => {
    for (const when of ['before', 'after'] as const) expect(reviewOf(name, when).verdicts.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  });
});
