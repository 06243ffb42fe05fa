import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { criteria } from '../../src/analysis/criteria/all.ts';
import { PACK_NAMES } from '../../src/analysis/criteria/packs.ts';
import { SEVERITIES, type Finding } from '../../src/analysis/finding.ts';
import { review } from '../../src/analysis/review.ts';
import type { Check } from '../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/analysis/settings.ts';
import { standingOf } from '../../src/analysis/severity.ts';
import type { Architecture } from '../../src/model/architecture.ts';
import { expectationsOf } from '../support/expectations.ts';
import { loadExample } from '../support/examples.ts';
import { loadText } from '../support/load.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/checks');
const settings: Settings = { ...DEFAULT_SETTINGS, packs: Object.fromEntries(PACK_NAMES.map((pack) => [pack, 'on' as const])) };

type Stage = 'prototype' | 'production';

function at(architecture: Architecture, stage: Stage): Architecture {
  const { system } = architecture;
  return { ...architecture, system: { ...system, properties: { ...system.properties, stage: { state: 'present', value: stage, span: system.span } } } };
}

const findingsAt = (architecture: Architecture, stage: Stage, checks: readonly Check[]): readonly Finding[] => review(at(architecture, stage), { today: '2026-11-21', checks, settings }).findings;
const levelOf = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);

const HIGH = SEVERITIES.indexOf('high');

/** What a prototype may be milder by: only by what production adds for what is at stake. */
const added = (architecture: Architecture): number => (standingOf(at(architecture, 'production')).criticality === 3 ? 1 : 0);

/** Findings of these rules in production that are milder in a prototype, or not there. That something is not in use yet may keep it from being critical. */
function hidden(architecture: Architecture, checks: readonly Check[], rules: ReadonlySet<string>): string[] {
  const early = findingsAt(architecture, 'prototype', checks);
  const late = findingsAt(architecture, 'production', checks).filter(({ rule }) => rules.has(rule));
  return late.filter((finding) => !early.some((other) => other.id === finding.id && levelOf(other) >= Math.min(levelOf(finding), HIGH) - added(architecture))).map(({ id, severity }) => `${severity} ${id}`);
}

const counting = criteria.flatMap((check) => check.rules.filter(({ counts }) => counts === 'at every stage').map((rule) => ({ id: rule.id, rule, check })));

describe('an early stage hides nothing about personal data, security and law', () => {
  it('but for what is order in the house and harms nobody yet', () => {
    const left = criteria.filter(({ id }) => ['DG', 'SEC', 'COMP'].includes(id)).flatMap(({ rules }) => rules.filter(({ counts }) => counts === undefined).map(({ id }) => id));
    // The catalogue, lineage, the raw layer, how labels came about; attacks in tests, lists of parts, and what answers tell beside the answer.
    expect(left).toEqual(['DG-01', 'DG-02', 'DG-09', 'DG-10', 'SEC-12', 'SEC-13', 'SEC-14']);
  });

  it.each(counting)('$id', ({ id, check }) => {
    const folder = path.join(fixtures, check.id.toLowerCase());
    const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8')).filter((text) => expectationsOf(text).some(({ mark, rule }) => mark === '!' && rule === id));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      const [architecture] = loadText(text, { evidence: () => ({ status: 'unchecked' }) }).architectures;
      if (!architecture) throw new Error(`${id}: the fixture declares no system`);
      expect(hidden(architecture, [check], new Set([id])), text).toEqual([]);
    }
  });

  it('in a whole system', () => {
    const [architecture] = loadExample('examples/published/feast-aws-credit-scoring.mlarch').architectures;
    if (!architecture) throw new Error('no system');
    const rules = new Set(counting.map(({ id }) => id));
    expect(findingsAt(architecture, 'prototype', criteria).filter(({ rule }) => rules.has(rule)).map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(['high SEC-02', 'medium SEC-05', 'medium COMP-01', 'medium DG-04', 'medium SEC-06']);
    expect(hidden(architecture, criteria, rules)).toEqual([]);
  });
});
