import { describe, expect, it } from 'vitest';
import { maturityOfText, shopWith, testOf } from './systems.ts';

type Change = readonly [from: string, to: string];

/** Points as `0.5..1`. */
const points = (changes: readonly Change[], id: string): string => {
  const { state, atLeast, atMost } = testOf(shopWith(...changes), id);
  return state === 'decided' || state === 'open' ? `${atLeast}..${atMost}` : state;
};

describe('the ML Test Score', () => {
  it('has 28 tests in four sections of seven, and names those that no model can decide', () => {
    const { sections } = shopWith().testScore;
    expect(sections.map(({ tests }) => tests.length)).toEqual([7, 7, 7, 7]);
    expect(sections.flatMap(({ tests }) => tests).filter(({ state }) => state === 'not decidable').map(({ id }) => id)).toEqual(['Data 2', 'Data 3', 'Data 4', 'Data 6', 'Model 3', 'Model 4', 'Infra 5', 'Monitor 5']);
  });

  it('gives all points that can be decided and none for those that cannot', () => {
    const { sections, atLeast, atMost, headline } = shopWith().testScore;
    expect(sections.map((section) => [section.atLeast, section.atMost, section.decided, section.decidable])).toEqual([[3, 3, 3, 3], [5, 5, 5, 5], [6, 6, 6, 6], [6, 6, 6, 6]]);
    expect([headline, atLeast, atMost]).toEqual(['exact', 3, 3]);
  });

  it('is the least of the sections', () => {
    const { sections, atLeast } = shopWith(['metrics [ndcg] blocking yes compares_to baseline segments [country] fairness [parity] business_metric "orders"', 'metrics [ndcg]']).testScore;
    expect(atLeast).toBe(Math.min(...sections.map((section) => section.atLeast)));
    expect(atLeast).toBeLessThan(3);
  });

  const TOLD = 'monitor Quality : model_quality { watches Scorer proxy yes threshold 0.4 window 1 h every 10 min alerts Page triggers Train }';
  it.each<[string, string, readonly Change[], string]>([
    ['Data 1', 'a gate that reports', [['blocking yes on_bad_data quarantine', 'blocking no on_bad_data pass'], ['data_validation, ', '']], '0.5..0.5'],
    ['Data 5', 'rights without a log', [['permissions least_privilege audit_log yes', 'permissions least_privilege audit_log no']], '0.5..0.5'],
    ['Data 5', 'wide rights, no log, no proof of identity', [['permissions least_privilege audit_log yes', 'permissions wildcard audit_log no auth none']], '0..0'],
    ['Data 7', 'tests that somebody starts', [['trigger merge', 'trigger manual']], '0.5..0.5'],
    ['Model 1', 'a commit and no merge', [['trigger merge', 'trigger tag']], '0.5..0.5'],
    ['Model 1', 'a notebook', [['code commit', 'code notebook']], '0..0'],
    ['Model 6', 'slices in an evaluation that stops nothing', [['metrics [ndcg] blocking yes', 'metrics [ndcg] blocking no']], '0.5..0.5'],
    ['Model 6', 'no slices', [['segments [country]', 'segments none']], '0..0'],
    ['Model 7', 'nobody says', [[' fairness [parity]', '']], '0..1'],
    ['Infra 1', 'repeatable, but cron', [['orchestrator Airflow : dag', 'orchestrator Airflow : cron'], ['data_validation, training, model_validation', 'data_validation, model_validation']], '0.5..0.5'],
    ['Infra 3', 'no such stage', [['integration_tests, ', '']], '0..0'],
    ['Infra 4', 'judged, and nothing is stopped', [['metrics [ndcg] blocking yes', 'metrics [ndcg] blocking no'], ['model_validation, ', ''], ['promotion automatic ', '']], '0.5..0.5'],
    ['Infra 6', 'a shadow before everyone', [['strategy canary steps [1 %, 10 %, 50 %, 100 %] each 2 h', 'strategy shadow'], ['canary, progressive_rollout, full_deployment', 'full_deployment']], '0.5..0.5'],
    ['Infra 7', 'a way back by hand', [['rollback automatic within 5 min', 'rollback manual within 5 min']], '0.5..0.5'],
    ['Infra 7', 'a day', [['rollback automatic within 5 min', 'rollback automatic within 1 day']], '0..0'],
    ['Monitor 3', 'a parity test and no monitor', [['monitor Skew : skew { watches Scorer window 1 h every 1 h alerts Page }', 'monitoring none\n  features Clicks { parity_test yes }']], '0.5..0.5'],
    ['Monitor 6', 'nobody says', [['  monitor Latency : latency { watches Scorer window 5 min every 1 min alerts Page }\n', '']], '0..1'],
    ['Monitor 7', 'a monitor that tells nobody', [[TOLD, TOLD.replace('alerts Page triggers Train', 'alerts none')], ['watches [Quality] ', '']], '0.5..0.5'],
    ['Monitor 7', 'nobody says whom it tells', [[TOLD, TOLD.replace('alerts Page triggers Train', '')], ['watches [Quality] ', '']], '0.5..1'],
  ])('%s, %s', (id, _, changes, expected) => expect(points(changes, id)).toBe(expected));

  it('does not apply to a system that only buys models', () => expect(maturityOfText('system Chat {\n  model Gpt : vendor {\n  }\n}\n').testScore).toMatchObject({ headline: 'not applicable', sections: [], atLeast: 0, atMost: 0 }));
});
