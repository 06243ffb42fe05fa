import { describe, expect, it } from 'vitest';
import type { Component } from '../../../src/model/architecture.ts';
import { implementationsOf, sharesImplementation } from '../../../src/model/graph/implementations.ts';
import { component } from './build.ts';

const feature = (properties: Record<string, unknown>) => component('features', 'F', properties).component as Component<'features'>;

describe('implementations', () => {
  it.each([
    [{ defined_in: 'a.py' }, ['a.py'], ['a.py'], true],
    [{ offline_definition: 'a.ipynb', online_definition: 'b.py' }, ['a.ipynb'], ['b.py'], false],
    [{ defined_in: 'a.py', online_definition: 'b.py' }, ['a.py'], ['a.py', 'b.py'], true],
    [{ offline_definition: 'a.py' }, ['a.py'], 'unknown', 'unknown'],
    [{ offline_definition: 'a.py', online_definition: null }, ['a.py'], [], false],
    [{ offline_definition: 'a.py', complete: true }, ['a.py'], [], false],
    [{ offline_definition: 'a.py', online_definition: { state: 'unknown' } }, ['a.py'], 'unknown', 'unknown'],
    [{ passthrough: true }, ['passthrough'], ['passthrough'], true],
    [{}, 'unknown', 'unknown', 'unknown'],
  ])('%j', (properties, training, serving, shared) => {
    const list = (side: 'training' | 'serving') => {
      const found = implementationsOf(feature(properties), side);
      return found === 'unknown' ? found : [...found];
    };
    expect([list('training'), list('serving'), sharesImplementation(feature(properties))]).toEqual([training, serving, shared]);
  });
});
