import { describe, expect, it } from 'vitest';
import { climbed } from '../../../src/analysis/maturity/ladder.ts';
import type { Maturity } from '../../../src/analysis/maturity/maturity.ts';
import type { State } from '../../../src/analysis/maturity/judgement.ts';
import { applyChanges } from '../../../src/model/apply-changes.ts';
import type { Change, ComponentDraft } from '../../../src/model/architecture.ts';
import { exactly } from '../../../src/model/quantity.ts';
import { observedServices } from '../../../src/analysis/monitoring/observed.ts';
import { inHouseModels } from '../../../src/analysis/training/in-house.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { maturityOfSystem } from './systems.ts';

const STATES: readonly State[] = ['met', 'missing', 'open', 'not-applicable'];

/** Every arrangement of states on three steps of two criteria each. */
const arrangements: readonly State[][] = Array.from({ length: STATES.length ** 6 }, (_, number) => Array.from({ length: 6 }, (_unused, place) => STATES[Math.floor(number / STATES.length ** place) % STATES.length] ?? 'open'));
const climb = (states: readonly State[]) => climbed([0, 2, 4].map((start) => states.slice(start, start + 2).map((state) => ({ state }))));

describe('a ladder', () => {
  it('never shows more than is possible, and answers only narrow the interval', () => {
    for (const states of arrangements) {
      const { atLeast, atMost } = climb(states);
      if (atLeast > atMost) throw new Error(states.join());
      const place = states.indexOf('open');
      if (place === -1) continue;
      for (const answer of ['met', 'missing'] as const) {
        const answered = climb(states.with(place, answer));
        if (answered.atLeast < atLeast || answered.atMost > atMost) throw new Error(`${states.join()} ${answer}`);
      }
    }
    expect(arrangements).toHaveLength(4096);
  });

  it('without open questions is exact', () => {
    for (const states of arrangements.filter((all) => !all.includes('open'))) expect(climb(states).atLeast).toBe(climb(states).atMost);
  });
});

/** Every number that may not fall, by name. */
function heights({ ladders, testScore, rubric, stages }: Maturity): Map<string, readonly [number, number]> {
  return new Map([
    ...ladders.map(({ name, atLeast, atMost }) => [name, [atLeast, atMost]] as const),
    ...testScore.sections.flatMap(({ tests }) => tests).map(({ id, atLeast, atMost }) => [id, [atLeast, atMost]] as const),
    ...rubric.rows.filter(({ state }) => state !== 'not applicable').map(({ id, atLeast, atMost }) => [id, [atLeast, atMost]] as const),
    ...stages.map(({ model, met, open }) => [`stages of ${model}`, [met, met + open]] as const),
  ]);
}

const minutes = (count: number) => exactly(count * 60, 's');

describe.each(SYSTEMS)('%s', (file) => {
  for (const architecture of loadExample(file).architectures) {
    const before = heights(maturityOfSystem(architecture));
    const services = observedServices(architecture).map(({ service }) => service.name);
    const models = inHouseModels(architecture).map(({ name }) => name);
    const add = (...components: readonly ComponentDraft[]): Change[] => components.map((component) => ({ op: 'add-component', component }));
    const alert: ComponentDraft = { kind: 'alert', name: 'NewAlert', properties: { channel: 'pagerduty', reaches: ['NewTeam'], runbook: ['NewBook'], escalates: ['Lead'] } };
    const people: readonly ComponentDraft[] = [alert, { kind: 'team', name: 'NewTeam', properties: { people: exactly(5, '1'), on_call: true } }, { kind: 'runbook', name: 'NewBook', properties: { covers: ['drift'], reviewed: '2026-11-01' } }];
    const additions: readonly (readonly [string, readonly Change[]])[] = [
      ['a monitor that tells somebody', add({ kind: 'monitor', name: 'NewMonitor', variant: 'model_quality', properties: { watches: services, proxy: true, threshold: exactly(0.5, '1'), window: minutes(5), every: minutes(5), baseline: 'production_version', alerts: ['NewAlert'] } }, ...people)],
      ['an evaluation that stops what fails', add({ kind: 'evaluation', name: 'NewEvaluation', variant: 'offline', properties: { judges: models, metrics: ['auc'], blocking: true, compares_to: 'baseline', segments: ['country'], fairness: ['parity'] } })],
      ['a pipeline that does everything', add({ kind: 'pipeline', name: 'NewPipeline', variant: 'cicd', properties: { stages: ['code_tests', 'integration_tests', 'data_validation', 'training', 'model_validation', 'model_tests', 'staging', 'canary', 'progressive_rollout', 'full_deployment'], blocking: true, trigger: 'merge', approval: 'none_needed', deploys: services } })],
      ['an incident process', add({ kind: 'incidents', name: 'NewProcess', properties: { classes: ['drift'], roles: ['incident_lead', 'model_owner', 'data_owner'], post_mortems: true } })],
    ];
    it.each(additions)('is not lowered by %s', (name, changes) => {
      if (services.length === 0 || (models.length === 0 && name.startsWith('an evaluation'))) return;
      const after = heights(maturityOfSystem(applyChanges(architecture, changes)));
      const lowered = [...before].filter(([id, [atLeast]]) => (after.get(id)?.[0] ?? 0) < atLeast).map(([id, was]) => `${id}: ${was.join('..')} → ${after.get(id)?.join('..') ?? 'gone'}`);
      expect(lowered).toEqual([]);
    });
  }
});
