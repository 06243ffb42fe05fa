import { describe, expect, it } from 'vitest';
import { classesOn, placesOf, regionCrossings } from '../../../src/model/graph/data-reach.ts';
import { edgesOf } from '../../../src/model/graph/edges.ts';
import { namesAlong } from '../../../src/model/graph/paths.ts';
import { taintOf } from '../../../src/model/graph/taint.ts';
import { architecture, component, flow } from './build.ts';

const listing = (built: ReturnType<typeof architecture>) =>
  placesOf(built).map(({ sort, component: { name }, classes, stated }) => [sort, name, Object.fromEntries([...classes].map(([dataClass, path]) => [dataClass, namesAlong(path)])), [...stated]]);

describe('placesOf', () => {
  it('finds logs, vendors and copies that a class reaches, with the way', () => {
    const built = architecture(
      component('consumer', 'User', { contains: ['pii'] }),
      component('service : realtime', 'Chat'),
      component('service : llm_api', 'Llm'),
      component('store : log', 'Log', { contains: ['pii'] }),
      component('environment : staging', 'Staging', { of: ['Chat'] }),
      flow('User -> Chat -> Log'), flow('Chat -> Llm', { payload: 'request' }),
    );
    expect(listing(built)).toEqual([
      ['vendor', 'Llm', { pii: ['User', 'Chat', 'Llm'] }, []],
      ['log', 'Log', { pii: [] }, ['pii']],
      ['staging', 'Staging', { pii: ['User', 'Chat'] }, []],
    ]);
  });

  it('leaves out what is masked on the way, and copies that are', () => {
    const built = architecture(
      component('consumer', 'User', { contains: ['pii'] }),
      component('service : realtime', 'Chat'),
      component('service : llm_api', 'Llm'),
      component('environment : staging', 'Staging', { of: ['Chat'], masked: true }),
      flow('User -> Chat'), flow('Chat -> Llm', { payload: 'request', masks: ['pii'] }),
    );
    expect(listing(built)).toEqual([]);
  });

  it('gives a vendor what the agent gets that thinks with it, and what a service gets that runs on its model', () => {
    const built = architecture(
      component('consumer', 'User', { contains: ['health'] }),
      component('agent', 'Helper', { model: ['Gpt'] }),
      component('model : vendor', 'Gpt'),
      component('model : vendor', 'Other'),
      component('service : realtime', 'Api', { serves: ['Other'] }),
      flow('User -> Helper'), flow('User -> Api', { contains: ['pii'] }),
    );
    expect(listing(built)).toEqual([
      ['vendor', 'Gpt', { health: ['User', 'Helper'] }, []],
      ['vendor', 'Other', { pii: ['User', 'Api'] }, []],
    ]);
  });

  it('takes a warehouse for analytics only where it feeds nothing', () => {
    const built = architecture(component('source', 'Db', { contains: ['pii'] }), component('store : warehouse', 'A'), component('store : warehouse', 'B'), component('training', 'T'), flow('Db -> A'), flow('Db -> B -> T'));
    expect(listing(built).map(([sort, name]) => [sort, name])).toEqual([['analytics', 'A']]);
  });
});

describe('classesOn', () => {
  it('takes what a flow declares for all that is on it', () => {
    const built = architecture(component('source', 'Db', { contains: ['pii', 'financial'] }), component('store', 'A'), component('store', 'B'), flow('Db -> A', { contains: ['financial'] }), flow('A -> B'));
    const [first, second] = edgesOf(built).edges;
    expect([...classesOn(built, first as never).keys()]).toEqual(['financial']);
    expect([...classesOn(built, second as never).keys()]).toEqual(['financial']);
    expect([...taintOf(built, 'B').keys()]).toEqual(['financial']);
  });
});

describe('regionCrossings', () => {
  it('finds flows between regions, those of the system included', () => {
    const built = architecture(
      { system: { region: 'eu-west-1' } },
      component('source', 'Db', { contains: ['pii'] }),
      component('store', 'Near'),
      component('store', 'Far', { region: 'us-east-1' }),
      flow('Db -> Near -> Far'),
    );
    expect(regionCrossings(built).map(({ edge, from, to, classes }) => [edge.from, edge.to, from, to, [...classes.keys()]])).toEqual([['Near', 'Far', 'eu-west-1', 'us-east-1', ['pii']]]);
  });
});
