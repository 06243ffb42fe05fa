import { describe, expect, it } from 'vitest';
import { uuidOf } from '../../../src/cli/uuid.ts';
import { licencesOf } from '../../../src/report/ml-bom/licences.ts';
import { addressOf } from '../../../src/report/ml-bom/references.ts';
import { spdxIdentifiers } from '../../support/cyclonedx.ts';
import { resultOf } from '../../../src/analysis/dossier/evaluation-results.ts';

describe('fields of a bill of materials', () => {
  it.each([
    ['perf/2026-09.md', 'perf/2026-09.md'],
    ['../a b/c.md#Steps to take', '../a%20b/c.md#Steps%20to%20take'],
    ['docs\\x.md', 'docs/x.md'],
    ['//evil.example/x', '/evil.example/x'],
    ['a:b/c', undefined],
    ['https://example.com/a|b?q=[1]#x y', 'https://example.com/a%7Cb?q=%5B1%5D#x%20y'],
    ['https://[::1]/x', 'https://[::1]/x'],
    ['https://example.com/#a#b^', 'https://example.com/#a%23b%5E'],
    ['https://example.com/100%', 'https://example.com/100%25'],
    ['https://user:pass@example.com/', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['https://', undefined],
    ['  ', undefined],
    ['\uD800.md', '%EF%BF%BD.md'],
  ])('take %j as an address as %j', (target, expected) => {
    expect(addressOf(target)).toBe(expected);
  });

  it('name licences by identifiers that SPDX knows, in its own letters', () => {
    const known = new Set(spdxIdentifiers());
    for (const text of ['apache-2.0', 'MIT', 'CC-BY-SA-4.0', 'etalab-2.0', 'ODbL-1.0']) expect(known).toContain(licencesOf(text)?.[0]?.license.id);
    expect(licencesOf('proprietary')).toEqual([{ license: { name: 'proprietary', acknowledgement: 'declared' } }]);
    expect(licencesOf(' ')).toBeUndefined();
  });

  it('take results apart, and keep whole what has another form', () => {
    expect(resultOf('recall@1%fpr 0.83')).toEqual({ metric: 'recall@1%fpr', value: '0.83' });
    expect(resultOf('recall 0.79..0.81 for country SE')).toEqual({ metric: 'recall', value: '0.79 to 0.81', low: '0.79', high: '0.81', group: 'country SE' });
    expect(resultOf('p95 error: 12.5 min for night')).toEqual({ metric: 'p95 error', value: '12.5 min', group: 'night' });
    expect(resultOf('share = 82 %')).toEqual({ metric: 'share', value: '82 %' });
    expect(resultOf('0.7')).toEqual({ metric: '0.7' });
    expect(resultOf('f1 0.7 which is good enough for now')).toMatchObject({ metric: 'f1 0.7 which is good enough for now' });
  });

  it('make UUIDs as others make them', () => {
    // As Python's uuid5 makes it in the namespace of addresses.
    expect(uuidOf('http://www.example.com/')).toBe('fcde3c85-2270-590f-9e7c-ee003d65e0e2');
  });
});
