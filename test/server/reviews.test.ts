import { describe, expect, it } from 'vitest';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import { checks } from '../../src/analysis/checks/all.ts';
import { checklist } from '../../src/analysis/checklist.ts';
import { gap, question, type Rule } from '../../src/analysis/rule.ts';
import { reviewsResult } from '../../src/server/features/reviews.ts';
import { EXAMPLES } from '../support/examples.ts';
import { snapshotOf } from './snapshot.ts';

const START_UP = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';

describe('what the trees of an editor are made from', () => {
  const [system, ...others] = reviewsResult(snapshotOf(START_UP)).systems;
  const reviewed = snapshotOf(START_UP).analyses[0]!.systems[0]!.review;

  it('is one result for each system, with its score and files', () => {
    expect(others).toEqual([]);
    expect(system).toMatchObject({ name: 'StartupScoring', files: ['main.mlarch'], location: { uri: 'main.mlarch', range: { start: { line: 7, character: 7 } } } });
    expect(system?.score).toEqual({ headline: 'research-grade', assured: 0, potential: reviewed.score.index.potential, bar: 2.75, decided: reviewed.score.decided, applicable: reviewed.score.applicable });
  });

  it('has each finding with what can be done about it', () => {
    expect(system?.findings.map(({ id }) => id)).toEqual(reviewed.findings.map(({ id }) => id));
    expect(system?.findings.find(({ rule }) => rule === 'ML09.1')).toMatchObject({ category: 'Serving', severity: 'critical', fixable: true, acceptable: true, component: 'StartupScoring.Api', path: [{ component: 'WebApp' }, { component: 'Api', note: 'takes 4 req/s' }], docs: expect.stringContaining('ml09.md#ml091') });
    expect(system?.findings.find(({ rule }) => rule === 'ML09.5')).toMatchObject({ fixable: false });
    expect(system?.questions).toHaveLength(reviewed.questions.length);
  });

  it('has the whole checklist, each check as its worst rule', () => {
    expect(system?.checks.map(({ id }) => id)).toEqual(checklist.filter((check) => !check.beyond || (system?.checks ?? []).some(({ id }) => id === check.id)).map(({ id }) => id));
    expect(system?.checks.slice(0, 20).map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    const ranks = ['failed', 'finding', 'question', 'accepted', 'satisfied', 'not-applicable'];
    for (const { id, verdict, rules } of system?.checks ?? []) {
      expect(rules.length, id).toBeGreaterThan(0);
      expect(ranks.indexOf(verdict), id).toBe(Math.min(...rules.map((rule) => ranks.indexOf(rule.verdict))));
    }
    expect(system?.checks.find(({ id }) => id === 'ML09')).toMatchObject({ verdict: 'finding', category: 'Serving' });
  });

  it('has what is accepted, by whom and until when', () => {
    const text = 'system S {\n  stage production\n  criticality high\n  service Api : realtime { replicas 1 autoscale none }\n  accept ML09.3 on Api { because "tiny" by "Team" until 2027-01-31 }\n}\n';
    expect(reviewsResult(snapshotOf(text)).systems[0]?.accepted).toEqual([expect.objectContaining({ rule: 'ML09.3', component: 'S.Api', because: 'tiny', by: 'Team', until: '2027-01-31', location: expect.objectContaining({ uri: 'main.mlarch' }) })]);
  });

  it('puts a rule that broke before a finding, and an open question before what is accepted', () => {
    const [first] = checks;
    const [one, two] = first!.rules;
    const verdict = (a: Rule['evaluate'], b: Rule['evaluate'], accepted = '') => {
      const rules = [{ ...one!, evaluate: a }, { ...two!, evaluate: b }];
      return reviewsResult(snapshotOf(`system S {\n  stage production\n  criticality high\n${accepted}}\n`, { checks: [{ ...first!, applies: () => true, rules }] })).systems[0]?.checks[0]?.verdict;
    };
    const found: Rule['evaluate'] = ({ architecture }) => [gap(architecture.system, { message: 'x' })];
    expect(verdict(() => { throw new Error('oh'); }, found)).toBe('failed');
    expect(verdict(found, ({ architecture }) => [question(architecture.system, undefined, '?')])).toBe('finding');
    expect(verdict(found, ({ architecture }) => [question(architecture.system, undefined, '?')], '  accept ML01.1 { because "fine" by "A" until 2027-01-31 }\n')).toBe('question');
  });

  it('tells which rules of the tool broke', () => {
    const [first] = checks;
    const broken = { ...first!, rules: [{ ...first!.rules[0]!, evaluate: () => { throw new Error('oh'); } }] };
    const result = reviewsResult(snapshotOf('system S {\n  training T { produces M }\n  model M : trained\n  service A : realtime { serves M }\n}\n', { checks: [{ ...broken, applies: () => true }] }));
    expect(result.failures).toEqual([{ rule: 'ML01.1', message: 'oh' }]);
    expect(result.systems[0]?.checks[0]).toMatchObject({ id: 'ML01', verdict: 'failed' });
  });

  it('goes over the wire as it is', () => {
    const result = reviewsResult(snapshotOf(START_UP));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('does not take long for a large system (scripts/bench/features.ts measures)', () => {
    const snapshot = snapshotOf(generateArchitecture(2000));
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      reviewsResult(snapshot);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(200);
  });
});
