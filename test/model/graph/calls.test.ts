import { describe, expect, it } from 'vitest';
import { callsAsGraph, callsOf } from '../../../src/model/graph/calls.ts';
import { dominatorsOf } from '../../../src/model/graph/dominators.ts';
import { online } from '../../../src/model/graph/online.ts';
import { architecture, component, flow, ms } from './build.ts';

const calls = (built: ReturnType<typeof architecture>): string[] => callsOf(built).calls.map((call) => `${call.caller} calls ${call.callee}`);

describe('who waits for whom', () => {
  it('runs with requests and against values that are read', () => {
    const built = architecture(
      component('consumer', 'App'), component('service', 'S'), component('store : online', 'Store'), component('features', 'F', { online: 'Store' }), component('knowledge', 'K'),
      flow('App -> S'), flow('F -> S', { lookup: { p50: ms(1) } }), flow('K -> S'), flow('S -> App'),
    );
    expect(calls(built)).toEqual(['App calls S', 'S calls F', 'S calls K', 'F calls Store']);
  });

  it('leaves out what nobody waits for', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S'), component('service', 'Shadow'), component('store : log', 'Log'), component('store : online', 'Unread'), component('features', 'F', { online: 'Unread' }), flow('App -> S -> Log'), flow('App -> Shadow', { shadow: true }), flow('S -> S'));
    expect(calls(built)).toEqual(['App calls S']);
  });

  it('has a guardrail called by what it guards, unless requests pass through it', () => {
    const guard = component('guardrail', 'G', { guards: ['S'] });
    const [app, service] = [component('consumer', 'App'), component('service', 'S')];
    expect(calls(architecture(app, guard, service, flow('App -> S')))).toEqual(['App calls S', 'S calls G']);
    expect(calls(architecture(app, guard, service, flow('App -> G -> S')))).toEqual(['App calls G', 'G calls S']);
  });

  it('has an agent call what thinks for it', () => {
    expect(calls(architecture(component('service : llm_api', 'Llm'), component('tool', 'T'), component('agent', 'A', { model: ['Llm'], uses: ['T'] })))).toEqual(['A calls Llm', 'A calls T']);
  });

  it('is a graph for single points of failure', () => {
    const built = architecture(component('consumer', 'App'), component('service', 'S'), component('service', 'T'), component('store : online', 'Store'), flow('App -> S'), flow('App -> T'), flow('Store -> S'), flow('Store -> T'));
    expect(dominatorsOf(callsAsGraph(built), ['App'], 'Store')).toEqual(['App']);
  });
});

describe('online', () => {
  it('is what lies between an entry and a service, what is read on the way, and all that the service needs', () => {
    const built = architecture(
      component('consumer', 'App'), component('gateway', 'G'), component('service : app', 'Shop'), component('service', 'S'), component('service', 'Elsewhere'), component('service', 'Deep'), component('store : database', 'Db'), component('store : online', 'Online'), component('service', 'Spare'),
      flow('App -> G -> Shop -> S -> Deep'), flow('Shop -> Elsewhere'), flow('Shop -> Db', { mode: 'sync' }), flow('Online -> S'), flow('G -> Elsewhere'), flow('S -> Spare', { fallback: true }),
    );
    const found = online(built, 'App', 'S');
    expect([...found.names].sort()).toEqual(['App', 'Db', 'Deep', 'G', 'Online', 'S', 'Shop']);
    expect(found.fallbacks.map((call) => call.callee)).toEqual(['Spare']);
    expect(online(built, 'Deep', 'S').names).toEqual([]);
  });

  it('sets aside a call that closes a cycle', () => {
    const built = architecture(component('service', 'A'), component('service', 'B'), flow('A -> B -> A'));
    expect(online(built, 'A', 'A').names).toEqual(['A', 'B']);
    expect(online(built, 'A', 'A').cyclic).toHaveLength(1);
  });
});
