import { describe, expect, it } from 'vitest';
import { edgesOf } from '../../../src/model/graph/edges.ts';
import { architecture, component, flow, ms, share } from './build.ts';

const summary = (built: ReturnType<typeof architecture>): string[] =>
  edgesOf(built).edges.map((edge) => `${edge.from} -> ${edge.to} ${edge.payload} ${edge.mode}${edge.via ? ` by ${edge.via.component}.${edge.via.property}` : ''}`);

describe('what a flow carries where the author does not say', () => {
  it.each([
    ['consumer', 'service : realtime', 'request sync'],
    ['consumer', 'gateway', 'request sync'],
    ['consumer', 'labels', 'feedback async'],
    ['consumer', 'source : feedback', 'feedback async'],
    ['consumer', 'source : events', 'data batch'],
    ['source : feedback', 'labels', 'feedback async'],
    ['source : feedback', 'ingestion : streaming', 'feedback async'],
    ['source : database', 'ingestion : streaming', 'data stream'],
    ['source : database', 'ingestion : batch', 'data batch'],
    ['ingestion : streaming', 'store : lakehouse', 'data stream'],
    ['source : api', 'service : realtime', 'data sync'],
    ['store : lakehouse', 'features', 'data batch'],
    ['store : online', 'features', 'data batch'],
    ['store : lakehouse', 'dataset', 'data batch'],
    ['store : lakehouse', 'service : realtime', 'data batch'],
    ['store : lakehouse', 'service : batch', 'data batch'],
    ['store : database', 'service : realtime', 'data sync'],
    ['store : vector', 'service : realtime', 'data sync'],
    ['store : online', 'service : realtime', 'features sync'],
    ['store : artifact', 'service : realtime', 'artifact batch'],
    ['validation', 'training', 'data batch'],
    ['features', 'training', 'features batch'],
    ['features', 'service : realtime', 'features sync'],
    ['features', 'service : batch', 'features batch'],
    ['features', 'service : streaming', 'features stream'],
    ['features', 'store : online', 'features batch'],
    ['labels', 'training', 'labels batch'],
    ['labels', 'monitor', 'labels batch'],
    ['team', 'labels', 'labels batch'],
    ['service', 'labels', 'predictions async'],
    ['training', 'registry', 'artifact batch'],
    ['training', 'model', 'artifact batch'],
    ['training', 'tracker', 'events async'],
    ['registry', 'service', 'artifact batch'],
    ['registry', 'environment', 'artifact batch'],
    ['rollout', 'service', 'artifact batch'],
    ['model', 'training', 'artifact batch'],
    ['model', 'model', 'predictions batch'],
    ['service', 'service', 'request sync'],
    ['service : batch', 'service', 'predictions batch'],
    ['service : streaming', 'service', 'predictions stream'],
    ['service', 'store : log', 'predictions async'],
    ['service : batch', 'store : warehouse', 'predictions batch'],
    ['service', 'ingestion', 'predictions async'],
    ['service', 'store : online', 'request sync'],
    ['service', 'consumer', 'predictions async'],
    ['service', 'team', 'predictions async'],
    ['service', 'monitor', 'events async'],
    ['agent', 'tool', 'request sync'],
    ['service', 'knowledge', 'request sync'],
    ['knowledge', 'service', 'config sync'],
    ['prompt', 'service', 'config async'],
    ['artefact', 'service', 'config async'],
    ['store : log', 'monitor', 'predictions async'],
    ['monitor', 'alert', 'events async'],
    ['alert', 'team', 'events async'],
    ['orchestrator', 'training', 'events async'],
    ['source', 'store', 'data batch'],
  ])('%s -> %s: %s', (from, to, expected) => {
    const built = architecture(component(from, 'A'), component(to, 'B'), flow('A -> B'));
    expect(summary(built)).toEqual([`A -> B ${expected}`]);
  });

  it('keeps what is stated', () => {
    const built = architecture(component('service', 'A'), component('service', 'B'), flow('A -> B', { payload: 'predictions', mode: 'stream' }));
    expect(summary(built)).toEqual(['A -> B predictions stream']);
  });

  it('derives the mode from a stated payload', () => {
    const built = architecture(component('store : lakehouse', 'A'), component('service', 'B'), flow('A -> B', { payload: 'features' }));
    expect(summary(built)).toEqual(['A -> B features sync']);
  });

  it('takes a lookup as a synchronous read', () => {
    const built = architecture(component('service', 'A'), component('store : log', 'B'), flow('A -> B', { lookup: { p99: ms(4) } }));
    expect(summary(built)).toEqual(['A -> B request sync']);
    const read = architecture(component('store : lakehouse', 'A'), component('service : batch', 'B'), flow('A -> B', { lookup: { p99: ms(4) } }));
    expect(summary(read)).toEqual(['A -> B data sync']);
  });

  it('takes a flow that deploys a model as an artifact', () => {
    const built = architecture(component('model', 'M'), component('store', 'A'), component('service', 'B'), flow('A -> B', { deploys: 'M' }));
    expect(summary(built)).toEqual(['A -> B artifact batch']);
  });
});

describe('references that are edges', () => {
  it('run towards or away from the component that names the other', () => {
    const built = architecture(
      component('store', 'Lake'),
      component('store : online', 'Online'),
      component('features', 'F', { offline: 'Lake', online: 'Online' }),
      component('model', 'M'),
      component('training', 'T', { reads: ['Lake', 'F'], produces: ['M'] }),
    );
    expect(summary(built).sort()).toEqual([
      'F -> Online features batch by F.online',
      'F -> T features batch by T.reads',
      'Lake -> F data batch by F.offline',
      'Lake -> T data batch by T.reads',
      'T -> M artifact batch by T.produces',
    ]);
    expect(edgesOf(built).out.get('Lake')).toHaveLength(2);
    expect(edgesOf(built).in.get('T')).toHaveLength(2);
  });

  it('gives a service what it serves', () => {
    const built = architecture(
      component('model', 'M'), component('prompt', 'P'), component('knowledge', 'K'), component('agent', 'A', { model: ['M'] }), component('guardrail', 'G'), component('cache', 'C'),
      component('service', 'S', { serves: ['M', 'P', 'K', 'A'], guarded_by: ['G'], cache: { in: 'C', hit_rate: share(0.3) } }),
    );
    expect(summary(built).sort()).toEqual([
      'G -> S config sync by S.guarded_by',
      'K -> S config sync by S.serves',
      'M -> A predictions sync by A.model',
      'M -> S artifact batch by S.serves',
      'P -> S config async by S.serves',
      'S -> A request sync by S.serves',
      'S -> C request sync by S.cache',
    ]);
  });

  it('give way to a declared flow that says the same, and to each other', () => {
    const built = architecture(
      component('service', 'S', { guarded_by: ['G'] }),
      component('guardrail', 'G', { guards: ['S'] }),
      component('training', 'T', { records_to: ['R'] }),
      component('registry', 'R'),
      flow('T -> R'),
    );
    expect(summary(built)).toEqual(['T -> R artifact batch', 'G -> S config sync by S.guarded_by']);
  });

  it('are left out where the name is unknown, none, planned or not a component', () => {
    const built = architecture(
      component('monitor', 'A', { watches: ['Nowhere'], alerts: null }),
      component('alert', 'B', { reaches: { state: 'planned', by: '2027-01-01' } }),
      flow('A -> Nowhere'),
      flow('Nowhere -> B'),
    );
    expect(summary(built)).toEqual([]);
  });
});

it('is computed once', () => {
  const built = architecture(component('store', 'A'), component('store', 'B'), flow('A -> B'));
  expect(edgesOf(built)).toBe(edgesOf(built));
});
