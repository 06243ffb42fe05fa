import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/analysis/estimation/estimate.ts';
import { objectiveCosts, type ObjectiveCost } from '../../../src/analysis/estimation/objective-cost.ts';
import { contextOf } from '../../support/estimated.ts';

function costs(lines: readonly string[]): ObjectiveCost[] {
  const context = contextOf(lines);
  return objectiveCosts(context, estimate(context, [1]));
}

const WEB = 'consumer Web { peak 500 req/s average 500 req/s slo p99 <= 500 ms }';
/** Exponential with a mean of 100 ms: 10 req/s of each replica, so 63 are 80 % busy or less at 500 req/s. */
const TIMES = 'concurrency 1 service_time p50 69.31471806 ms p99 460.5170186 ms';

describe('an objective that may be missed', () => {
  it('costs the replicas that keep it', () => {
    const [found] = costs([WEB, `service Api : realtime { runs_on own.box replicas 51 ${TIMES} }`, 'Web -> Api']);
    expect(found).toMatchObject({ from: 'Web', to: 'Api', replicas: [{ component: 'Api', count: 63, now: 51 }], cost: { currency: 'USD', uncertain: false } });
    expect(found?.cost?.more).toBeCloseTo(12 * 730.5, 6);
    expect(found?.cost?.times).toBeCloseTo(63 / 51, 9);
  });

  it('costs those that scaling adds when it aims lower', () => {
    const [found] = costs([WEB, `service Api : realtime { runs_on own.box replicas 10..80 autoscale on utilisation at 98 % ${TIMES} }`, 'Web -> Api']);
    // 500 ÷ (10 × 0.98) is 51.02.
    expect(found?.replicas).toEqual([{ component: 'Api', count: 63, now: 52 }]);
    expect(found?.cost?.more).toBeCloseTo(11 * 730.5, 3);
    expect(found?.assumptions).toEqual(['scaling of Api aims at 79 % busy']);
  });

  it('is not priced where its machines have no price', () => {
    const [found] = costs([WEB, `service Api : realtime { serves Net replicas 51 ${TIMES} }`, 'model Net : trained { task regression }', 'Web -> Api']);
    expect(found?.cost).toBeUndefined();
    expect(found?.unknown).toContain('`runs_on` with an instance of the catalogue, or `cost`, of Api');
  });

  it('that replicas do not keep says what stands against it', () => {
    const [found] = costs(['consumer Web { peak 500 req/s average 500 req/s slo p99 <= 200 ms }', `service Api : realtime { runs_on own.box replicas 51 ${TIMES} }`, 'Web -> Api']);
    expect(found).toMatchObject({ verdict: 'missed', replicas: [], unknown: 'the times of the steps without any waiting are beyond the objective' });
  });

  it('that is kept costs nothing', () => {
    expect(costs([WEB, `service Api : realtime { runs_on own.box replicas 100 ${TIMES} }`, 'Web -> Api'])).toEqual([]);
  });
});
