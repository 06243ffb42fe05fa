import { describe, expect, it } from 'vitest';
import { ingestionFor, type IngestionPattern } from '../../../../src/analysis/estimation/cost/ingestion.ts';
import { FAILURE_KINDS, preventionCost, preventionPaysAfter } from '../../../../src/analysis/estimation/cost/prevention.ts';
import { simpleServer } from '../../../../src/analysis/estimation/cost/simple-server.ts';

describe('ingestion for an age of data', () => {
  it.each<[number, IngestionPattern | undefined, string, string | undefined]>([
    [86_400, 'streaming', 'batch', 'dearer than needed'],
    [86_400, 'hybrid', 'batch', 'dearer than needed'],
    [900, 'batch', 'batch', 'right'],
    [899, 'batch', 'between', 'right'],
    [60, 'streaming', 'between', 'right'],
    [5, 'batch', 'streaming', 'too slow'],
    [5, 'hybrid', 'streaming', 'right'],
    [0.5, undefined, 'streaming', undefined],
  ])('of %d s as %s: %s is enough, %s', (age, declared, enough, verdict) => {
    const found = ingestionFor(age, declared);
    expect([found?.enough, found?.declared]).toEqual([enough, verdict]);
  });

  it('stands beside the published cost of the pattern', () => {
    expect(ingestionFor(86_400, 'streaming')?.published).toMatchObject({ id: 'S3.19', low: 3000, high: 10_000 });
    expect(ingestionFor(86_400)?.published).toMatchObject({ low: 500, high: 2000 });
  });

  it.each([0, -1, Number.NaN])('of %d s is none', (age) => expect(ingestionFor(age)).toBeUndefined());
});

describe('preventing failures', () => {
  it('costs the sum of what is missing, 165,000 to 630,000 USD for all', () => {
    expect(preventionCost(FAILURE_KINDS)).toMatchObject({ low: 165_000, high: 630_000 });
    expect(preventionCost(['rollout', 'drift', 'drift'])).toMatchObject({ low: 55_000, high: 200_000, parts: [{ id: 'S3.134' }, { id: 'S3.137' }] });
    expect(preventionCost([])).toEqual({ low: 0, high: 0, parts: [] });
  });

  it('pays after cost over what it saves a month', () => {
    expect(preventionPaysAfter(60_000, 2, 100_000, 0.6)).toBeCloseTo(6, 12);
    expect(preventionPaysAfter(60_000, 2, 100_000, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(preventionPaysAfter(0, 2, 100_000, 0)).toBe(0);
    expect(preventionPaysAfter(60_000, 2, 100_000, 1.2)).toBeUndefined();
  });
});

describe('a plain server around a model', () => {
  const NONE = { scalesWithRequests: false, splitsTraffic: false, isolatesModels: false, optimisesAccelerators: false };
  it('is enough until a need or a limit is there, and the limit has a date', () => {
    expect(simpleServer(NONE, { peak: 10, capacity: 40, growthPerMonth: 0.1 })).toEqual({ verdict: 'enough', reasons: [], open: [], full: expect.objectContaining({ when: 'later', months: expect.closeTo(Math.log(4) / Math.log(1.1), 9) }) });
    expect(simpleServer({ ...NONE, splitsTraffic: true })).toEqual({ verdict: 'move', reasons: ['splitsTraffic'], open: [] });
    expect(simpleServer(NONE, { peak: 50, capacity: 40, growthPerMonth: 0 })).toMatchObject({ verdict: 'move', full: { when: 'already' } });
  });
  it('stays open where nobody says what is needed', () => expect(simpleServer({ ...NONE, isolatesModels: undefined })).toMatchObject({ verdict: 'open', open: ['isolatesModels'] }));
});
