import { describe, expect, it } from 'vitest';
import { isNewlyOpen, type FindingDifference } from '../../../src/analysis/comparison/findings.ts';
import { compareTexts, inSystem } from './support.ts';

/** A service of which one replica can take 4 req/s; two open findings of high severity hang on what follows. */
const text = (api: string, more = '', stage = 'production', criticality = 'high'): string => inSystem(`stage ${stage}\ncriticality ${criticality}\nconsumer Web { peak 5 req/s }\nmodel M\nservice Api : realtime { serves M replicas 1 autoscale none ${api} }\nWeb -> Api\n${more}`);

const of = (id: string, before: string, after: string): FindingDifference | undefined => compareTexts(before, after).findings.find(({ finding }) => finding.id === id);
const OVERLOAD = 'ML09.1@S.Api';
const accepted = (until: string): string => `accept ML09.1 on Api { because "Traffic moves away in spring" by "ML" until ${until} }`;

describe('findings of two versions', () => {
  it('are added, fixed or kept by their ids, wherever they stand', () => {
    const [slow, fast] = [text('throughput 4 req/s'), text('throughput 400 req/s')];
    expect(of(OVERLOAD, fast, slow)).toMatchObject({ change: 'added', after: { state: 'open' } });
    expect(of(OVERLOAD, slow, fast)).toMatchObject({ change: 'fixed', before: { state: 'open' } });
    expect(of(OVERLOAD, slow, `\n\n${slow}`)).toMatchObject({ change: 'kept' });
  });

  it('are accepted, and open again when the acceptance goes or expires', () => {
    const [open, taken, expired] = [text('throughput 4 req/s'), text('throughput 4 req/s', accepted('2027-06-30')), text('throughput 4 req/s', accepted('2026-06-30'))];
    expect(of(OVERLOAD, open, taken)).toMatchObject({ change: 'accepted', before: { state: 'open' }, after: { state: 'accepted' }, acceptance: { by: 'ML', until: '2027-06-30' } });
    expect(of(OVERLOAD, taken, open)).toMatchObject({ change: 'reopened' });
    expect(of(OVERLOAD, taken, expired)).toMatchObject({ change: 'reopened' });
    expect(compareTexts(taken, expired).findings.filter(({ finding }) => finding.rule === 'accept/expired').map(({ change }) => change)).toEqual(['added']);
    expect(of(OVERLOAD, taken, taken)).toMatchObject({ change: 'kept', after: { state: 'accepted' } });
    expect(of(OVERLOAD, taken, text('throughput 400 req/s'))).toMatchObject({ change: 'fixed', before: { state: 'accepted' } });
  });

  it('change their severity with what the system is for', () => {
    const changed = compareTexts(text('rollback none'), text('rollback none', '', 'prototype', 'low')).findings.filter(({ change }) => change === 'changed');
    expect(changed.length).toBeGreaterThan(0);
    for (const { before, after } of changed) expect(before?.severity).not.toBe(after?.severity);
  });

  it('come most severe first', () => {
    const severities = compareTexts(inSystem('model M'), text('throughput 4 req/s rollback none load_test none')).findings.filter(({ change }) => change === 'added').map(({ finding }) => ['critical', 'high', 'medium', 'low'].indexOf(finding.severity));
    expect(severities).toEqual([...severities].sort((a, b) => a - b));
  });
});

describe('a gate on a change', () => {
  const finding = { change: 'added', finding: {} } as unknown as FindingDifference;
  it.each([
    [undefined, { state: 'open', severity: 'high' }, true],
    [undefined, { state: 'open', severity: 'medium' }, false],
    [undefined, { state: 'accepted', severity: 'critical' }, false],
    [{ state: 'open', severity: 'medium' }, { state: 'open', severity: 'critical' }, true],
    [{ state: 'open', severity: 'high' }, { state: 'open', severity: 'critical' }, false],
    [{ state: 'accepted', severity: 'high' }, { state: 'open', severity: 'high' }, true],
    [{ state: 'open', severity: 'high' }, undefined, false],
  ] as const)('%j → %j stops at high: %s', (before, after, stops) => {
    expect(isNewlyOpen({ ...finding, ...(before && { before }), ...(after && { after }) }, 'high')).toBe(stops);
  });
});

describe('questions', () => {
  it('are opened and closed', () => {
    const { questions } = compareTexts(text('throughput 400 req/s'), text('throughput 400 req/s rollback within 5 min'));
    expect(questions.filter(({ change }) => change === 'closed').map(({ question }) => question.id)).toContain('ML10.1@S.Api');
    expect(compareTexts(text('rollback within 5 min'), text('')).questions.filter(({ change }) => change === 'opened').map(({ question }) => question.id)).toContain('ML10.1@S.Api');
  });
});
