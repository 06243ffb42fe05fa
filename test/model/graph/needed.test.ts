import { describe, expect, it } from 'vitest';
import { namesAlong } from '../../../src/model/graph/paths.ts';
import { neededByRequests, wayToNeeded } from '../../../src/model/graph/needed.ts';
import { architecture, component, flow } from './build.ts';

const needed = (built: ReturnType<typeof architecture>) => [...neededByRequests(built).keys()].sort();

describe('neededByRequests', () => {
  const front = [component('consumer', 'App'), component('service : realtime', 'S')];

  it('follows calls that nobody can do without', () => {
    const built = architecture(...front, component('store : online', 'A'), component('service', 'B'), component('service', 'C'), flow('App -> S'), flow('S -> A'), flow('S -> B', { optional: true }), flow('S -> C', { fails: 'open' }));
    expect(needed(built)).toEqual(['A', 'App', 'S']);
    expect(namesAlong(wayToNeeded(neededByRequests(built), 'A'))).toEqual(['App', 'S', 'A']);
  });

  it('leaves out what something else stands in for, but not what both need', () => {
    const built = architecture(component('consumer', 'App'), component('service : realtime', 'S', { fallback: 'Spare' }), component('service', 'Spare'), component('store : online', 'Own'), component('store : online', 'Both'), flow('App -> S'), flow('S -> Own'), flow('S -> Both'), flow('Spare -> Both'));
    expect(needed(built)).toEqual(['App', 'Both']);
  });

  it('takes services behind one gateway that run the same model for each other’s second', () => {
    const built = architecture(component('consumer', 'App'), component('gateway', 'G'), component('model', 'M'), component('service : realtime', 'A', { serves: ['M'] }), component('service : realtime', 'B', { serves: ['M'] }), flow('App -> G'), flow('G -> A'), flow('G -> B'));
    expect(needed(built)).toEqual(['App', 'G']);
  });

  it('ends where calls go round, and where two services stand in for each other', () => {
    const ring = architecture(...front, component('service', 'T'), flow('App -> S'), flow('S -> T'), flow('T -> S'));
    expect(needed(ring)).toEqual(['App', 'S', 'T']);
    const pair = architecture(component('consumer', 'App'), component('service', 'S', { fallback: 'T' }), component('service', 'T', { fallback: 'S' }), flow('App -> S'), flow('App -> T'));
    expect(needed(pair)).toEqual(['App']);
  });
});
