import { describe, expect, it, vi } from 'vitest';
import type * as Paths from '../../../src/model/graph/paths.ts';

const walks = { count: 0 };
vi.mock('../../../src/model/graph/paths.ts', async (original) => {
  const paths = await original<typeof Paths>();
  return { ...paths, reachTree: (...given: Parameters<typeof paths.reachTree>) => { walks.count += 1; return paths.reachTree(...given); } };
});
const { evaluateCustomRule } = await import('../../../src/analysis/custom-rules/evaluate.ts');
const { loadText } = await import('../../support/load.ts');

describe('a rule on two thousand components', () => {
  const members = Array.from({ length: 2000 }, (_, at) => `  store S${at} { contains [pii] }${at > 0 ? `\n  S${at - 1} -> S${at}` : ''}`).join('\n');

  it.each([
    'every path to store where contains has pii passes store where backup',
    'reaches store where owner is "X"',
    'reached by store where contains has pii',
    'calls gateway or dominated by gateway',
  ])('walks the graph a few times and not once for each: %s', (condition) => {
    const [architecture] = loadText(`rule BIG-1 "It holds" {\n  for store\n  require ${condition}\n  message "{name}"\n}\nsystem S {\n${members}\n}`).architectures;
    const [rule] = architecture?.rules ?? [];
    if (!architecture || !rule) throw new Error('It cannot be read.');
    walks.count = 0;
    const outcomes = [...evaluateCustomRule(architecture, rule)];
    expect(outcomes.length).toBeGreaterThan(0);
    expect(walks.count).toBeLessThan(6);
  });
});
