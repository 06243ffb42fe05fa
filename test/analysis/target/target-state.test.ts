import { describe, expect, it } from 'vitest';
import type { Architecture, Change } from '../../../src/model/architecture.ts';
import { applyChanges } from '../../../src/model/apply-changes.ts';
import { componentsOf, value } from '../../../src/model/statements.ts';
import { review } from '../../../src/analysis/review.ts';
import { roadmapOf } from '../../../src/analysis/roadmap/roadmap.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { isGrave } from '../../../src/analysis/target/derived.ts';
import { declaredTargets, derivedTarget, targetStateOf } from '../../../src/analysis/target/target-state.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';

const reviewed = (architecture: Architecture) => {
  const context = { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
  return { context, before: review(architecture, context) };
};

describe.each(SYSTEMS)('%s', (file) => {
  for (const architecture of loadExample(file).architectures) {
    const { context, before } = reviewed(architecture);
    const target = derivedTarget(context, before);

    it('has a derived target as far as remedies of critical and high findings change the file', () => {
      const changing = before.findings.filter((finding) => isGrave(finding) && finding.remedy.changes.length > 0);
      expect(target !== undefined).toBe(changing.length > 0);
    });

    it('closes in its target what its steps say they close, and opens nothing critical or high', () => {
      if (!target) return;
      const open = new Set(target.review.findings.map(({ id }) => id));
      const claimed = target.steps.filter(({ changes }) => changes.length > 0).flatMap(({ findings }) => findings);
      expect(claimed.filter(({ id }) => open.has(id)).map(({ id }) => id)).toEqual([]);
      expect(target.asked.map(({ id }) => id)).toEqual([]);
      expect(target.opened.filter(isGrave).map(({ id }) => id)).toEqual([]);
      expect(target.left.filter((finding) => isGrave(finding) && finding.remedy.changes.length > 0)).toEqual([]);
      expect(target.review.score.index.assured).toBeGreaterThanOrEqual(before.score.index.assured);
    });

    it('is the system with the changes of its steps, and sells nothing that no rule asks for', () => {
      if (!target) return;
      expect(target.architecture).toEqual(applyChanges(architecture, target.changes));
      const added = target.changes.filter((change) => change.op === 'add-component').map(({ component }) => component);
      expect(added.filter(({ kind }) => kind === 'orchestrator' || kind === 'compute' || kind === 'ingestion')).toEqual([]);
      const technologies = (of: Architecture) => new Set(componentsOf(of, 'service', 'features', 'store', 'orchestrator', 'monitor', 'registry', 'tracker').flatMap((component) => value(component, 'technology') ?? []));
      expect([...technologies(target.architecture)]).toEqual([...technologies(architecture)]);
    });
  }
});

it('puts prerequisites before what needs them', () => {
  for (const architecture of SYSTEMS.flatMap((file) => loadExample(file).architectures)) {
    const { context, before } = reviewed(architecture);
    const { top, backlog } = roadmapOf(context, before);
    const ids = [...top, ...backlog].map(({ action }) => action.id);
    for (const { action } of [...top, ...backlog]) for (const prior of action.prerequisites) if (ids.includes(prior)) expect(ids.indexOf(prior)).toBeLessThan(ids.indexOf(action.id));
  }
});

const SYSTEM = `system Shop {
  stage production
  criticality high
  complete [serving]
  consumer Web { peak 50 req/s }
  service Scorer : realtime {
    serves Ranker
    replicas 1
  }
  model Ranker { task ranking }
  Web -> Scorer
`;

it('prefers a declared target, and still derives one to compare with', () => {
  const [architecture] = loadText(`${SYSTEM}  target Twice {\n    because "one is not enough"\n    change Scorer { replicas 2 }\n  }\n}\n`).architectures;
  if (!architecture) throw new Error('no system');
  const { context, before } = reviewed(architecture);
  const target = targetStateOf(context, before);
  expect(target).toMatchObject({ origin: 'declared', title: 'Twice' });
  expect(target?.closed.map(({ rule }) => rule)).toContain('ML09.3');
  expect(target?.left.length).toBe(before.findings.length - (target?.closed.length ?? 0) - (target?.asked.length ?? 0));
  expect(declaredTargets(context, before)).toHaveLength(1);
  expect(derivedTarget(context, before)?.origin).toBe('derived');
});

it('has no target where nothing is critical or high and nothing is declared', () => {
  const [architecture] = loadText('system Quiet {\n  stage prototype\n}\n').architectures;
  if (!architecture) throw new Error('no system');
  const { context, before } = reviewed(architecture);
  expect(targetStateOf(context, before)).toBeUndefined();
});

it('takes a finding that turns into a question for open', () => {
  const [architecture] = loadText(`system Shop {\n  stage production\n  criticality high\n  monitor none\n  alert none\n  consumer Web { peak 50 req/s }\n  service Scorer : realtime {\n    serves Ranker\n    replicas 2\n  }\n  model Ranker { task ranking }\n  Web -> Scorer\n  target Watched { add monitor Machines : resource { watches Scorer } }\n}\n`).architectures;
  if (!architecture) throw new Error('no system');
  const { context, before } = reviewed(architecture);
  const [target] = declaredTargets(context, before);
  const changes: readonly Change[] = target?.changes ?? [];
  expect(changes).toHaveLength(1);
  expect(before.findings.map(({ rule }) => rule)).toContain('ML13.2');
  expect(target?.closed.map(({ rule }) => rule)).not.toContain('ML13.2');
});
