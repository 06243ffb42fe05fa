import { describe, expect, it } from 'vitest';
import { latencyBudget } from '../../../src/analysis/estimation/latency-budget.ts';
import { latencyAnalysis } from '../../../src/report/review-report/analyses/latency.ts';
import { detectionChains } from '../../../src/analysis/monitoring/detection-chain.ts';
import { truthJoins } from '../../../src/analysis/monitoring/truth-join.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { analysesSection } from '../../../src/report/review-report/analyses.ts';
import { exampleSubjects, subjectOf, TODAY } from './subject-of.ts';
import type { ReportSubject } from '../../../src/report/review-report/subject.ts';

const textOf = (subject: ReportSubject): string => markdownOf({ title: 'x', date: TODAY, language: 'en', sections: [analysesSection(subject)] }, () => 'x.svg');

const SHOP = `system Shop {
  stage production
  criticality high
  detect_within 12 h
  budget 3_000 USD/month
  consumer Web { peak 100 req/s average 50 req/s blocking yes slo availability >= 99.9 % }
  gateway Edge { availability 99.95 % latency p50 2 ms p99 8 ms capacity 2_000 req/s }
  service Scorer : realtime { replicas 4 throughput 100 req/s service_time p50 10 ms p99 30 ms availability 99.9 % serves M slo p99 <= 80 ms logs [prediction, join_id] logs_to Log cost 1_000 USD/month rollback manual within 20 min }
  store Cards : online { capacity 5_000 req/s availability 99.99 % latency p50 1 ms p99 4 ms }
  store Log : log { retention 20 days }
  model M : trained { task classification }
  labels Truth { from Orders kind outcome delay 30 days join_key "id" }
  source Orders : database { refresh 1 h }
  features Basket { online Cards freshness 2 h materialised every 30 min in 5 min }
  ingestion Copy : batch { every 1 h duration 10 min }
  monitor Answers : prediction_drift { watches Scorer window 6 h every 1 h alerts Page }
  alert Page { channel pagerduty reaches Crew }
  team Crew { people 3 }
  Web -> Edge -> Scorer { sync }
  Scorer -> Cards { sync fan_out 2 }
  Orders -> Copy -> Basket
}
`;

describe('the analyses', () => {
  const subject = subjectOf(SHOP);
  const text = textOf(subject);

  it('multiply availabilities: 0.9995 × 0.999 × 0.9999', () => {
    const whole = 0.9995 * 0.999 * 0.9999;
    expect(whole).toBeCloseTo(0.9984, 5);
    expect(text).toMatch(/\| \*\*All of it\*\* \| (?:at most )?99\\?\.84006 %/);
    // 0.16 % of 730.5 h.
    expect(Number(((1 - whole) * 730.5).toPrecision(3))).toBe(1.17);
    expect(text).toMatch(/1\\?\.17 h/);
    expect(text).toContain('The objective is 99.9 %, 43.8 min a month.');
  });

  it('find the smallest cut: 400 req/s of four copies, before 2,500 of a store that is asked twice', () => {
    expect(text).toMatch(/`Scorer` carries (?:at least )?400 req\/s/);
    expect(text).toMatch(/`Edge` carries 2,000 req\/s/);
    expect(text).toContain('passed at 5×, 10×');
    expect(text).toContain('Scorer gives way first, at about 4 times today’s peak');
  });

  it('add up the age of values: an hour, a copy each hour in ten minutes, and a job each half an hour in five', () => {
    // 1 h + 1 h + 10 min + 30 min + 5 min = 165 min, and 2 h are allowed.
    expect(text).toMatch(/\| 2\\?\.75 h \| 2 h \| too old \|/);
  });

  it('add up the time until a wrong answer is taken back, and say what is missing in it', () => {
    const [chain] = detectionChains(subject.context);
    expect(chain?.steps.map(({ what, time }) => [what, time?.high])).toEqual([['window', 21_600], ['next look', 3600], ['somebody is told', undefined], ['going back', 1200]]);
    expect(chain?.total).toEqual({ low: 26_400, high: 26_400 });
    expect(text).toContain('At least 7.33 h from a wrong answer to the version before');
    expect(text).toContain('Seen after 7 h, where 12 h is allowed by the file.');
    expect(text).toContain('interrupts somebody (pagerduty); how long they take is not declared');
  });

  it('compare what is kept with when truth comes', () => {
    expect(truthJoins(subject.context.architecture).map(({ labels, retention, delay }) => [labels.name, retention?.high, delay?.low])).toEqual([['Truth', 20 * 86_400, 30 * 86_400]]);
    expect(text).toContain('| `Truth` | 30 days | `Log` | 20 days | gone before truth comes |');
  });

  it('reckon the cost of an answer and how the bill grows', () => {
    // 1,000 USD over 50 req/s × 730.5 h.
    expect(Number((1000 / ((50 * 730.5 * 3600) / 1000)).toPrecision(3))).toBe(0.00761);
    expect(text).toContain('0.00761 USD for 1,000 answers (measured)');
    expect(text).toContain('The budget is 3,000 USD/month.');
    expect(text).toContain('1,000 USD today, 5,000 at five times, 10,000 at ten times');
  });

  it('take the time of a way apart, each read once', () => {
    const [path] = subject.estimation.paths.filter(({ from, to }) => from === 'Web' && to === 'Scorer');
    if (!path) throw new Error('There is no way from Web to Scorer.');
    const hops = latencyBudget(subject.context.architecture, path);
    expect(hops.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(hops.map(({ name }) => name)).toContain('Scorer');
    const [, fraud] = exampleSubjects().find(([file]) => file.includes('card-fraud')) ?? [];
    if (!fraud?.estimation.paths[0]) throw new Error('The example is missing.');
    // The look-up is the whole read: the store behind it is not told again.
    expect(latencyBudget(fraud.context.architecture, fraud.estimation.paths[0]).map(({ name }) => name)).toEqual(['Scorer', 'CardVelocity → Scorer']);
  });

  it('have the three plots where their figures are known', () => {
    const titles = [...text.matchAll(/^!\[([^\]]*)\]/gm)].map(([, title]) => title);
    expect(titles.some((title) => title?.startsWith('Latency against load'))).toBe(true);
    expect(titles).toContain('Utilisation at today’s peak');
    expect(titles).toContain('Monthly cost against traffic');
  });

  it('leave a band of latency open where the worse case is overloaded', () => {
    const [, fraud] = exampleSubjects().find(([file]) => file.includes('card-fraud')) ?? [];
    if (!fraud) throw new Error('The example is missing.');
    const [figure] = latencyAnalysis(fraud).blocks.filter((block) => block.kind === 'figure');
    // 8 replicas take 4,000 req/s at the least and 7,500 as estimated; the peak is 1,200.
    expect(figure?.picture.description).toContain('From 4 times on the band has no upper end');
    const band = [...(/<path d="M([^"]*)Z"[^>]* fill-opacity/.exec(figure?.picture.svg ?? '')?.[1] ?? '').matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
    const [upper, lower] = [band.slice(0, band.length / 2), band.slice(band.length / 2)];
    const top = Math.min(...upper.map(({ y }) => y));
    // At 4, 5 and 6 times, and not before.
    expect(upper.slice(-3).map(({ y }) => y)).toEqual([top, top, top]);
    expect(upper[1]?.y).toBeGreaterThan(top + 100);
    expect(Math.min(...lower.map(({ y }) => y))).toBeGreaterThan(top + 100);
  });

  it('say of an empty system that nothing is known', () => {
    const empty = textOf(subjectOf('system Empty {}'));
    for (const words of ['Nobody waits for an answer', 'no capacity with a known traffic', 'Nothing with a known price is declared', 'No truth about answers', 'No feature values']) expect(empty).toContain(words);
    expect(empty).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each(exampleSubjects())('of %s have no hole in them', (_, example) => {
    expect(textOf(example)).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});
