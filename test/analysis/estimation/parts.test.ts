import { describe, expect, it } from 'vitest';
import { generateArchitecture } from '../../../scripts/bench/generate.ts';
import { measureNext } from '../../../src/analysis/estimation/measure-next.ts';
import { partsOf } from '../../../src/analysis/estimation/parts.ts';
import type { Context } from '../../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';

const contextOf = (architecture: Architecture): Context => ({ architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' });
const loaded = (text: string): Architecture => {
  const { architectures, problems } = loadText(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return architectures[0]!;
};
const namesOf = (architecture: Architecture): string[][] => partsOf(architecture).map(({ components }) => [...components.keys()]);

/** Two ways of requests: one in dollars with an assumed peak, one in euros with a range; and stores that nothing asks. */
const APART = `instance own.box { provider own vcpus 4 memory 16 GiB price 1 USD/h }
instance own.rack { provider own vcpus 4 memory 16 GiB price 2 EUR/h }
system Apart {
  consumer Shop { average 40 req/s slo p99 <= 250 ms }
  service Ranker : realtime { runs_on own.box service_time p50 20 ms p99 60 ms slo p99 <= 100 ms }
  store Attic : log
  consumer Bank { peak 90..150 req/s slo p99 <= 90 ms }
  service Guard : realtime { runs_on own.rack replicas 2..9 autoscale on cpu at 60 % service_time p50 10..30 ms p99 80 ms }
  store Profiles : online { technology redis capacity 20_000 req/s latency p50 1 ms p99 4 ms }
  monitor Watch : data_drift { watches Ranker test psi threshold 0.2 window 1 h }
  Shop -> Ranker { sync }
  Bank -> Guard { sync }
  Profiles -> Guard { lookup p50 1 ms p99 4 ms }
}
`;

describe('parts of an architecture', () => {
  it('are joined by flows and by names', () => {
    expect(namesOf(loaded(APART))).toEqual([['Shop', 'Ranker', 'Watch'], ['Attic'], ['Bank', 'Guard', 'Profiles']]);
  });

  it('are one where a figure of the system stands in for those of consumers', () => {
    expect(namesOf(loaded(APART.replace('system Apart {', 'system Apart {\n  volume 100 req/s')))).toHaveLength(1);
  });

  it.each([['a system of two ways', APART], ['a generated system', generateArchitecture(240, true)], ['a dense generated system', generateArchitecture(200)]])('give the same advice on what to measure as the whole: %s', (_, text) => {
    const context = contextOf(loaded(text));
    expect(partsOf(context.architecture).length).toBeGreaterThan(1);
    const whole = measureNext(context, [context.architecture]);
    expect(whole.length).toBeGreaterThan(3);
    expect(measureNext(context)).toEqual(whole);
  });

  it('leave the advice on every example as it is', { timeout: 60_000 }, () => {
    for (const file of SYSTEMS) {
      for (const architecture of loadExample(file).architectures) expect(measureNext(contextOf(architecture)), file).toEqual(measureNext(contextOf(architecture), [architecture]));
    }
  });
});
