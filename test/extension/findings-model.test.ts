import { describe, expect, it } from 'vitest';
import { filtered, grouped, type Grouping } from '../../src/extension/features/findings/model.ts';
import type { FindingItem, Severity, SystemReview } from '../../src/protocol/messages.ts';

const MAIN = 'file:///work/main.mlarch';
const PARTS = 'file:///work/parts.mlarch';

function finding(id: string, severity: Severity, rest: Partial<FindingItem> = {}): FindingItem {
  const location = { uri: MAIN, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
  return { id, rule: 'ML09.3', check: 'ML09', category: 'Serving', type: 'gap', severity, message: id, why: '', component: 'Shop.Ranker', location, path: [], remedy: '', fixable: false, acceptable: true, docs: '', ...rest };
}

const system = (name: string, ...findings: FindingItem[]): SystemReview => ({
  name,
  location: { uri: MAIN, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
  score: { headline: '', assured: 0, potential: 4, bar: 2, decided: 0, applicable: 0 },
  findings,
  questions: [],
  accepted: [],
  checks: [],
  files: [MAIN],
});

const shop = system(
  'Shop',
  finding('low', 'low', { category: 'Data pipeline', component: 'Shop.Events' }),
  finding('medium', 'medium', { fixable: true }),
  finding('critical', 'critical', { component: 'Shop.Model', location: { uri: PARTS, range: { start: { line: 3, character: 2 }, end: { line: 3, character: 8 } } } }),
  finding('another medium', 'medium', { component: 'Shop.Model' }),
);
const loans = system('Loans', finding('high', 'high', { component: 'Loans.Limit', fixable: true }));

const ids = (entries: readonly { readonly finding: FindingItem }[]): string[] => entries.map(({ finding: { id } }) => id);

describe('the filters of the findings', () => {
  it('let everything through, of every system, each with its system', () => {
    const entries = filtered([shop, loans], 'all', undefined);
    expect(ids(entries)).toEqual(['low', 'medium', 'critical', 'another medium', 'high']);
    expect(entries.map(({ system: { name } }) => name)).toEqual(['Shop', 'Shop', 'Shop', 'Shop', 'Loans']);
  });

  it('leave those whose remedy is an edit', () => {
    expect(ids(filtered([shop, loans], 'fixable', undefined))).toEqual(['medium', 'high']);
  });

  it('leave the critical and the high', () => {
    expect(ids(filtered([shop, loans], 'grave', undefined))).toEqual(['critical', 'high']);
  });

  it('leave those of the file in the editor, none where there is no editor', () => {
    expect(ids(filtered([shop, loans], 'file', PARTS))).toEqual(['critical']);
    expect(filtered([shop, loans], 'file', undefined)).toEqual([]);
  });
});

describe('the groups of the findings', () => {
  const groups = (grouping: Grouping): [string, string[]][] => grouped(filtered([shop, loans], 'all', undefined), grouping).map(({ name, entries }) => [name, ids(entries)]);

  it('go from critical to low, without the empty ones', () => {
    expect(groups('severity')).toEqual([['critical', ['critical']], ['high', ['high']], ['medium', ['medium', 'another medium']], ['low', ['low']]]);
    expect(grouped(filtered([loans], 'all', undefined), 'severity').map(({ name }) => name)).toEqual(['high']);
  });

  it('begin with the group that has the worst finding', () => {
    expect(groups('category')).toEqual([['Serving', ['critical', 'high', 'medium', 'another medium']], ['Data pipeline', ['low']]]);
  });

  it('are one for each component, the worst finding of each first', () => {
    expect(groups('component')).toEqual([['Shop.Model', ['critical', 'another medium']], ['Loans.Limit', ['high']], ['Shop.Ranker', ['medium']], ['Shop.Events', ['low']]]);
  });

  it('leave what they are given as it was', () => {
    const entries = filtered([shop, loans], 'all', undefined);
    const before = ids(entries);
    grouped(entries, 'severity');
    expect(ids(entries)).toEqual(before);
  });
});
