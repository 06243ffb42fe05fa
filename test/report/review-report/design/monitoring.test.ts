import { expect, it } from 'vitest';
import { assistant, bare, fraud, lineOf, system, textOf } from './support.ts';

it('shows what is declared, with its test, pace, people and runbook', () => {
  expect(lineOf(textOf('monitoring-design', fraud()), 'Drift of inputs')).toBe('| Drift of inputs | InputDrift | psi, threshold 0.2, against training_data | over 1 h | RiskTeam, then Risk ML, then Head of Risk; starts ScorerRollout | FraudRunbook |');
});

it('starts what is missing from what is promised and from the traffic', () => {
  const text = textOf('monitoring-design', fraud());
  // Recovery within 10 min, 5 of which go back: 2.5 min to notice are half of what is left.
  expect(lineOf(text, 'Latency, errors')).toMatch(/Not declared.*p99 above 120 ms; fewer than 99\.95 % of requests answered.*at least every 2\.5 min/);
  // 400 req/s × 3,600 s; chance alone stays below 0.2 from 170 rows on, so that an hour is enough.
  expect(lineOf(text, 'Drift of answers')).toMatch(/1,440,000 rows in a window at the mean traffic, next to no false alarms a month.*\| over 1 h/);
  expect(lineOf(text, 'Age of features')).toContain('CardVelocity older than 5 s');
  expect(lineOf(text, 'Cost')).toContain('a pace above 18,000 USD/month (Scorer)');
});

it('takes a longer window where an hour has too few requests', () => {
  // 1 request in 100 s: 36 an hour, 216 in six hours, 864 a day; both samples at 0.2 need 16.9 × 2 / 0.2 = 170 rows.
  const slow = system('consumer Web { peak 36 req/h average 36 req/h }', 'service Api : realtime { serves Net }', 'model Net : trained { task regression }', 'Web -> Api');
  expect(lineOf(textOf('monitoring-design', slow), 'Drift of answers')).toMatch(/216 rows in a window.*\| over 6 h/);
});

it('names what tells of a failure without being a monitor', () => {
  expect(lineOf(textOf('monitoring-design', assistant()), 'Harmful output')).toContain('no monitor, but InputScreen and AnswerCheck');
  // Text has no columns whose distribution could drift.
  expect(textOf('monitoring-design', assistant())).not.toContain('| Drift of');
});

it('sets alerts against what can be answered', () => {
  const noisy = system(
    'consumer Web { peak 10 req/s average 5 req/s }', 'service Api : realtime { serves Net }', 'model Net : trained { }', 'Web -> Api',
    'monitor Drift : data_drift { watches Api alerts Call volume 12 alerts/day }', 'alert Call { channel slack reaches Us capacity 5 alerts/day }', 'team Us { people 2 }',
  );
  const text = textOf('monitoring-design', noisy);
  // 12 and 5 a day, of which a month has 30.4.
  expect(lineOf(text, 'Call |')).toMatch(/365 a month \| 152 a month/);
  expect(text).toContain('Call fires more often than can be answered.');
});

it('puts published prices beside what can be reckoned, and calls them claims', () => {
  const text = textOf('monitoring-design', fraud());
  expect(lineOf(text, 'Managed')).toContain('500 to 2,000 USD/month (published claim');
  expect(lineOf(text, 'Nothing')).toContain('not declared (revenue of CardFraud)');
  // 400 req/s × 2,629,800 s × 2 KB × 12 months at 0.023 USD/GB: 1,052 M × 12 × 2 KB = 25.2 TB.
  expect(text).toContain('Keeping all predictions of Scorer in PredictionLog: 581 USD a month');
});

it('says what would have to be declared where nothing is', () => {
  const text = textOf('monitoring-design', bare());
  expect(text).toContain('5 things to watch follow from the kinds of models, from what they depend on and from what is promised; nothing declared sees 5 of them.');
  expect(lineOf(text, 'Latency, errors')).toContain('no threshold follows: slo of Api is not declared');
  expect(text).toContain('No alert is declared (alert), so nobody is told of anything');
  expect(textOf('monitoring-design', system('owner "A"'))).toContain('there is no model to watch');
});
