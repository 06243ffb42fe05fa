import { describe, expect, it } from 'vitest';
import { expectedInCondition } from '../../../src/language/editing/completion/rule-expectation.ts';
import { scan } from '../../../src/language/editing/completion/scan.ts';

const after = (line: string, subjects: readonly string[] = ['store']) => expectedInCondition(scan(line), subjects);

describe('what may follow in a condition', () => {
  it.each([
    ['for ', { kind: 'kinds', forms: true }],
    ['for [store, ', { kind: 'kinds', forms: false }],
    ['for service ', { kind: 'words', words: ['where', 'except'] }],
    ['for service : ', { kind: 'variants', of: ['service'] }],
    ['for service where ', { kind: 'term', of: ['service'] }],
    ['for service where exposure is ', { kind: 'value', of: ['service'], property: 'exposure', listed: [] }],
    ['for service where exposure is public and ', { kind: 'term', of: ['service'] }],
    ['require ', { kind: 'term', of: ['store'] }],
    ['require not ', { kind: 'term', of: ['store'] }],
    ['require (', { kind: 'term', of: ['store'] }],
    ['require contains has ', { kind: 'value', of: ['store'], property: 'contains', listed: [] }],
    ['require contains has any [pii, ', { kind: 'value', of: ['store'], property: 'contains', listed: ['pii', ','] }],
    ['require retention >= 30 ', { kind: 'unit', of: ['store'], property: 'retention' }],
    ['require every ', { kind: 'words', words: ['path'] }],
    ['require every path ', { kind: 'words', words: ['to', 'from'] }],
    ['require every path to ', { kind: 'kinds', forms: false }],
    ['require every path to training ', { kind: 'words', words: ['passes', 'where', 'except', 'and', 'or'] }],
    ['require every path to training passes ', { kind: 'kinds', forms: false }],
    ['require every path to training passes validation where ', { kind: 'term', of: ['validation'] }],
    ['require every path to training passes validation where blocking and ', { kind: 'term', of: ['store'] }],
    ['require dominated ', { kind: 'words', words: ['by'] }],
    ['require reached by ', { kind: 'kinds', forms: false }],
    ['require backup is scheduled ', { kind: 'words', words: ['and', 'or'] }],
  ])('%s', (line, expected) => {
    expect(after(line)).toEqual(expected);
  });

  it('offers the tests of a property after its name', () => {
    expect(after('require backup ')).toMatchObject({ kind: 'words', words: expect.arrayContaining(['is', 'declared']) as unknown });
  });
});
