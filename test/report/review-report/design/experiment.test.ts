import { expect, it } from 'vitest';
import { ratioGate } from '../../../../src/analysis/design/experiment-blueprint.ts';
import { sampleRatio } from '../../../../src/analysis/experiments/srm.ts';
import { assistant, bare, fraud, lineOf, system, textOf } from './support.ts';

const shop = (more = 'unit user metric "orders per user" guardrails ["returns"] detects 1 % from 10 % duration 14 days') =>
  system(
    'consumer Web : user { peak 200 req/s average 50 req/s users 2M users }', 'gateway Router : router { splits yes }', 'service Ranker : realtime { serves RankNet slo p99 <= 200 ms }', 'model RankNet : trained { task ranking action rank }',
    `experiment NewRanker for Ranker { ${more} }`, 'Web -> Router -> Ranker',
  );

it('plans a declared experiment', () => {
  const text = textOf('experiment-design', shop());
  // R: power.prop.test(p1 = .10, p2 = .11, power = .8) has n = 14,750.79.
  expect(lineOf(text, 'Declared plan')).toContain('14,751 users in each arm to see a difference of 1 percentage point from 10 %, 29,502 in all');
  // Five looks take 1.0284 times as many at most: 15,170 in each arm.
  expect(lineOf(text, '10 % to 11 % (10 % of it), as declared')).toMatch(/14,751 \| 29,502 \| 30,340; 24,120 \| at least 10\.1 min: run 1 week/);
  expect(lineOf(text, 'Must not get worse')).toContain('returns (NewRanker); p99 at or below 200 ms (Ranker)');
  expect(lineOf(text, 'Divided by')).toBe('- Divided by: Router');
});

it('has looks with the boundaries of O’Brien and Fleming', () => {
  const text = textOf('experiment-design', shop());
  // R: getDesignGroupSequential(kMax = 5, typeOfDesign = "OF", alpha = .025): 4.56174, 3.22564, 2.63372, 2.28087, 2.04007.
  expect([1, 2, 3, 4, 5].map((look) => text.split('\n').find((line) => line.startsWith(`| ${look} |`))?.split(' | ')[2])).toEqual(['4.562', '3.226', '2.634', '2.281', '2.04']);
  expect(text).toContain('| 1 | 20 %, 6,068 |');
});

it('gates on the sample ratio at the count at which the test says so', () => {
  // √10.828 × √30,340 / 2 = 286.6.
  expect(lineOf(textOf('experiment-design', shop()), 'Gate before')).toContain('Of 30,340 users in two arms, neither may be more than 286 away from a half');
  const { away } = ratioGate(30_340);
  expect(sampleRatio([15_170 - away, 15_170 + away]).value?.mismatch).toBe(false);
  expect(sampleRatio([15_170 - away - 1, 15_170 + away + 1]).value?.mismatch).toBe(true);
});

it('does not plan with more users than there are', () => {
  // A difference of 1 % of 10 % takes 2.92 million users, and 2 million are declared.
  expect(lineOf(textOf('experiment-design', shop()), '10 % to 10.1 %')).toContain('never: more users than take part');
});

it('shows several baselines and differences where none is declared', () => {
  const text = textOf('experiment-design', assistant());
  expect(text).toContain('Sample for some baselines: none is declared');
  // 30,340 requests at 1.5 req/s in the mean: 20,227 s, in three digits 20,200 s.
  expect(lineOf(text, '10 % to 11 %')).toContain('5.61 h: run 1 week');
  expect(lineOf(text, 'Metric that decides')).toContain('not declared (metric of an experiment)');
});

it('knows what a slow metric waits for, and what the action hides', () => {
  const line = lineOf(textOf('experiment-design', fraud()), 'What it has to wait for');
  expect(line).toContain('Chargebacks after 45 days');
  expect(line).toContain('What FraudNet acts on hides its outcome');
});

it('tells no duration without traffic, and compares nothing that runs in jobs', () => {
  expect(lineOf(textOf('experiment-design', bare()), 'Traffic')).toContain('so no duration can be told');
  expect(textOf('experiment-design', bare())).not.toContain('run 1 week');
  expect(textOf('experiment-design', system('service Nightly : batch { serves Net }', 'model Net : trained { }'))).toContain('there is nothing to compare on users');
});
