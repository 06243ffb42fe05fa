import { expect, it } from 'vitest';
import { assistant, bare, fraud, lineOf, system, textOf } from './support.ts';

it('plans capacity at multiples of today’s peak', () => {
  const text = textOf('scaling-runbook', fraud());
  // 1,200 × 0.65 / (2 × 607) = 64 %; at 10× with the 8 that may run 12,000 / 7,470 = 161 %.
  expect(lineOf(text, 'Scorer | 7,470')).toBe('| Scorer | 7,470 req/s | 1,200 req/s: 64 % busy with 2, needs 2 | 2,400 req/s: 64 % busy with 4, needs 4 | 6,000 req/s: 80 % busy with 8, needs 9 | 12,000 req/s: 160 % busy with 8, needs 17 |');
  expect(lineOf(text, '5× |')).toMatch(/above the knee: Scorer \| not sure: at least 140 ms \| 3,200 USD a month/);
  expect(lineOf(text, '10× |')).toContain('full: Scorer | missed: overloaded');
});

it('says when to act', () => {
  // 80 % of 7,470 req/s; 4.98 times 1,200, and ln 4.98 / ln 1.08 = 20.9 months after 2026-11-21.
  expect(lineOf(textOf('scaling-runbook', fraud()), 'Scorer | 5,980')).toBe('| Scorer | 5,980 req/s, 5 times (2.7 to 9.3) today’s peak | 2028-08-17 | 7,470 req/s, 6.2 times (3.4 to 12) |');
});

it('names the same cost today as the bill', () => {
  const subject = fraud();
  const total = Number(subject.estimation.cost.total.value.toPrecision(3)).toLocaleString('en-US');
  expect(lineOf(textOf('scaling-runbook', subject), 'Today |')).toContain(`${total} USD a month`);
});

it('tells step by step what to change, what comes next and how to verify it', () => {
  const text = textOf('scaling-runbook', fraud());
  expect(text).toContain('Scorer: raise the most that may run. Declared is 2 to 8; it takes 4 at 2×, 9 at 5×, 17 at 10×.');
  expect(text).toContain('Test under load Scorer with 6,000 req/s, 5 times today’s peak (the last one went to 3,000 req/s), and p99 at or below 120 ms');
  expect(text).toContain('Go back, if errors or latency rise: restore the counts before the change (Scorer 2 to 8)');
});

it('asks a vendor for quota, and says that replicas before it do not help', () => {
  const text = textOf('scaling-runbook', assistant());
  // 4 M tokens a minute / (3,200 + 350) / 60 = 18.8 req/s; 10 × 6 / (18.8 × 0.8) = 4.0 times the quota.
  expect(text).toContain('WriterApi: ask the vendor for a higher quota in time. Declared are requests 33.33 req/s and tokens 4,000,000 tokens/min; to be at most 80 % busy at ten times today’s peak takes 4 times that.');
  expect(text).toContain('WriterApi takes 18.8 req/s however many replicas stand before it');
  expect(text).toContain('Accepted until 2027-03-31: ');
  // Beyond the multiples of the plan nothing has to be done.
  expect(text).not.toContain('Edge: it has no replicas');
});

it('plans nothing without traffic, and says what it takes', () => {
  expect(textOf('scaling-runbook', bare())).toContain('No plan can be made: the traffic of no service is declared. It takes peak, growth and average of a consumer');
  expect(textOf('scaling-runbook', system('consumer Web { peak 10 req/s }', 'service Api : realtime { serves Net }', 'model Net : trained { }', 'Web -> Api'))).toContain('What a single component takes is not declared');
});
